import { equalJson, type JsonObject } from '@skerry/shared/base/json';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { diff } from '@skerry/shared/metamodel/change/diff';
import type { Documents } from '@skerry/shared/metamodel/model';
import { type TextChange, textChange } from '../commands/text-operation.ts';
import type { DiskImage } from '../session/disk-image.ts';
import type { Step } from '../session/timeline.ts';
import type { Replayed } from './replay.ts';

export interface MergedWork {
  readonly step: Step;
  /** Files that have changed in the same places since. */
  readonly lost: readonly string[];
}

/** What of a journal's outcome fits files that have changed since, file by file, as one step over them. */
export function mergeWork({ timeline, documents, texts }: Replayed, image: DiskImage, content: Documents): MergedWork {
  const lost: string[] = [];
  const before = new Map<string, JsonObject>();
  const after = new Map<string, JsonObject>();
  for (const [path, base] of documents) {
    const present = content.get(path);
    if (present) before.set(path, present);
    const merged = mergeDocument(path, base, timeline.content.get(path), present);
    if (merged === 'lost') lost.push(path);
    const target = merged === 'lost' ? present : merged;
    if (target) after.set(path, target);
  }
  const changes: TextChange[] = [];
  for (const [path, base] of texts) {
    const [present, wanted] = [image.texts.get(path), timeline.texts.get(path)];
    if (present === wanted) continue;
    if (present === base) changes.push(textChange(path, present, wanted));
    else lost.push(path);
  }
  return { step: { label: 'Recovered work', edit: diff(before, after), texts: changes }, lost };
}

function mergeDocument(
  path: string,
  base: JsonObject | undefined,
  wanted: JsonObject | undefined,
  present: JsonObject | undefined,
): JsonObject | undefined | 'lost' {
  if (equalJson(base, present) || equalJson(wanted, present)) return wanted;
  const one = (content: JsonObject | undefined) => new Map(content ? [[path, content]] : []);
  const merged = apply(one(present), diff(one(base), one(wanted)));
  return merged.ok ? merged.value.get(path) : 'lost';
}
