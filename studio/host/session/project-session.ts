import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { Fault, userFault } from '@skerry/shared/base/fault';
import type { JsonObject } from '@skerry/shared/base/json';
import { diff } from '@skerry/shared/metamodel/change/diff';
import { editedPaths } from '@skerry/shared/metamodel/change/edit';
import type { RandomBytes } from '@skerry/shared/metamodel/ids';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import type { CommandOutcome, HistoryState } from '@skerry/studio/bridge/calls/shapes';
import type { CommandName } from '@skerry/studio/bridge/commands/index';
import type { Notify } from '@skerry/studio/bridge/notifications';
import type { CommandContext } from '../commands/command.ts';
import { planCommand } from '../commands/index.ts';
import { type TextChange, type TextOperation, textChange, textChanges } from '../commands/text-operation.ts';
import type { SessionStep, SessionView } from '../host-context.ts';
import type { Bases, Journal, JournalEntry } from '../journal/journal.ts';
import { readText } from '../project/project-files.ts';
import { readNews } from './absorb-disk.ts';
import { companions } from './companions.ts';
import { type DiskImage, isSidecar, isText, sameAt } from './disk-image.ts';
import { diagnosticsAfter } from './file-diagnostics.ts';
import { type Saved, saveSession } from './save-session.ts';
import { pathsOf, type Step, type Timeline } from './timeline.ts';

export interface SessionParts {
  readonly folder: string;
  readonly image: DiskImage;
  readonly timeline: Timeline;
  readonly journal: Journal;
  readonly random: RandomBytes;
  readonly notify: Notify;
  /** What was wrong with the files as they were read. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The open project: what it says, how it came about, and what of it is on disk. One thing happens at a time. */
export class ProjectSession implements SessionView {
  readonly folder: string;
  readonly #parts: SessionParts;
  readonly #listeners = new Set<(step: SessionStep) => void>();
  readonly #dirty = new Set<string>();
  readonly #conflicts = new Set<string>();
  /** Paths whose bases the journal holds. */
  #journalled = new Set<string>();
  #revision = 1;
  #documents: Documents;
  #model: Model;
  #diagnostics: readonly Diagnostic[];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.folder = parts.folder;
    this.#diagnostics = parts.diagnostics;
    this.#documents = documentsOf(parts.timeline.content);
    this.#model = readModel(this.#documents);
    const { image, timeline } = parts;
    this.#markDirty([...image.content.keys(), ...timeline.content.keys(), ...timeline.texts.keys()]);
  }

  get revision(): number {
    return this.#revision;
  }

  get content(): Documents {
    return this.#parts.timeline.content;
  }

  get documents(): Documents {
    return this.#documents;
  }

  get model(): Model {
    return this.#model;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics;
  }

  get dirty(): readonly string[] {
    return [...this.#dirty].sort();
  }

  get unparsed(): ReadonlyMap<string, string> {
    return this.#parts.image.unparsed;
  }

  async text(path: string): Promise<string | undefined> {
    const { texts } = this.#parts.timeline;
    if (texts.has(path)) return texts.get(path);
    return isText(path) ? readText(this.folder, path) : undefined;
  }

  *texts(): Iterable<string> {
    const { image, timeline } = this.#parts;
    for (const path of image.textPaths) if (!timeline.texts.has(path)) yield path;
    for (const [path, text] of timeline.texts) if (text !== undefined) yield path;
  }

  onStep(listener: (step: SessionStep) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  history(document?: string): HistoryState {
    return this.#parts.timeline.state(document);
  }

  /** What commands look at. */
  get context(): CommandContext {
    const { image, random } = this.#parts;
    return { model: this.#model, content: this.content, isUnparsed: (path) => image.unparsed.has(path), random };
  }

  /** @throws Fault of the command, when it is refused */
  execute(command: CommandName, args: unknown): Promise<CommandOutcome> {
    return this.#inTurn(async () => {
      const planned = planCommand(command, this.context, args);
      if (!planned.ok) throw faultOf(planned.error);
      const { label, edit, texts, created, merge } = planned.value;
      const changes = await textChanges(texts, (path) => this.text(path));
      if (edit.length > 0 || changes.length > 0) {
        await this.#take({ label, edit, texts: changes }, texts, 'command', merge);
      }
      return { revision: this.#revision, label, created: created.map((each) => ({ ...each })) };
    });
  }

  /** @throws Fault `history/nothing`, `history/later-steps` */
  travel(kind: 'undo' | 'redo', document?: string): Promise<CommandOutcome> {
    return this.#inTurn(async () => {
      const { timeline, journal } = this.#parts;
      const taken = kind === 'undo' ? timeline.undo(document) : timeline.redo(document);
      if (!taken.ok) throw taken.error;
      try {
        await journal.append({ kind, ...(document === undefined ? {} : { document }) });
      } catch (error) {
        if (kind === 'undo') timeline.redo(document);
        else timeline.undo(document);
        throw error;
      }
      this.#tell(taken.value, kind);
      return { revision: this.#revision, label: taken.value.label, created: [] };
    });
  }

  /** Throws unsaved changes of documents away, with what belongs to them, as a step that can be undone. */
  revert(documents: readonly string[]): Promise<CommandOutcome> {
    return this.#inTurn(async () => {
      const { image, timeline } = this.#parts;
      const paths = this.#unsaved(documents);
      const label = paths.length === 1 ? `Revert ${paths[0]}` : `Revert ${paths.length} files`;
      const edit = diff(pick(timeline.content, paths), pick(image.content, paths));
      const operations = paths.filter(isText).map((path) => writing(path, image.texts.get(path)));
      const changes = await textChanges(operations, (path) => this.text(path));
      for (const path of paths) this.#conflicts.delete(path);
      if (edit.length > 0 || changes.length > 0)
        await this.#take({ label, edit, texts: changes }, operations, 'revert');
      return { revision: this.#revision, label, created: [] };
    });
  }

