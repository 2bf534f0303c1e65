import { cell, elementId, objectId, uuid, z } from './common.ts';

const argument = z.union([
  z.object({ kind: z.literal('cell'), value: cell }),
  z.object({ kind: z.literal('object'), id: z.nullable(objectId) }),
  z.object({ kind: z.literal('list'), ids: z.array(objectId) }),
]);

/** POST /api/flows/call: runs a microflow for the user, once per `id` however often it is asked. Pending work goes first. */
export const flowCallRequest = z.object({
  id: uuid,
  profile: z.string(),
  /** Where the device is, as in an upload; absent: UTC, weeks from Monday. */
  place: z.optional(z.object({ zone: z.string(), locale: z.string(), firstDayOfWeek: z.int() })),
  microflow: elementId,
  arguments: z.record(z.string(), argument),
});
export type FlowCallRequest = z.infer<typeof flowCallRequest>;
export const flowCallAnswer = z.object({
  result: argument,
  messages: z.array(z.object({ level: z.enum(['information', 'warning', 'error']), text: z.string() })),
});
export type FlowCallAnswer = z.infer<typeof flowCallAnswer>;

/** GET /api/sync/pings: a stream of server-sent events; each says only that pulling is worthwhile. */
export const ping = z.object({ entities: z.array(elementId) });
export type Ping = z.infer<typeof ping>;
