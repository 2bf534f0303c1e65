import type { JsonObject } from '@skerry/shared/base/json';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import { documentPath } from '@skerry/shared/metamodel/paths';
import {
  documentShape,
  type Field,
  type LeafShape,
  type ObjectShape,
  type Shape,
} from '@skerry/shared/metamodel/shape';
import fc, { type Arbitrary } from 'fast-check';

/*
 * Documents of every kind, derived from the schemas: every key, every alternative, every nesting up to a depth. Ids
 * come from a small pool, so that two documents made independently share elements in different places.
 */

const MAX_DEPTH = 4;
const LETTERS = 'abcdefghijkl';
const ids = fc.integer({ min: 0, max: LETTERS.length - 1 }).map((i) => (LETTERS[i] as string).repeat(16));
const names = fc.constantFrom('Site', 'site_2', 'Inspection', 'A', '_b', 'Zebra', 'Region');
const qualified = fc.constantFrom('«ref»Field.Site', '«ref»Field.Inspection', '«ref»System.User');
const texts = fc.constantFrom('«slot»', '«slot»[Name = 1]', '«slot»$x/Name');
const words = fc.oneof(
  fc.constantFrom('', 'Open', 'é', '😀', 'a "quoted" \\ word\n'),
  fc.string({ maxLength: 6, unit: 'binary' }),
);
/** Through text, since JSON has no -0 and keys that are whole numbers have an order of their own. */
const anything = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)));
const unknownKeys = fc.dictionary(fc.constantFrom('futureKey', 'another', '__proto__', 'zz', '17'), anything, {
  maxKeys: 3,
});

const cache = new Map<Shape, Map<number, Arbitrary<unknown>>>();

/** Values of a shape; with `strict`, what the schema accepts and nothing more. */
export function shapeArbitrary(shape: Shape, depth = 0): Arbitrary<unknown> {
  let byDepth = cache.get(shape);
  if (!byDepth) {
    byDepth = new Map();
    cache.set(shape, byDepth);
  }
  let arbitrary = byDepth.get(depth);
  if (!arbitrary) {
    arbitrary = make(shape, depth);
    byDepth.set(depth, arbitrary);
  }
  return arbitrary;
}

function make(shape: Shape, depth: number): Arbitrary<unknown> {
  switch (shape.kind) {
    case 'leaf':
      return leaf(shape);
    case 'object':
      return object(shape, depth);
    case 'union':
      return fc.constantFrom(...shape.options.entries()).chain(([kind, option]) => object(option, depth, kind));
    case 'map':
      return fc.dictionary(leaf(shape.key) as Arbitrary<string>, shapeArbitrary(shape.value, depth + 1), {
        maxKeys: 3,
      });
    case 'list':
      return list(shape.item, depth);
  }
}

function list(item: Shape, depth: number): Arbitrary<unknown> {
  if (depth >= MAX_DEPTH) return fc.constant([]);
  // Made only when needed: the schemas contain themselves.
  return fc.constant(0).chain(() =>
    fc.uniqueArray(shapeArbitrary(item, depth + 1), {
      maxLength: depth === 0 ? 5 : 3,
      comparator: (a, b) => a !== undefined && a === b,
      selector: (value) => (value as { id?: unknown } | null)?.id,
    }),
  );
}

function object(shape: ObjectShape, depth: number, kind?: string): Arbitrary<unknown> {
  const fields = [...shape.keys].map(([key, field]): [string, Arbitrary<unknown>] => [
    key,
    fieldArbitrary(key, field, depth, kind),
  ]);
  const keys = Object.fromEntries(fields.filter(([key]) => key !== 'kind' || kind === undefined));
  const required = [...shape.keys]
    .filter(([, field]) => !field.optional)
    .map(([key]) => key)
    .filter((key) => key in keys);
  return fc
    .tuple(
      fc.record(keys, { requiredKeys: required as [] }),
      fc.option(unknownKeys, { freq: 8, nil: {} }),
      fc.boolean(),
    )
    .map(([known, unknown, last]) => {
      const all = kind === undefined ? known : { ...known, kind };
      return last ? { ...all, ...unknown } : { ...unknown, ...all };
    });
}

function fieldArbitrary(key: string, field: Field, depth: number, kind?: string): Arbitrary<unknown> {
  if (key === 'kind' && kind !== undefined) return fc.constant(kind);
  if (key === 'format') return fc.constant(1);
  return shapeArbitrary(field.shape, depth + 1);
}

function leaf(shape: LeafShape): Arbitrary<unknown> {
  const value = present(shape);
  return shape.nullable ? fc.option(value) : value;
}

function present(shape: LeafShape): Arbitrary<unknown> {
  switch (shape.type) {
    case 'choice':
      return fc.constantFrom(...(shape.values ?? []));
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: 0, max: 99 });
    case 'number':
      return fc.constantFrom(0, 1.5, -3, 1e21);
    case 'unknown':
      return anything;
    case 'string':
      switch (shape.role?.kind) {
        case 'id':
          return ids;
        case 'name':
        case 'variable':
          return names;
        case 'nameOf':
          return names;
        case 'reference':
          return qualified;
        case 'slot':
          return texts;
        default:
          return words;
      }
  }
}

const KINDS = Object.keys(DOCUMENT_KINDS) as DocumentKind[];

/** A document of the kind, valid but for unknown keys. */
export function documentArbitrary(kind: DocumentKind): Arbitrary<JsonObject> {
  return shapeArbitrary(documentShape(kind)) as Arbitrary<JsonObject>;
}

export const anyDocument: Arbitrary<JsonObject> = fc.constantFrom(...KINDS).chain(documentArbitrary);

/** A few documents in places that two independent projects are likely to share. */
export const someDocuments: Arbitrary<ReadonlyMap<string, JsonObject>> = fc
  .uniqueArray(
    fc.constantFrom(...KINDS).chain((kind) =>
      fc.tuple(
        fc.constantFrom('Site', 'Region').map((name) => documentPath({ kind, module: 'Field', folders: [], name })),
        documentArbitrary(kind),
      ),
    ),
    { selector: ([path]) => path, maxLength: 5 },
  )
  .map((entries) => new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1))));
