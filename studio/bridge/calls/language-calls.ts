import { call, documentPath, innerPath, z } from '../declare.ts';
import { diagnostic } from './shapes.ts';

/**
 * A text in one of the languages, as it stands in a field: its place gives language and context; `text` is what has been
 * typed, saved or not. `path` leads from the document's root, with indexes in lists.
 */
const slot = { document: documentPath, path: innerPath, text: z.string() };
const span = z.object({ start: z.number(), end: z.number() });

export const COMPLETION_KINDS = [
  'attribute',
  'association',
  'entity',
  'enumeration',
  'enumerationValue',
  'constant',
  'function',
  'keyword',
  'variable',
  'value',
] as const;

/** Language services; offsets are UTF-16. */
export const LANGUAGE_CALLS = {
  'language/complete': call(
    z.object({ ...slot, offset: z.number() }),
    z.object({
      /** What an accepted item replaces. */
      span,
      items: z.array(
        z.object({
          label: z.string(),
          insert: z.string(),
          kind: z.enum(COMPLETION_KINDS),
          detail: z.optional(z.string()),
          documentation: z.optional(z.string()),
        }),
      ),
    }),
  ),
  /** Markdown; null where there is nothing to say. */
  'language/hover': call(
    z.object({ ...slot, offset: z.number() }),
    z.nullable(z.object({ span, markdown: z.string() })),
  ),
  'language/diagnose': call(z.object(slot), z.array(diagnostic)),
  /** Where the thing under the cursor is declared. */
  'language/definition': call(
    z.object({ ...slot, offset: z.number() }),
    z.nullable(z.object({ span, document: z.string(), element: z.optional(z.string()) })),
  ),
  /** Parameters of the call around the cursor. */
  'language/signature': call(
    z.object({ ...slot, offset: z.number() }),
    z.nullable(
      z.object({
        label: z.string(),
        parameters: z.array(z.string()),
        active: z.number(),
        documentation: z.optional(z.string()),
      }),
    ),
  ),
} as const;
