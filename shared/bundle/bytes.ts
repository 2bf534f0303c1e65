import { utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, type Json } from '../base/json.ts';

/** A JSON value as the bytes of a part: canonical, UTF-8. */
export function jsonBytes(value: Json): Uint8Array {
  return utf8ToBytes(canonicalJson(value));
}

/** @throws SyntaxError or URIError for bytes that are no UTF-8 or no JSON; parts are verified before they are read. */
export function bytesJson(bytes: Uint8Array): Json {
  return JSON.parse(utf8Text(bytes)) as Json;
}

/** No platform decoder is at hand in a pure room, but percent-decoding is part of the language and is strict UTF-8. */
export function utf8Text(bytes: Uint8Array): string {
  const CHUNK = 8192;
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    let end = Math.min(at + CHUNK, bytes.length);
    // A chunk ends where a character does: continuation bytes are 10xxxxxx.
    while (end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end++;
    let encoded = '';
    for (const byte of bytes.subarray(at, end))
      encoded += byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : percent(byte);
    text += decodeURIComponent(encoded);
    at = end;
  }
  return text;
}

function percent(byte: number): string {
  return `%${byte.toString(16).padStart(2, '0')}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with or without padding; white space is skipped. Null for anything else. */
export function base64Bytes(text: string): Uint8Array | null {
  const digits = text.replace(/\s+/g, '').replace(/={0,2}$/, '');
  if (digits.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let at = 0;
  for (const digit of digits) {
    const value = ALPHABET.indexOf(digit);
    if (value < 0) return null;
    buffer = ((buffer << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (buffer >>> bits) & 0xff;
  }
  return bytes;
}
