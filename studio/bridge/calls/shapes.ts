import type { JsonObject } from '@skerry/shared/base/json';
import type { Edit } from '@skerry/shared/metamodel/change/edit';
import { elementId, json, z } from '../declare.ts';

/** What every list of problems, quick fixes included, is made of: shared/base/diagnostic. */
export const diagnostic = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'information']),
  message: z.string(),
  document: z.optional(z.string()),
  element: z.optional(z.string()),
  path: z.optional(z.array(z.union([z.string(), z.number()]))),
  span: z.optional(z.object({ start: z.number(), end: z.number() })),
  fixes: z.optional(
    z.array(z.object({ title: z.string(), command: z.string(), arguments: z.record(z.string(), z.unknown()) })),
  ),
});

/** Steps over documents and their layout sidecars alike; applied with metamodel/change/apply. */
export const edit = json<Edit>();

/** What undo and redo would do next, in words for the Edit menu; absent when there is nothing. */
export const historyState = z.object({ undo: z.optional(z.string()), redo: z.optional(z.string()) });
export type HistoryState = z.infer<typeof historyState>;

/** What a command did. */
export const commandOutcome = z.object({
  /** The project's revision afterwards; unchanged when the command had nothing to do. */
  revision: z.number(),
  label: z.string(),
  /** Elements and documents that the command made, for selecting them. */
  created: z.array(z.object({ document: z.string(), element: z.optional(elementId) })),
});
export type CommandOutcome = z.infer<typeof commandOutcome>;

/** An error as calls answer it; the words are for people. */
export interface BridgeError {
  readonly code: string;
  readonly message: string;
  readonly details?: JsonObject;
}
