import { dependsOn, type Present, type Refused } from '@skerry/shared/sync/admission-dependence';
import { describe, expect, it } from 'vitest';
import { create, entity, object, remove, transaction, update } from './values.ts';

const [a, b] = [object(1), object(2)];
const nothing: Present = { exists: () => false, cell: () => undefined };
const refused = (one: Refused['transaction'], isKnownToDevice = false): Refused => ({
  transaction: one,
  isKnownToDevice,
});

describe('dependence', () => {
  it.each([
    ['touches', update(a, { x: 1 }, { x: 0 })],
    ['deletes', remove(a)],
    ['refers to', create(b, { site: a })],
    ['links to', { ...create(b), add: { [entity]: [a] } }],
  ])('[SY6] a transaction depends on the one that creates what it %s', (_, operation) => {
    const first = refused(transaction(1, create(a)));
    expect(dependsOn(transaction(2, operation), [first], nothing)).toBe(first);
  });

  it('[SY6] but not when it creates the object itself', () => {
    expect(dependsOn(transaction(2, create(a)), [refused(transaction(1, create(a)))], nothing)).toBeNull();
  });

  it('[SY6] writing a member that the other wrote depends, writing another member does not', () => {
    const first = refused(transaction(1, update(a, { x: 1 }, { x: 0 })));
    expect(dependsOn(transaction(2, update(a, { x: 2 }, { x: 1 })), [first], nothing)).toBe(first);
    expect(dependsOn(transaction(2, update(a, { y: 2 }, { y: 1 })), [first], nothing)).toBeNull();
  });

  it('[SY8] once the verdict is known, only what was written on top of it depends', () => {
    const first = refused(transaction(1, update(a, { x: 1 }, { x: 0 })), true);
    const present: Present = { exists: () => true, cell: () => 0 };
    expect(dependsOn(transaction(2, update(a, { x: 2 }, { x: 1 })), [first], present)).toBe(first);
    // A retry starts from what the server holds.
    expect(dependsOn(transaction(3, update(a, { x: 2 }, { x: 0 })), [first], present)).toBeNull();
  });

  it('[SY8] an object that came to be in another way is no reason', () => {
    const first = refused(transaction(1, create(a)), true);
    const later = transaction(2, update(a, { x: 1 }, { x: 0 }));
    expect(dependsOn(later, [first], nothing)).toBe(first);
    expect(dependsOn(later, [first], { ...nothing, exists: () => true })).toBeNull();
  });
});
