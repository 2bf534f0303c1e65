import type { Json, JsonObject } from '../base/json.ts';
import type { DocumentPath } from '../metamodel/walk.ts';

/** A copy in which the keys at the given paths have other names; each keeps its place. */
export function renameKeys(content: JsonObject, changes: readonly (readonly [DocumentPath, string])[]): JsonObject {
  return visit(content, changes, 0) as JsonObject;
}

function visit(
  value: Json | undefined,
  changes: readonly (readonly [DocumentPath, string])[],
  depth: number,
): Json | undefined {
  if (changes.length === 0 || typeof value !== 'object' || value === null) return value;
  const below = (key: string | number) => changes.filter(([path]) => path[depth] === key);
  if (Array.isArray(value)) return value.map((item: Json, i) => visit(item, below(i), depth + 1) as Json);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const here = below(key);
      const own = here.find(([path]) => path.length === depth + 1);
      const inner = here.filter(([path]) => path.length > depth + 1);
      return [own ? own[1] : key, visit(item, inner, depth + 1)];
    }),
  );
}
