export const ENTITY_TABS = [
  'attributes',
  'associations',
  'validation',
  'indexes',
  'handlers',
  'access',
  'conflicts',
] as const;
export type EntityTab = (typeof ENTITY_TABS)[number];
