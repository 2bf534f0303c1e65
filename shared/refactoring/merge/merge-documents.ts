import { compareCodePoints, equalJson, type JsonObject } from '../../base/json.ts';
import { diffDocument } from '../../metamodel/change/diff.ts';
import type { Documents } from '../../metamodel/model.ts';
import { alignNames } from './align-names.ts';
import { type MergeConflict, placeInWords, type Side, type Versions, valueInWords } from './conflict.ts';
import { type Clash, mergeValue } from './merge-value.ts';

export interface Merge {
  readonly documents: Documents;
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Merges what two branches made of one project, by the ids of its elements: renames of either side are followed into the
 * other's new work, documents that moved are found again, lists take the additions of both. Where both changed the same,
 * ours stands and a conflict says so in words.
 */
export function mergeDocuments(versions: Versions<Documents>): Merge {
  const conflicts: MergeConflict[] = [];
  const aligned = alignNames(versions, conflicts);
  const base = byIdentity(aligned.base);
  const ours = byIdentity(aligned.ours);
  const theirs = byIdentity(aligned.theirs);
  const merged = new Map<string, JsonObject>();
  for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
    const found = mergePlaced({ base: base.get(key), ours: ours.get(key), theirs: theirs.get(key) }, conflicts);
    if (!found) continue;
    const other = merged.get(found.path);
    if (other !== undefined && !equalJson(other, found.content)) conflicts.push(samePlace(found.path));
    if (other === undefined) merged.set(found.path, found.content);
  }
  return { documents: new Map([...merged].sort(([a], [b]) => compareCodePoints(a, b))), conflicts };
}

/** One document as a Git merge driver sees it: three texts and no surroundings. */
export function mergeDocument(
  versions: Versions<JsonObject>,
  path: string,
  keep: Side = 'ours',
): { readonly content: JsonObject; readonly conflicts: readonly MergeConflict[] } {
  const clashes: Clash[] = [];
  const content = mergeValue(versions, [], { keep, clashes }) as JsonObject;
  return { content, conflicts: clashes.map((clash) => conflictOf(clash, path, content)) };
}

interface Placed {
  readonly path: string;
  readonly content: JsonObject;
}

/** Documents are the same when their ids are; what has none, when it stands in the same place. */
function byIdentity(documents: Documents): ReadonlyMap<string, Placed> {
  const placed = new Map<string, Placed>();
  for (const [path, content] of documents) {
    const key = typeof content.id === 'string' ? `${String(content.kind)} ${content.id}` : path;
    placed.set(placed.has(key) ? path : key, { path, content });
  }
  return placed;
}

function mergePlaced(
  { base, ours, theirs }: Versions<Placed | undefined>,
  conflicts: MergeConflict[],
): Placed | undefined {
  if (!ours || !theirs) {
    const left = ours ?? theirs;
    if (!left || !base) return left;
    if (!diffDocument(base.content, left.content)) return undefined;
    const [changed, removed] = ours ? ['Your branch', 'the other branch'] : ['The other branch', 'your branch'];
    conflicts.push({
      code: 'merge/changed-and-removed',
      document: left.path,
      path: [],
      message: `${changed} changed ${placeInWords(left.content, [])}, ${removed} removed it. It is kept; remove it again if that was meant.`,
    });
    return left;
  }
  const path = base && ours.path === base.path ? theirs.path : ours.path;
  const versions = { base: base?.content ?? {}, ours: ours.content, theirs: theirs.content };
  const { content, conflicts: found } = mergeDocument(versions, path);
  conflicts.push(...found);
  return { path, content };
}

function conflictOf({ code, path, versions }: Clash, document: string, content: JsonObject): MergeConflict {
  const place = placeInWords(content, path);
  const { ours, theirs } = versions;
  const message =
    code === 'merge/both-changed'
      ? `${place}: your branch has ${valueInWords(ours)}, the other branch ${valueInWords(theirs)}. Yours is kept.`
      : `${place}: ${ours === undefined ? 'the other branch changed what your branch' : 'your branch changed what the other branch'} removed. It is kept; remove it again if that was meant.`;
  return { code, document, path, message };
}

function samePlace(path: string): MergeConflict {
  return {
    code: 'merge/same-place',
    document: path,
    path: [],
    message: `Both branches put a different document at ${path}. Yours is kept; bring the other one back from its branch under another name.`,
  };
}
