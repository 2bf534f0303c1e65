import type { Json } from '@skerry/shared/base/json';
import * as bundle from '@skerry/shared/protocol/bundle';
import * as common from '@skerry/shared/protocol/common';
import * as download from '@skerry/shared/protocol/download';
import * as flowCall from '@skerry/shared/protocol/flow-call';
import * as session from '@skerry/shared/protocol/session';
import * as upload from '@skerry/shared/protocol/upload';
import { describe, expect, it, test } from 'vitest';
import * as z from 'zod/mini';
import { ELEMENT, EXAMPLES, HASH, OBJECT, OPTIONAL } from './examples.ts';

/** Pieces that messages are made of; `messages` below speak of them in their places. */
const PIECES = new Set(['elementId', 'objectId', 'uuid', 'cell', 'cells', 'links', 'sha256', 'encoding', 'z']);

type Path = readonly (string | number)[];

const schemaOf = (name: string) => EXAMPLES.find(([known]) => known === name)?.[1] ?? z.never();
const exampleOf = (name: string) => EXAMPLES.find(([known]) => known === name)?.[2] as Json;

function changed(value: Json, [key, ...rest]: Path, to: Json | undefined): Json {
  const copy = structuredClone(value) as { [key: string | number]: Json };
  if (key === undefined) return value;
  if (rest.length > 0) copy[key] = changed(copy[key] as Json, rest, to);
  else if (to === undefined) delete copy[key];
  else copy[key] = to;
  return copy;
}

/** Paths to every key of every object in a message. */
function keysIn(value: Json, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => keysIn(item as Json, [...path, at]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...keysIn(inner as Json, [...path, key])]);
}

describe('a message', () => {
  it('has an example here, whichever it is', () => {
    const exported = [bundle, common, download, flowCall, session, upload].flatMap((family) => Object.keys(family));
    expect([...new Set(EXAMPLES.map(([name]) => name))].sort()).toEqual(
      exported.filter((name) => !PIECES.has(name)).sort(),
    );
  });

  test.each(EXAMPLES)('%s is read as it was written', (_, schema, message) => {
    expect(z.parse(schema, JSON.parse(JSON.stringify(message)))).toEqual(message);
  });

  test.each(EXAMPLES)('%s is refused when anything is missing that has to be there', (name, schema, message) => {
    const optional = new Set(OPTIONAL[name]);
    for (const path of keysIn(message)) {
      const place = path.join('/');
      const mayMiss = path.at(-1) === ELEMENT || optional.has(place);
      expect(z.safeParse(schema, changed(message, path, undefined)).success, `without ${place}`).toBe(mayMiss);
    }
  });
});

describe('bad input is refused', () => {
  test.each<[string, Path, Json, string]>([
    ['uploadRequest', ['acknowledged'], 1.5, 'a part of a number'],
    ['uploadRequest', ['transactions', 0, 'id'], 'x', 'an id that is none'],
    ['uploadRequest', ['transactions', 0, 'operations', 0, 'kind'], 'upsert', 'an operation there is not'],
    ['uploadRequest', ['transactions', 0, 'operations', 0, 'objectId'], OBJECT.toUpperCase(), 'an id in capitals'],
    ['uploadRequest', ['transactions', 0, 'operations', 1, 'set', ELEMENT], { deep: 1 }, 'an object as a cell'],
    ['uploadRequest', ['transactions', 0, 'operations', 0, 'add', ELEMENT], [ELEMENT], 'a link to no object'],
    ['uploadRequest', ['settlements', 0, 'how'], 'resolved', 'a way to settle there is not'],
    ['downloadRequest', ['encodings'], ['rows-2'], 'an encoding nobody speaks'],
    ['downloadRequest', ['cursor'], 7, 'a cursor that is a number'],
    ['downloadAnswer', ['upserts', 0, 'rows', 0, 2], [0], 'a list as a cell'],
    ['downloadAnswer', ['removals', 0, 'ids', 0], 'gone', 'an id that is none'],
    ['downloadAnswer', ['checkpoint', 'coversSequence'], '4', 'a number as text'],
    ['digestAnswer', ['entities', 0, 'objects', 0], [OBJECT], 'half a pair'],
    ['flowCallRequest', ['arguments', 'B'], { kind: 'object' }, 'an object without its id'],
    ['flowCallRequest', ['microflow'], 'M.Flow', 'a name for an id'],
    ['publishRequest', ['model'], HASH.slice(1), 'a hash cut short'],
    ['signInRequest', ['deviceId'], '', 'no device'],
    ['sessionAnswer', ['user', 'id'], 'ann', 'a name for an id'],
    ['errorBody', ['error', 'retry'], 'no', 'a text for a truth'],
  ])('%s: %j = %j (%s)', (name, path, value) => {
    const result = z.safeParse(schemaOf(name), changed(exampleOf(name), path, value));
    expect(result.success).toBe(false);
    expect(result.error?.issues[0]?.path.join('/')).toMatch(new RegExp(`^${path.slice(0, 2).join('/')}`));
  });

  it('whatever it is that is no message at all', () => {
    for (const [name, schema] of EXAMPLES) {
      for (const value of [null, [], 'text', 1, {}]) expect(z.safeParse(schema, value).success, name).toBe(false);
    }
  });

  it('a verdict of one kind with the words of another', () => {
    const applied = exampleOf('verdict') as { [key: string]: Json };
    expect(z.safeParse(upload.verdict, { ...applied, kind: 'rejected' }).success).toBe(false);
  });

  it('numbers JSON cannot carry, as cells', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY])
      expect(z.safeParse(common.cell, value).success).toBe(false);
  });
});
