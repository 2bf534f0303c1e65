import { reference, z } from './schema.ts';

/** What happens when two devices changed the same object (meaning in docs and shared/sync). */
export const conflictPolicy = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lastWins') }),
  z.object({ kind: z.literal('firstWins') }),
  z.object({ kind: z.literal('merge'), overlap: z._default(z.enum(['firstWins', 'review']), 'firstWins') }),
  z.object({ kind: z.literal('microflow'), microflow: reference('microflow') }),
  z.object({ kind: z.literal('review') }),
]);
export type ConflictPolicy = z.infer<typeof conflictPolicy>;

/** An attribute's answer in place of its entity's. `sum` adds both deltas and is for numbers only. */
export const attributeConflictPolicy = z.enum(['inherit', 'lastWins', 'firstWins', 'sum', 'review']);
export type AttributeConflictPolicy = z.infer<typeof attributeConflictPolicy>;
