import { assert } from '../base/invariant.ts';
import { DOCUMENT_KINDS, type DocumentKind } from './kinds.ts';
import { type Role, roleOf } from './role.ts';
import type { z } from './schema.ts';

/**
 * A schema reduced to what the form of a document depends on: which keys, in which order, and what its strings are.
 * Whatever works on all documents alike (printing, walking, comparing, generating) goes by shapes, so that a new field
 * needs to be declared once only.
 */
export type Shape = ObjectShape | UnionShape | MapShape | ListShape | LeafShape;

export interface ObjectShape {
  readonly kind: 'object';
  /** The schema it was made from; its identity tells apart objects that look alike. */
  readonly schema: z.core.$ZodType;
  /** In the order they are written. */
  readonly keys: ReadonlyMap<string, Field>;
}

export interface Field {
  readonly shape: Shape;
  /** Whether the key may be absent from the file. */
  readonly optional: boolean;
  /** Whether an absent key reads as a value. */
  readonly hasDefault: boolean;
}

/** Objects told apart by their `kind`. */
export interface UnionShape {
  readonly kind: 'union';
  readonly options: ReadonlyMap<string, ObjectShape>;
}

/** Keys are names, sorted by code point when written. */
export interface MapShape {
  readonly kind: 'map';
  readonly key: LeafShape;
  readonly value: Shape;
}

export interface ListShape {
  readonly kind: 'list';
  readonly item: Shape;
}

export interface LeafShape {
  readonly kind: 'leaf';
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'choice' | 'unknown';
  readonly nullable: boolean;
  /** For strings. Absent: nobody has said what they are. */
  readonly role?: Role;
  /** For choices. */
  readonly values?: readonly string[];
}

const shapes = new WeakMap<object, Shape>();

/** The shape of a schema. The same schema gives the same shape. */
export function shapeOf(schema: z.core.$ZodType): Shape {
  let shape = shapes.get(schema);
  if (!shape) {
    shape = makeShape(schema);
    shapes.set(schema, shape);
  }
  return shape;
}

/** The shape of a kind of document. */
export function documentShape(kind: DocumentKind): ObjectShape {
  const shape = shapeOf(DOCUMENT_KINDS[kind].schema);
  assert(shape.kind === 'object', `the schema of ${kind} is not an object`);
  return shape;
}

/** The shape of the document itself by what it says it is; undefined for an unknown kind. */
export function shapeOfContent(content: { readonly kind?: unknown }): ObjectShape | undefined {
  const { kind } = content;
  if (typeof kind !== 'string' || !Object.hasOwn(DOCUMENT_KINDS, kind)) return undefined;
  return documentShape(kind as DocumentKind);
}

/** The object shape that applies to a value: itself, or the union's option that the value's `kind` names. */
export function resolveShape(shape: Shape | undefined, value: object): ObjectShape | MapShape | ListShape | undefined {
  if (!shape || shape.kind === 'leaf') return undefined;
  if (shape.kind !== 'union') return shape;
  const { kind } = value as { kind?: unknown };
  return typeof kind === 'string' ? shape.options.get(kind) : undefined;
}

/** The shape under a key of an object or map; undefined for a key nobody declared. */
export function shapeAt(shape: Shape | undefined, key: string): Shape | undefined {
  if (shape?.kind === 'object') return shape.keys.get(key)?.shape;
  return shape?.kind === 'map' ? shape.value : undefined;
}

function makeShape(schema: z.core.$ZodType): Shape {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return makeObject(schema, def.shape);
    case 'union':
      return makeUnion(def.options);
    case 'array':
      return {
        kind: 'list',
        get item() {
          return shapeOf(def.element);
        },
      };
    case 'record':
      return {
        kind: 'map',
        key: leafOf(def.keyType),
        get value() {
          return shapeOf(def.valueType);
        },
      };
    case 'lazy':
      return shapeOf(def.getter());
    case 'optional':
    case 'default':
      return shapeOf(def.innerType);
    default:
      return leafOf(schema);
  }
}

function makeObject(schema: z.core.$ZodType, declared: z.core.$ZodShape): ObjectShape {
  let keys: ReadonlyMap<string, Field> | undefined;
  return {
    kind: 'object',
    schema,
    // Made on first use, since schemas may contain themselves.
    get keys() {
      keys ??= new Map(
        Object.entries(declared).map(([key, field]) => [
          key,
          {
            shape: shapeOf(field),
            optional: field._zod.optin !== undefined,
            hasDefault: field._zod.optin === 'defaulted',
          },
        ]),
      );
      return keys;
    },
  };
}

function makeUnion(options: readonly z.core.$ZodType[]): UnionShape {
  const byKind = new Map<string, ObjectShape>();
  for (const option of options) {
    const shape = shapeOf(option);
    assert(shape.kind === 'object', 'only objects may be alternatives');
    const kind = shape.keys.get('kind')?.shape;
    assert(kind?.kind === 'leaf' && kind.values, 'alternatives are told apart by their kind');
    for (const value of kind.values) byKind.set(value, shape);
  }
  return { kind: 'union', options: byKind };
}

function leafOf(schema: z.core.$ZodType): LeafShape {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const leaf = (type: LeafShape['type'], more: Partial<LeafShape> = {}): LeafShape => ({
    kind: 'leaf',
    type,
    nullable: false,
    ...more,
  });
  switch (def.type) {
    case 'string':
    case 'custom':
      return leaf('string', { role: roleOf(schema) });
    case 'number':
      return leaf('format' in def ? 'integer' : 'number');
    case 'boolean':
      return leaf('boolean');
    case 'literal':
      return leaf('choice', { values: def.values.map(String) });
    case 'enum':
      return leaf('choice', { values: Object.values(def.entries).map(String) });
    case 'nullable':
      return { ...leafOf(def.innerType), nullable: true };
    case 'unknown':
      return leaf('unknown');
    default:
      throw new TypeError(`No document may contain a ${def.type}: teach shape.ts what it is.`);
  }
}
