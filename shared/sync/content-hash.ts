import { hashJson } from '../base/hash.ts';
import type { JsonObject } from '../base/json.ts';
import type { Transaction } from './change.ts';

/** SY1: the identity of what a transaction says, whatever number it is sent under. */
export function contentHash(transaction: Transaction & { readonly sequence?: number }): string {
  const { sequence: _, ...content } = transaction;
  return hashJson(content as unknown as JsonObject);
}
