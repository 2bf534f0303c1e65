import type { JsonObject } from '@skerry/shared/base/json';
import { textChanges } from '../commands/text-operation.ts';
import { Timeline } from '../session/timeline.ts';
import type { JournalEntry } from './journal.ts';

/** What a journal leads to, told from the files it was made from. */
export interface Replayed {
  readonly timeline: Timeline;
  /** What the touched files said at the beginning; undefined: there was none. */
  readonly documents: ReadonlyMap<string, JsonObject | undefined>;
  readonly texts: ReadonlyMap<string, string | undefined>;
  /** Entries that could not be played; there are none unless somebody changed the journal. */
  readonly failed: number;
}

/** Plays a journal over the bases it carries. */
export async function replay(entries: readonly JournalEntry[]): Promise<Replayed> {
  const documents = new Map<string, JsonObject | undefined>();
  const texts = new Map<string, string | undefined>();
  for (const entry of entries) {
    if (entry.kind !== 'step') continue;
    for (const [path, content] of Object.entries(entry.bases.documents)) documents.set(path, content ?? undefined);
    for (const [path, text] of Object.entries(entry.bases.texts)) texts.set(path, text ?? undefined);
  }
  const timeline = new Timeline(
    new Map([...documents].flatMap(([path, content]) => (content ? [[path, content]] : []))),
  );
  let failed = 0;
  for (const entry of entries) {
    if (entry.kind !== 'step') {
      const done = entry.kind === 'undo' ? timeline.undo(entry.document) : timeline.redo(entry.document);
      if (!done.ok) failed++;
      continue;
    }
    const { label, edit, merge } = entry;
    const read = async (path: string) => (timeline.texts.has(path) ? timeline.texts.get(path) : texts.get(path));
    const step = { label, edit, texts: await textChanges(entry.texts, read) };
    const checked = timeline.check(step);
    if (checked.ok) timeline.take(step, checked.value, merge);
    else failed++;
  }
  return { timeline, documents, texts, failed };
}
