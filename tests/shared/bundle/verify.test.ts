import { must } from '@skerry/shared/base/invariant';
import { buildBundle } from '@skerry/shared/bundle/build';
import { openBundle } from '@skerry/shared/bundle/open';
import { readServerModel, serverModel } from '@skerry/shared/bundle/server-model';
import {
  type Installed,
  manifestText,
  partsToFetch,
  publicKeyOf,
  type RollbackPermit,
  signManifest,
  signRollback,
  verifyBundle,
  verifyPart,
} from '@skerry/shared/bundle/verify';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldInput, fieldModel, id } from './field-app.ts';

const secretKey = new Uint8Array(32).fill(7);
const signer = { keyId: 'main', name: 'Ann', secretKey };
const keys = [{ keyId: 'main', publicKey: publicKeyOf(secretKey) }];
const built = buildBundle(fieldInput());
if (!built.ok) throw new Error('the sample builds');
const { manifest, parts } = built.value;
const text = manifestText(manifest);
const signature = signManifest(manifest, signer, 1_700_000_000_000);
const fresh: Installed = { app: null, profile: null, version: null, runtime: '0.1.0' };

function code(result: { readonly ok: boolean; readonly error?: { readonly code: string } }): string {
  return result.ok ? 'ok' : (result.error?.code ?? '');
}

describe('a manifest', () => {
  test('is accepted when signed by a trusted key, first and again', () => {
    expect(verifyBundle(text, signature, keys, fresh)).toEqual({ ok: true, value: manifest });
    expect(
      code(verifyBundle(text, signature, keys, { ...fresh, app: id('app'), profile: id('profile'), version: '1.0.0' })),
    ).toBe('ok');
  });

  test('is refused with a code of its own for each reason', () => {
    const sign = (change: object) => {
      const other = { ...manifest, ...change };
      return [manifestText(other), signManifest(other, signer, 0), keys] as const;
    };
    const stranger = { keyId: 'main', publicKey: publicKeyOf(new Uint8Array(32).fill(8)) };
    expect(code(verifyBundle(text, null, keys, fresh))).toBe('bundle/unsigned');
    expect(code(verifyBundle(text, { ...signature, keyId: 'other' }, keys, fresh))).toBe('bundle/unknown-key');
    expect(code(verifyBundle(text, signature, [stranger], fresh))).toBe('bundle/altered');
    expect(code(verifyBundle(...sign({ formatVersion: 2 }), fresh))).toBe('bundle/newer-format');
    expect(code(verifyBundle(...sign({ parts: 'none' }), fresh))).toBe('bundle/unreadable');
    expect(code(verifyBundle(...sign({ extra: 1 }), fresh))).toBe('bundle/unreadable');
    expect(code(verifyBundle(...sign({ minimumRuntime: '0.2.0' }), fresh))).toBe('bundle/newer-runtime');
    expect(code(verifyBundle(text, signature, keys, { ...fresh, app: id('another') }))).toBe('bundle/wrong-app');
    expect(code(verifyBundle(text, signature, keys, { ...fresh, profile: id('another') }))).toBe(
      'bundle/wrong-profile',
    );
    expect(code(verifyBundle(text, signature, keys, { ...fresh, version: '1.0.1' }))).toBe('bundle/older');
  });

  test('goes back to an older version only with a signed permit for just that', () => {
    const permit = signRollback({ app: id('app'), profile: id('profile'), from: '1.1.0', to: '1.0.0' }, signer);
    const installed = (rollback: RollbackPermit, version = '1.1.0'): Installed => ({ ...fresh, version, rollback });
    expect(code(verifyBundle(text, signature, keys, installed(permit)))).toBe('ok');
    expect(code(verifyBundle(text, signature, keys, installed(permit, '1.2.0')))).toBe('bundle/older');
    expect(code(verifyBundle(text, signature, keys, installed({ ...permit, from: '1.2.0' }, '1.2.0')))).toBe(
      'bundle/older',
    );
    expect(code(verifyBundle(text, signature, keys, installed({ ...permit, keyId: 'other' })))).toBe('bundle/older');
  });

  test('is refused when any character differs', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 1, max: 127 }), (at, shift) => {
        const altered =
          text.slice(0, at) + String.fromCharCode((text.charCodeAt(at) + shift) % 128) + text.slice(at + 1);
        expect(code(verifyBundle(altered, signature, keys, fresh))).toBe('bundle/altered');
      }),
      { numRuns: 60 },
    );
  });

  test('is refused when any bit of the signature differs', () => {
    fc.assert(
      fc.property(fc.nat(127), fc.integer({ min: 1, max: 15 }), (at, flip) => {
        const digit = (Number.parseInt(signature.signature[at] ?? '0', 16) ^ flip).toString(16);
        const altered = {
          ...signature,
          signature: signature.signature.slice(0, at) + digit + signature.signature.slice(at + 1),
        };
        expect(code(verifyBundle(text, altered, keys, fresh))).toBe('bundle/altered');
      }),
      { numRuns: 60 },
    );
  });
});

