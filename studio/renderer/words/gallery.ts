export const galleryWords = { title: 'Design gallery', dark: 'Dark', light: 'Light' } as const;