  /** Writes what is unsaved: all of it, or what belongs to the documents named. */
  save(documents?: readonly string[]): Promise<Saved> {
    return this.#inTurn(async () => {
      const { folder, image, timeline, notify } = this.#parts;
      const paths = this.#unsaved(documents);
      const saving = { folder, image, content: timeline.content, texts: timeline.texts, conflicts: this.#conflicts };
      const saved = await saveSession(saving, paths);
      timeline.seal();
      this.#markDirty(paths);
      await this.#restartJournal();
      notify('project/saved', { dirty: [...this.dirty] });
      return saved;
    });
  }

  /** Takes in what others wrote to the files at `paths`: one step, however many they are. */
  absorb(paths: Iterable<string>): Promise<void> {
    return this.#inTurn(async () => {
      const { folder, image, timeline, notify } = this.#parts;
      const news = await readNews(folder, image, paths);
      if (news.content.size === 0 && news.texts.length === 0 && news.diagnostics.size === 0) return;
      this.#diagnostics = [
        ...this.#diagnostics.filter(({ document }) => document === undefined || !news.diagnostics.has(document)),
        ...[...news.diagnostics.values()].flat(),
      ];
      const clash = [...news.content.keys(), ...news.texts].filter((path) => this.#dirty.has(path));
      const free = [...news.content].filter(([path]) => !this.#dirty.has(path));
      const after = new Map(free.flatMap(([path, content]) => (content ? [[path, content]] : [])));
      const edit = diff(
        pick(
          timeline.content,
          free.map(([path]) => path),
        ),
        after,
      );
      const touched = news.texts.filter((path) => !this.#dirty.has(path));
      const texts = touched
        .filter((path) => timeline.texts.has(path))
        .map((path) => textChange(path, timeline.texts.get(path), image.texts.get(path)));
      this.#markDirty(clash);
      const conflicts = clash.filter((path) => this.#dirty.has(path));
      for (const path of conflicts) this.#conflicts.add(path);
      const count = free.length + touched.length;
      const label = `Changes on disk (${count === 1 ? (free[0]?.[0] ?? touched[0]) : `${count} files`})`;
      const step = { label, edit, texts };
      const checked = timeline.check(step);
      if (!checked.ok) throw faultOf([checked.error]);
      if (edit.length > 0 || texts.length > 0) timeline.take(step, checked.value);
      if (count > 0 || news.diagnostics.size > 0) this.#tell(step, 'disk', touched);
      await this.#restartJournal();
      if (conflicts.length > 0) notify('project/diskConflict', { documents: conflicts });
    });
  }

  /** Waits for what is under way; unsaved work stays in the journal. */
  async close(): Promise<void> {
    await this.#turn.catch(() => undefined);
    this.#listeners.clear();
    await this.#parts.journal.close();
  }

  /** Lets the journal go on from entries that recovery has played, or starts it with what is unsaved as one step. */
  startJournal(entries?: readonly JournalEntry[]): Promise<void> {
    return this.#inTurn(async () => {
      if (!entries) return this.#restartJournal();
      await this.#parts.journal.restart(entries);
      for (const entry of entries) {
        if (entry.kind !== 'step') continue;
        const { documents, texts } = entry.bases;
        for (const path of [...Object.keys(documents), ...Object.keys(texts)]) this.#journalled.add(path);
      }
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #take(
    step: Step,
    operations: readonly TextOperation[],
    origin: SessionStep['origin'],
    merge?: string,
  ): Promise<void> {
    const { timeline, journal } = this.#parts;
    const checked = timeline.check(step);
    if (!checked.ok) throw faultOf([checked.error]);
    const bases = this.#newBases(step);
    const { label, edit } = step;
    const joins = merge === undefined ? {} : { merge };
    await journal.append({ kind: 'step', label, edit, texts: operations, ...joins, bases });
    for (const path of pathsOf(step)) this.#journalled.add(path);
    timeline.take(step, checked.value, merge);
    this.#tell(step, origin);
  }

  #tell(step: Step, origin: SessionStep['origin'], moreTexts: readonly string[] = []): void {
    const { timeline } = this.#parts;
    const documents = [...editedPaths(step.edit)].some((path) => !isSidecar(path));
    if (documents) {
      this.#documents = documentsOf(timeline.content);
      this.#model = readModel(this.#documents);
    }
    this.#revision++;
    const touched = pathsOf(step);
    this.#markDirty(touched);
    this.#diagnostics = diagnosticsAfter(this.#diagnostics, touched, timeline.content, this.unparsed);
    const texts = [...new Set([...step.texts.map(({ path }) => path), ...moreTexts])];
    const told: SessionStep = { revision: this.#revision, edit: step.edit, origin, label: step.label, texts };
    for (const listener of [...this.#listeners]) listener(told);
  }

  #markDirty(paths: Iterable<string>): void {
    const { image, timeline } = this.#parts;
    for (const path of paths) {
      const isClean = isText(path)
        ? !timeline.texts.has(path) || timeline.texts.get(path) === image.texts.get(path)
        : sameAt(path, timeline.content.get(path), image.content.get(path));
      if (isClean) {
        this.#dirty.delete(path);
        this.#conflicts.delete(path);
      } else this.#dirty.add(path);
    }
  }

  /** Unsaved paths; of the named documents and what belongs to them. */
  #unsaved(documents: readonly string[] | undefined): readonly string[] {
    if (!documents) return this.dirty;
    const { image, timeline } = this.#parts;
    const wanted = companions(documents, [...this.#dirty], timeline.content, image.content);
    return this.dirty.filter((path) => wanted.has(path));
  }

  #newBases(step: Step): Bases {
    const { image } = this.#parts;
    const documents: { [path: string]: JsonObject | null } = {};
    const texts: { [path: string]: string | null } = {};
    for (const { path, before } of step.texts) if (!image.texts.has(path)) image.texts.set(path, before);
    for (const path of pathsOf(step)) {
      if (this.#journalled.has(path)) continue;
      if (isText(path)) texts[path] = image.texts.get(path) ?? null;
      else documents[path] = image.content.get(path) ?? null;
    }
    return { documents, texts };
  }

  async #restartJournal(): Promise<void> {
    const { image, timeline, journal } = this.#parts;
    this.#journalled.clear();
    const paths = this.dirty;
    const edit = diff(pick(image.content, paths), pick(timeline.content, paths));
    const operations = paths.filter(isText).map((path) => writing(path, timeline.texts.get(path)));
    const texts: readonly TextChange[] = operations.map(({ path }) =>
      textChange(path, image.texts.get(path), timeline.texts.get(path)),
    );
    const label = 'Unsaved work';
    const bases = this.#newBases({ label, edit, texts });
    const entry: JournalEntry = { kind: 'step', label, edit, texts: operations, bases };
    await journal.restart(paths.length === 0 ? [] : [entry]);
    this.#journalled = new Set(paths);
  }
}

export function faultOf(diagnostics: readonly Diagnostic[]): Fault {
  const [first] = diagnostics;
  if (!first) return new Fault('defect', 'command/refused', 'This cannot be done.');
  const more = diagnostics.length > 1 ? ` (and ${diagnostics.length - 1} more)` : '';
  return userFault(first.code, `${first.message}${more}`, { diagnostics });
}

function documentsOf(content: Documents): Documents {
  return new Map([...content].filter(([path]) => !isSidecar(path)));
}

function pick(documents: Documents, paths: readonly string[]): Documents {
  return new Map(
    paths.flatMap((path) => {
      const content = documents.get(path);
      return content ? [[path, content] as const] : [];
    }),
  );
}

function writing(path: string, text: string | undefined): TextOperation {
  return text === undefined ? { kind: 'remove', path } : { kind: 'write', path, text };
}
