import { copyFile } from 'node:fs/promises';
import type { Documents } from '@skerry/shared/metamodel/model';
import { readText } from '../project/project-files.ts';
import { type DiskImage, sameAt } from '../session/disk-image.ts';
import { Timeline } from '../session/timeline.ts';
import { type JournalEntry, readJournal } from './journal.ts';
import { mergeWork } from './merge-work.ts';
import { type Replayed, replay } from './replay.ts';

export interface Recovery {
  readonly timeline: Timeline;
  /** For people: what came back and what did not. */
  readonly message: string;
  /** The journal goes on from these; absent: it starts anew. */
  readonly keep?: readonly JournalEntry[];
}

export interface Recovering {
  readonly path: string;
  readonly folder: string;
  /** What the files say now; the texts that the journal touched are read into it. */
  readonly image: DiskImage;
  /** What the files say now, in the present format. */
  readonly content: Documents;
  now(): number;
}

/**
 * Brings back the work of a journal: with its history when the files are those it was made from, else what fits them
 * as one step. Undefined when there is nothing to bring back. A journal of which something is left behind is kept.
 */
export async function recover({ path, folder, image, content, now }: Recovering): Promise<Recovery | undefined> {
  const read = await readJournal(path);
  if (!read) return undefined;
  const played = await replay(read.entries);
  for (const each of played.texts.keys()) image.texts.set(each, await readText(folder, each));
  const isWhole = !read.isDamaged && played.failed === 0;
  const steps = played.timeline.done.length;
  const same = isWhole && isUntouched(played, image, content);
  if (same) {
    const timeline = played.timeline.onto(content);
    const isIdle = steps === 0;
    if (isIdle) return undefined;
    return { timeline, message: `Unsaved work came back: ${counted(steps, 'step')}.`, keep: read.entries };
  }
  const merged = mergeWork(played, image, content);
  const timeline = new Timeline(content);
  const checked = timeline.check(merged.step);
  if (checked.ok && (merged.step.edit.length > 0 || merged.step.texts.length > 0)) {
    timeline.take(merged.step, checked.value);
  }
  const lost = [...merged.lost, ...(isWhole ? [] : ['the damaged part of the journal'])];
  if (lost.length === 0) {
    if (timeline.done.length === 0) return undefined;
    return {
      timeline,
      message: `Unsaved work came back onto files that have changed since: ${counted(steps, 'step')}.`,
    };
  }
  const aside = path.replace(/\.ndjson$/, `.${now()}.kept.ndjson`);
  await copyFile(path, aside);
  return {
    timeline,
    message: `Not all unsaved work fits the files as they are now: ${lost.join(', ')} stayed behind. It is kept in ${aside}.`,
  };
}

function isUntouched({ documents, texts }: Replayed, image: DiskImage, content: Documents): boolean {
  for (const [path, base] of documents) if (!sameAt(path, base, content.get(path))) return false;
  for (const [path, base] of texts) if (image.texts.get(path) !== base) return false;
  return true;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
