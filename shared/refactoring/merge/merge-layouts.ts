import { compareCodePoints, type JsonObject } from '../../base/json.ts';
import type { Documents } from '../../metamodel/model.ts';
import { layoutPath } from '../../metamodel/paths.ts';
import type { Versions } from './conflict.ts';
import { mergeValue } from './merge-value.ts';

interface Drawn {
  readonly documents: Documents;
  /** Sidecars by their paths. */
  readonly layouts: Documents;
}

/**
 * The geometry of merged documents, box by box. A box that both moved stands where ours put it; a sidecar goes with its
 * document wherever the merge has put that.
 */
export function mergeLayouts(versions: Versions<Drawn>, merged: Documents): Documents {
  const drawings = {
    base: byDocument(versions.base),
    ours: byDocument(versions.ours),
    theirs: byDocument(versions.theirs),
  };
  const layouts = new Map<string, JsonObject>();
  for (const [path, content] of merged) {
    const key = identity(path, content);
    const drawn = { base: drawings.base.get(key), ours: drawings.ours.get(key), theirs: drawings.theirs.get(key) };
    const layout = mergeValue(drawn, [], { keep: 'ours', clashes: [] });
    if (layout !== undefined) layouts.set(layoutPath(path), layout as JsonObject);
  }
  return new Map([...layouts].sort(([a], [b]) => compareCodePoints(a, b)));
}

function byDocument({ documents, layouts }: Drawn): ReadonlyMap<string, JsonObject> {
  const drawn = new Map<string, JsonObject>();
  for (const [path, content] of documents) {
    const layout = layouts.get(layoutPath(path));
    if (layout) drawn.set(identity(path, content), layout);
  }
  return drawn;
}

function identity(path: string, content: JsonObject): string {
  return typeof content.id === 'string' ? content.id : path;
}
