import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, type Json } from './json.ts';

/** SHA-256 as lower-case hex. Synchronous and pure; large bodies are hashed by the platform's port instead. */
export function sha256Hex(data: string | Uint8Array): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** The identity of a JSON value: SHA-256 of its canonical text. */
export function hashJson(value: Json): string {
  return sha256Hex(canonicalJson(value));
}
