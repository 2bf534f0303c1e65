import type { Model, ModelDocument } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import type { Difference } from './finding.ts';

/** Documents of a kind by id, the System module's left out. */
export function byId<K extends 'entity' | 'enumeration' | 'microflow' | 'navigationProfile'>(
  model: Model,
  kind: K,
): ReadonlyMap<string, ModelDocument<K>> {
  return new Map(
    [...model.all(kind).values()]
      .filter(({ path }) => !isSystemPath(path))
      .map((document) => [document.content.id, document]),
  );
}

/** The same element under another name, or in another module. */
export function nameChange(element: Difference['element'], from: string, to: string): readonly Difference[] {
  if (from === to) return [];
  const moved = from.split('.').at(-1) === to.split('.').at(-1);
  return [{ change: moved ? 'element-moved' : 'element-renamed', element, name: to, from, to }];
}
