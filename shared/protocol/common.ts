import * as z from 'zod/mini';

export { z };
export const elementId = z.string().check(z.regex(/^[a-z2-7]{16}$/));
export const objectId = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
export const uuid = objectId;
export const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const cells = z.record(z.string(), cell);
export const links = z.record(z.string(), z.array(objectId));
export const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** Ways to write rows, in the asker's order of preference; the answer names the one it used. */
export const encoding = z.enum(['json-rows-1']);

/** Body of every answer that is not a success. `retry` says whether the same request may succeed later. */
export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    retry: z.boolean(),
    details: z.optional(z.record(z.string(), z.unknown())),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;
