import { type Holding, judgeCreate, judgeDelete, judgeUpdate } from '@skerry/shared/sync/admission-access';
import { objectDigest } from '@skerry/shared/sync/digest';
import { describe, expect, it } from 'vitest';
import { create, object, remove, update } from './values.ts';

const a = object(1);
const grant = (write: string[], more: Partial<Holding> = {}): Holding => ({
  write: new Set(write),
  create: false,
  delete: false,
  holdsAfter: true,
  ...more,
});

describe('access', () => {
  it('[SY22] nobody without a grant that holds', () => {
    expect(judgeUpdate(update(a, { x: 1 }, {}), [])).toEqual({ code: 'sync/access-denied', member: 'x' });
    expect(judgeCreate(create(a), [], {})).toEqual({ code: 'sync/create-denied' });
    expect(judgeDelete(remove(a), [grant(['x'])])).toEqual({ code: 'sync/delete-denied' });
    expect(judgeDelete(remove(a), [grant([], { delete: true })])).toBeNull();
  });
  it('[SY23] each member needs a grant of its own that also holds after', () => {
    const operation = update(a, { x: 1, y: 1 }, {});
    expect(judgeUpdate(operation, [grant(['x']), grant(['y'])])).toBeNull();
    expect(judgeUpdate(operation, [grant(['x'])])).toEqual({ code: 'sync/access-denied', member: 'y' });
    expect(judgeUpdate(operation, [grant(['x', 'y'], { holdsAfter: false })])).toEqual({
      code: 'sync/access-denied-after',
      member: 'x',
    });
    expect(judgeUpdate(operation, [grant(['x', 'y'], { holdsAfter: false }), grant(['x', 'y'])])).toBeNull();
  });
  it('[SY23] adding to and removing from a set is writing it', () => {
    const operation = update(a, {}, {}, { add: { s: [] }, remove: { t: [] } });
    expect(judgeUpdate(operation, [grant(['s'])])).toEqual({ code: 'sync/access-denied', member: 't' });
  });
  it('[SY24] a new object may have its defaults without a right to write them', () => {
    const grants = [grant(['x'], { create: true })];
    expect(judgeCreate(create(a, { x: 1, flag: false }), grants, { flag: false })).toBeNull();
    expect(judgeCreate(create(a, { x: 1, flag: true }), grants, { flag: false })).toEqual({
      code: 'sync/access-denied',
      member: 'flag',
    });
  });
});

describe('the digest of an object', () => {
  const entity = { columns: ['x', 'y'], sets: ['s'] };
  const seen = {
    rev: 3,
    rights: { read: ['x', 's'], write: ['x'], delete: false },
    cells: { x: 'a', y: 'hidden' },
    links: { s: ['2', '1'] },
  };
  const digest = objectDigest(seen, entity);
  it('[SY27] does not see what is withheld, nor orders that mean nothing', () => {
    expect(objectDigest({ ...seen, cells: { x: 'a' } }, entity)).toBe(digest);
    expect(
      objectDigest({ ...seen, links: { s: ['1', '2'] }, rights: { ...seen.rights, read: ['s', 'x'] } }, entity),
    ).toBe(digest);
  });
  it('[SY27] sees revision, rights, cells and links', () => {
    expect(objectDigest({ ...seen, rev: 4 }, entity)).not.toBe(digest);
    expect(objectDigest({ ...seen, cells: { x: 'b' } }, entity)).not.toBe(digest);
    expect(objectDigest({ ...seen, links: { s: ['1'] } }, entity)).not.toBe(digest);
    expect(objectDigest({ ...seen, rights: { ...seen.rights, delete: true } }, entity)).not.toBe(digest);
  });
  it('[SY27] an absent cell is an empty one', () => {
    expect(objectDigest({ ...seen, cells: {} }, entity)).toBe(objectDigest({ ...seen, cells: { x: null } }, entity));
  });
});
