import { createStore } from 'zustand';

/** A wish to see a document, and in it an element. `at` tells two equal wishes apart. */
export interface OpenRequest {
  readonly document: string;
  readonly element?: string | undefined;
  /** Keys and indexes from the document's root, for a field in the element. */
  readonly path?: readonly (string | number)[] | undefined;
  readonly at: number;
}

/** The last wish; the workbench opens the tab, the editor in it reveals and selects the element. */
export const openStore = createStore<{ readonly request: OpenRequest | undefined }>(() => ({ request: undefined }));

let count = 0;

/** Opens a document's editor, or brings it to the front. */
export function openDocument(document: string, where: Pick<OpenRequest, 'element' | 'path'> = {}): void {
  openStore.setState({ request: { document, ...where, at: ++count } });
}
