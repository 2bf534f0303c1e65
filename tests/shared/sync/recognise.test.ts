import { contentHash } from '@skerry/shared/sync/content-hash';
import { type Recognising, recognise } from '@skerry/shared/sync/recognise';
import type { Verdict } from '@skerry/shared/sync/verdict';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { create, object, transaction } from './values.ts';

const verdict: Verdict = { kind: 'applied', sequence: 3, transaction: object(9), resolutions: [] };
const asked = (more: Partial<Recognising>): Recognising => ({
  sequence: 4,
  hash: 'h',
  highest: 3,
  bySequence: null,
  byId: null,
  ...more,
});

describe('recognising', () => {
  it('[SY1] hashes what a transaction says and not its number', () => {
    const one = transaction(1, create(object(1), { a: 1 }));
    expect(contentHash({ ...one, sequence: 7 })).toBe(contentHash(one));
    expect(contentHash(transaction(1, create(object(1), { a: 2 })))).not.toBe(contentHash(one));
  });

  it('[SY2] answers a known number as before', () => {
    const known = asked({ sequence: 3, bySequence: { hash: 'h', verdict } });
    expect(recognise(known)).toEqual({ kind: 'replay', verdict, isNewNumber: false });
  });

  it('[SY3] takes other content under a known number for a copied store', () => {
    expect(recognise(asked({ sequence: 3, bySequence: { hash: 'other', verdict } }))).toEqual({ kind: 'forked' });
  });

  it('[SY3] takes a number whose verdict is forgotten for a store that was set back', () => {
    expect(recognise(asked({ sequence: 2 }))).toEqual({ kind: 'forked' });
  });

  it('[SY4] knows a transaction again under a new identity', () => {
    expect(recognise(asked({ byId: { hash: 'h', verdict } }))).toEqual({
      kind: 'replay',
      verdict: { ...verdict, sequence: 4 },
      isNewNumber: true,
    });
    expect(recognise(asked({ byId: { hash: 'other', verdict } }))).toEqual({ kind: 'forked' });
  });

  it('[SY5] refuses a gap and names the number it expects', () => {
    expect(recognise(asked({ sequence: 6 }))).toEqual({ kind: 'gap', expected: 4 });
  });

  it('[SY2] gives each transaction one verdict, however often and in whatever pieces a store sends', () => {
    const sends = fc.array(fc.tuple(fc.nat(5), fc.nat(6)), { maxLength: 30 });
    fc.assert(
      fc.property(sends, (batches) => {
        const given = new Map<number, Verdict>();
        let applied = 0;
        for (const [from, length] of batches) {
          for (let sequence = from + 1; sequence <= from + length; sequence++) {
            const known = given.get(sequence);
            const hash = `content ${sequence}`;
            const answer = recognise({
              sequence,
              hash,
              highest: given.size,
              bySequence: known ? { hash, verdict: known } : null,
              byId: null,
            });
            if (answer.kind === 'gap') break;
            if (answer.kind === 'new') {
              applied++;
              given.set(sequence, { ...verdict, sequence });
            } else expect(answer).toEqual({ kind: 'replay', verdict: known, isNewNumber: false });
          }
        }
        expect(applied).toBe(given.size);
      }),
    );
  });
});
