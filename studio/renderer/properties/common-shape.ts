import type { Field, ObjectShape } from '@skerry/shared/metamodel/shape';
import { isSameShape } from './blank.ts';

/** What cannot be the same in two elements. */
const OWN = new Set(['id', 'name', 'kind']);

/** Keys that all shapes have in the same form: what a form of several elements can set in all of them. */
export function commonShape(shapes: readonly ObjectShape[]): ObjectShape {
  const [first, ...others] = shapes as readonly [ObjectShape, ...ObjectShape[]];
  const keys = new Map<string, Field>();
  for (const [key, field] of first.keys) {
    if (OWN.has(key) || field.shape.kind === 'list') continue;
    const isCommon = others.every((other) => {
      const found = other.keys.get(key);
      return found && isSameShape(found.shape, field.shape);
    });
    if (isCommon) keys.set(key, field);
  }
  return { kind: 'object', schema: first.schema, keys };
}
