import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

declare const brand: unique symbol;
type Brand<T, B extends string> = T & { readonly [brand]: B };

/** Identity of a model element: 16 characters of lower-case base32 (80 random bits), made once, never reused. */
export type ElementId = Brand<string, 'ElementId'>;
/** Identity of an object (a row): a UUIDv7 in lower case, made where the object is created and never rewritten. */
export type ObjectId = Brand<string, 'ObjectId'>;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
const ELEMENT_ID = /^[a-z2-7]{16}$/;
const OBJECT_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isElementId(text: string): text is ElementId {
  return ELEMENT_ID.test(text);
}

export function isObjectId(text: string): text is ObjectId {
  return OBJECT_ID.test(text);
}

/** @param bytes at least 10 random bytes; the first 10 are used. */
export function elementIdFromBytes(bytes: Uint8Array): ElementId {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes.subarray(0, 10)) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      text += ALPHABET[(buffer >>> (bits - 5)) & 31];
      bits -= 5;
    }
    buffer &= (1 << bits) - 1;
  }
  return text as ElementId;
}

/** An id that depends on `name` alone: for the System module, imports and generated material. */
export function derivedElementId(name: string): ElementId {
  return elementIdFromBytes(sha256(utf8ToBytes(name)));
}

/**
 * @param nowMs epoch milliseconds, at least 0
 * @param random at least 10 random bytes
 */
export function objectIdFrom(nowMs: number, random: Uint8Array): ObjectId {
  const time = Math.floor(nowMs).toString(16).padStart(12, '0');
  const hex = Array.from(random.subarray(0, 10), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = ((Number.parseInt(hex.slice(3, 4), 16) & 0x3) | 0x8).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}` as ObjectId;
}
