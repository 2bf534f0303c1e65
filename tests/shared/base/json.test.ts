import { canonicalJson, compareCodePoints, equalJson, type Json } from '@skerry/shared/base/json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const json = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as Json);

describe('JSON values', () => {
  it('are equal exactly when their canonical texts are', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        expect(equalJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
        expect(equalJson(a, structuredClone(a))).toBe(true);
      }),
    );
  });

  it('are equal whatever the order of their keys, and an undefined key is an absent one', () => {
    expect(equalJson({ a: 1, b: [{}] }, { b: [{}], a: 1, c: undefined })).toBe(true);
    expect(equalJson({ a: undefined }, { b: undefined })).toBe(true);
    expect(equalJson([], {})).toBe(false);
    expect(equalJson({ a: null }, {})).toBe(false);
  });

  it('sort by code point, not by UTF-16 unit', () => {
    expect(['😀', '\uffff', 'a', 'B', ''].sort(compareCodePoints)).toEqual(['', 'B', 'a', '\uffff', '😀']);
  });
});
