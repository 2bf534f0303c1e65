import type { SlotLanguage } from '@skerry/shared/metamodel/role';

/** Ids of our languages in the editor, by what a slot of the model calls them. */
export const LANGUAGE_IDS = {
  expression: 'skerry-expression',
  constraint: 'skerry-constraint',
  memberPath: 'skerry-path',
  template: 'skerry-template',
} as const satisfies { readonly [L in SlotLanguage]: string };
