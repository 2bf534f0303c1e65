import * as crypto from 'node:crypto';
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Costs after the recommendation for interactive sign-in: about 20 MiB and some tens of milliseconds. */
const ARGON2 = { parallelism: 1, memory: 19_456, passes: 2, tagLength: 32 };
const SCRYPT = { N: 16_384, r: 8, p: 1, length: 32 };

/** `argon2id$memory,passes,parallelism$salt$tag`, or scrypt where this Node has no argon2. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  if (typeof crypto.argon2 === 'function') {
    const tag = await argon2id(password, salt, ARGON2);
    return ['argon2id', `${ARGON2.memory},${ARGON2.passes},${ARGON2.parallelism}`, hex(salt), hex(tag)].join('$');
  }
  const tag = await scryptTag(password, salt, SCRYPT);
  return ['scrypt', `${SCRYPT.N},${SCRYPT.r},${SCRYPT.p}`, hex(salt), hex(tag)].join('$');
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [kind, costs = '', salt = '', tag = ''] = stored.split('$');
  const [a = 0, b = 0, c = 0] = costs.split(',').map(Number);
  const expected = Buffer.from(tag, 'hex');
  const length = expected.length;
  const given =
    kind === 'argon2id'
      ? await argon2id(password, Buffer.from(salt, 'hex'), { memory: a, passes: b, parallelism: c, tagLength: length })
      : await scryptTag(password, Buffer.from(salt, 'hex'), { N: a, r: b, p: c, length });
  return given.length === length && timingSafeEqual(given, expected);
}

function argon2id(password: string, nonce: Uint8Array, costs: typeof ARGON2): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', { message: password, nonce, ...costs }, (error, tag) =>
      error ? reject(error) : resolve(tag),
    );
  });
}

function scryptTag(password: string, salt: Uint8Array, costs: typeof SCRYPT): Promise<Buffer> {
  const { length, ...options } = costs;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, options, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
