import type { JsonObject } from '../../base/json.ts';
import type { Documents } from '../model.ts';

/**
 * A step from one format of project files to the next. It sees all documents at once, because a format may move things
 * between them, and leaves alone what it does not know.
 */
export interface Migration {
  /** Format that it leads to; it starts from the one before. */
  readonly to: number;
  /** What changed, for the question that the first edit asks. */
  readonly summary: string;
  readonly migrate: (documents: Documents) => Documents;
}

/** Applies `change` to the documents of one kind. */
export function eachDocument(kind: string, change: (content: JsonObject) => JsonObject): Migration['migrate'] {
  return (documents) =>
    new Map([...documents].map(([path, content]) => [path, content.kind === kind ? change(content) : content]));
}