describe('parts', () => {
  test('are refused when any bit differs, or when they are cut', () => {
    fc.assert(
      fc.property(fc.constantFrom(...manifest.parts), fc.nat(), fc.integer({ min: 0, max: 7 }), (part, place, bit) => {
        const bytes = must(parts.get(part.path), part.path);
        expect(verifyPart(bytes, part)).toBe(true);
        const altered = bytes.slice();
        altered[place % bytes.length] = (altered[place % bytes.length] ?? 0) ^ (1 << bit);
        expect(verifyPart(altered, part)).toBe(false);
        expect(verifyPart(bytes.subarray(1), part)).toBe(false);
        const held = new Map(
          manifest.parts.map((one) => [one.sha256, one === part ? altered : must(parts.get(one.path), one.path)]),
        );
        expect(code(openBundle(manifest, held))).toBe('bundle/altered');
      }),
    );
  });

  test('that are missing are named', () => {
    const held = new Map(manifest.parts.slice(1).map((one) => [one.sha256, must(parts.get(one.path), one.path)]));
    expect(code(openBundle(manifest, held))).toBe('bundle/missing-part');
  });

  test('are fetched once, and only those not held; words by language', () => {
    const all = manifest.parts.map(({ path }) => path);
    expect(partsToFetch(new Set(), manifest).map(({ path }) => path)).toEqual(all);
    expect(partsToFetch(new Set(), manifest, ['en']).map(({ path }) => path)).toEqual(
      all.filter((path) => path !== 'texts/nl.json'),
    );
    expect(partsToFetch(new Set(manifest.parts.map(({ sha256 }) => sha256)), manifest)).toEqual([]);
    const twins = { ...manifest, parts: [...manifest.parts, { ...must(manifest.parts[0], 'part'), path: 'copy' }] };
    expect(partsToFetch(new Set(), twins)).toHaveLength(manifest.parts.length);
  });
});

describe("the server's model", () => {
  test('is the whole model but the demo users, and is refused altered', () => {
    const { bytes, hash } = serverModel(fieldModel());
    const read = readServerModel(bytes, hash);
    expect(read.ok && read.value.find('microflow', 'Field.OnServer')?.content.nodes).toHaveLength(3);
    expect(read.ok && read.value.security.demoUsers).toEqual([]);
    expect(serverModel(fieldModel()).hash).toBe(hash);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    expect(code(readServerModel(bytes, hash))).toBe('bundle/altered');
  });

  test('keeps demo users for development', () => {
    const { bytes, hash } = serverModel(fieldModel(), { development: true });
    const read = readServerModel(bytes, hash);
    expect(read.ok && read.value.security.demoUsers.map(({ name }) => name)).toEqual(['ann']);
  });
});
