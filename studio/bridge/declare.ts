import type { Json, JsonObject } from '@skerry/shared/base/json';
import * as z from 'zod/mini';

export { z };

/** A question to the host: what it takes and what it gives. */
export interface CallDeclaration<Q extends z.ZodMiniType = z.ZodMiniType, R extends z.ZodMiniType = z.ZodMiniType> {
  readonly request: Q;
  readonly reply: R;
}

export function call<Q extends z.ZodMiniType, R extends z.ZodMiniType>(request: Q, reply: R): CallDeclaration<Q, R> {
  return { request, reply };
}

/** For calls that take or give nothing. */
export const nothing = z.object({});

/** JSON whose inner form somebody else checks: documents by their own schemas, edits by applying them. */
export function json<T extends Json | object = Json>() {
  return z.custom<T>((value) => value !== undefined);
}
export const jsonObject = z.custom<JsonObject>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

/** Path of a document or sidecar in the project, '/' between its parts. */
export const documentPath = z.string().check(z.minLength(1));
/** Id of an element in a document. */
export const elementId = z.string().check(z.regex(/^[a-z2-7]{16}$/));
/** Keys, indexes, and ids of list items, from an element downwards. */
export const innerPath = z.array(z.union([z.string(), z.number()]));
