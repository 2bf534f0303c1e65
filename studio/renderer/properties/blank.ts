import type { Json, JsonObject } from '@skerry/shared/base/json';
import type { Role } from '@skerry/shared/metamodel/role';
import { text } from '@skerry/shared/metamodel/schema';
import type { ObjectShape, Shape, UnionShape } from '@skerry/shared/metamodel/shape';
import { shapeOf } from '@skerry/shared/metamodel/shape';

/** What a new value begins with where the schema demands one. */
export interface Beginnings {
  /** For names and other strings that may not be empty. */
  readonly word: (role: Role | undefined, key: string) => string;
}

/** The smallest value of a shape: what must be there, and nothing that has a default. Ids are left to the host. */
export function blankValue(shape: Shape, key: string, beginnings: Beginnings): Json {
  switch (shape.kind) {
    case 'object':
      return blankObject(shape, undefined, beginnings);
    case 'union':
      return blankOption(shape, shape.options.keys().next().value ?? '', beginnings);
    case 'list':
      return [];
    case 'map':
      return {};
    case 'leaf':
      if (shape.nullable) return null;
      if (shape.type === 'boolean') return false;
      if (shape.type === 'number' || shape.type === 'integer') return key === 'length' ? 200 : 0;
      if (shape.type === 'choice') return shape.values?.[0] ?? '';
      return shape.type === 'unknown' ? null : beginnings.word(shape.role, key);
  }
}

/** A new value of a union's option. */
export function blankOption(shape: UnionShape, kind: string, beginnings: Beginnings): JsonObject {
  const option = shape.options.get(kind);
  return option ? blankObject(option, kind, beginnings) : { kind };
}

function blankObject(shape: ObjectShape, kind: string | undefined, beginnings: Beginnings): JsonObject {
  const made: Record<string, Json> = {};
  for (const [key, field] of shape.keys) {
    if (key === 'kind' && kind !== undefined) made.kind = kind;
    else if (!field.optional && key !== 'id') made[key] = blankValue(field.shape, key, beginnings);
  }
  return made;
}

/** A value turned into another option of its union. Whatever the new option has under the same key and of the same shape stays. */
export function switchKind(shape: UnionShape, value: JsonObject, kind: string, beginnings: Beginnings): JsonObject {
  const before = typeof value.kind === 'string' ? shape.options.get(value.kind) : undefined;
  const after = shape.options.get(kind);
  const made: Record<string, Json> = { ...(blankOption(shape, kind, beginnings) as Record<string, Json>) };
  for (const [key, field] of after?.keys ?? []) {
    const kept = value[key];
    const old = before?.keys.get(key)?.shape;
    if (key !== 'kind' && kept !== undefined && old && isSameShape(old, field.shape)) made[key] = kept;
  }
  return made;
}

/** Whether what fits one shape fits the other. */
export function isSameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.kind === 'list' && b.kind === 'list') return isSameShape(a.item, b.item);
  if (a.kind === 'map' && b.kind === 'map') {
    return a !== shapeOf(text) && isSameShape(a.key, b.key) && isSameShape(a.value, b.value);
  }
  if (a.kind !== 'leaf' || b.kind !== 'leaf') return false;
  return (
    a.type === b.type &&
    a.nullable === b.nullable &&
    JSON.stringify(a.role) === JSON.stringify(b.role) &&
    JSON.stringify(a.values) === JSON.stringify(b.values)
  );
}
