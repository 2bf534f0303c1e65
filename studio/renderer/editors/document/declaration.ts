import type { EditorDeclaration } from '../editor.ts';

/** For documents of kinds that have no editor of their own: a form of all properties, and the text. */
export const DOCUMENT_EDITOR: EditorDeclaration = {
  id: 'document',
  kinds: [],
  icon: 'file',
  load: async () => (await import('./document-editor.tsx')).DocumentEditor,
};
