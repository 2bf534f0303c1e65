import { jsonObject, z } from './declare.ts';

/** What travels on a channel. A window asks under a number of its own; the host answers it, or tells without being asked. */
export const question = z.object({ ask: z.number(), call: z.string(), request: z.unknown() });
export const answer = z.object({
  answer: z.number(),
  reply: z.optional(z.unknown()),
  error: z.optional(
    z.object({
      code: z.string(),
      message: z.string(),
      details: z.optional(jsonObject),
    }),
  ),
});
export const telling = z.object({ tell: z.string(), body: z.unknown() });

export type Question = z.infer<typeof question>;
export type Answer = z.infer<typeof answer>;
export type Telling = z.infer<typeof telling>;
