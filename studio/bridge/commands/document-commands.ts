import { documentPath, jsonObject, z } from '../declare.ts';

/** Documents as wholes. */
export const DOCUMENT_COMMANDS = {
  /**
   * A new document at the place of its kind, from `content` (id, name, kind and format are filled in) or from the kind's
   * own beginning. `name` absent: a free one.
   */
  'document.create': z.object({
    kind: z.string(),
    /** '' for kinds outside modules. */
    module: z.string(),
    folders: z.optional(z.array(z.string())),
    name: z.optional(z.string()),
    content: z.optional(jsonObject),
  }),
  'document.delete': z.object({ documents: z.array(documentPath).check(z.minLength(1)) }),
  'document.duplicate': z.object({ document: documentPath, name: z.optional(z.string()) }),
  /** To another folder, and to another module with all references rewritten. */
  'document.move': z.object({
    document: documentPath,
    module: z.optional(z.string()),
    folders: z.array(z.string()),
  }),
  /** The document's JSON as text; refused when it does not parse. */
  'document.setText': z.object({ document: documentPath, text: z.string(), merge: z.optional(z.string()) }),
  'module.create': z.object({ name: z.optional(z.string()) }),
  /** With all its documents. */
  'module.delete': z.object({ module: z.string() }),
} as const;
