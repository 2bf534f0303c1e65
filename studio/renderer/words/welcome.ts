export const welcomeWords = {
  title: 'Skerry',
  tagline: 'Apps that work where the network does not.',
  start: 'Start',
  new: 'New from template',
  open: 'Open folder…',
  recent: 'Recent projects',
  noRecent: 'Projects that you open stand here.',
  forget: 'Forget {{name}}',
  templates: 'Templates',
  keys: 'Keys to know',
} as const;
