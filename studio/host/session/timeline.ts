import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { type Fault, userFault } from '@skerry/shared/base/fault';
import { compareCodePoints } from '@skerry/shared/base/json';
import { err, ok, type Result } from '@skerry/shared/base/result';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { type Edit, editedPaths } from '@skerry/shared/metamodel/change/edit';
import { invert } from '@skerry/shared/metamodel/change/invert';
import { squash } from '@skerry/shared/metamodel/change/squash';
import type { Documents } from '@skerry/shared/metamodel/model';
import { documentPlace, layoutPath } from '@skerry/shared/metamodel/paths';
import { type TextChange, textChange } from '../commands/text-operation.ts';

/** One step as the history keeps it; it holds all it takes to be undone. */
export interface Step {
  readonly edit: Edit;
  readonly texts: readonly TextChange[];
  readonly label: string;
}

/** The contents of a project and how they came about. Knows nothing of files. */
export class Timeline {
  #content: Documents;
  /** Every text that a step has touched, as it is now; undefined: there is no such file. */
  readonly #texts = new Map<string, string | undefined>();
  readonly #done: Step[] = [];
  /** The next to be redone last. */
  #undone: Step[] = [];
  /** The word under which the next step may join the last one. */
  #open: string | undefined;

  constructor(content: Documents) {
    this.#content = content;
  }

  get content(): Documents {
    return this.#content;
  }

  get texts(): ReadonlyMap<string, string | undefined> {
    return this.#texts;
  }

  get done(): readonly Step[] {
    return this.#done;
  }

  /** The same history over documents of which those it touched are the ones it began with. */
  onto(documents: Documents): Timeline {
    const after = new Map(documents);
    const touched = new Set([...this.#done, ...this.#undone].flatMap((step) => [...pathsOf(step)]));
    for (const path of touched) {
      const content = this.#content.get(path);
      if (content) after.set(path, content);
      else after.delete(path);
    }
    const timeline = new Timeline(new Map([...after].sort(([a], [b]) => compareCodePoints(a, b))));
    for (const [path, text] of this.#texts) timeline.#texts.set(path, text);
    timeline.#done.push(...this.#done);
    timeline.#undone.push(...this.#undone);
    return timeline;
  }

  /** Whether the step fits what is there. */
  check(step: Pick<Step, 'edit' | 'texts'>): Result<Documents, Diagnostic> {
    for (const { path, before } of step.texts) {
      if (this.#texts.has(path) && this.#texts.get(path) !== before) {
        return err({ code: 'edit/does-not-fit', severity: 'error', message: `${path} has changed.`, document: path });
      }
    }
    return apply(this.#content, step.edit);
  }

  /**
   * Takes a step that `check` found to fit. With the same `merge` word as the step before, and nothing in between, the
   * two become one; two that cancel each other vanish.
   */
  take(step: Step, content: Documents, merge?: string): void {
    this.#settle(step, content);
    this.#forgetUndone(step);
    const last = this.#done.at(-1);
    if (merge !== undefined && merge === this.#open && last) {
      this.#done.pop();
      const joined = join(last, step);
      if (joined.edit.length > 0 || joined.texts.length > 0) this.#done.push(joined);
      else this.#open = undefined;
    } else {
      this.#done.push(step);
      this.#open = merge;
    }
  }

  /** The next step begins a new one of its own. */
  seal(): void {
    this.#open = undefined;
  }

  /** @returns the step that was taken back, as it was done; errors `history/nothing`, `history/later-steps` */
  undo(document?: string): Result<Step, Fault> {
    return this.#travel(this.#done, this.#undone, inverse, 'undo', document);
  }

  redo(document?: string): Result<Step, Fault> {
    return this.#travel(this.#undone, this.#done, (step) => step, 'redo', document);
  }

  /** Labels of what undo and redo would do. */
  state(document?: string): { undo?: string; redo?: string } {
    const undo = lastTouching(this.#done, document);
    const redo = lastTouching(this.#undone, document);
    return { ...(undo ? { undo: undo.label } : {}), ...(redo ? { redo: redo.label } : {}) };
  }

  #travel(
    from: Step[],
    to: Step[],
    make: (step: Step) => Step,
    verb: 'undo' | 'redo',
    document: string | undefined,
  ): Result<Step, Fault> {
    const step = lastTouching(from, document);
    if (!step) {
      const where = document === undefined ? '' : ` in ${document}`;
      return err(userFault('history/nothing', `There is nothing to ${verb}${where}.`));
    }
    const taken = make(step);
    const checked = this.check(taken);
    if (!checked.ok) return err(this.#laterSteps(step, verb));
    this.#settle(taken, checked.value);
    from.splice(from.lastIndexOf(step), 1);
    to.push(step);
    this.#open = undefined;
    return ok(taken);
  }

  #laterSteps(step: Step, verb: string): Fault {
    const touched = pathsOf(step);
    const at = this.#done.lastIndexOf(step);
    const later = this.#done
      .slice(at + 1)
      .filter((other) => overlap(pathsOf(other), touched))
      .map(({ label }) => label);
    const names = later.toReversed().map((label) => `“${label}”`);
    return userFault(
      'history/later-steps',
      `“${step.label}” cannot be ${verb === 'undo' ? 'undone' : 'redone'} yet: ${names.join(', ') || 'what came later'} builds on it. Undo that first.`,
      { steps: later },
    );
  }

  #settle(step: Step, content: Documents): void {
    this.#content = content;
    for (const { path, after } of step.texts) this.#texts.set(path, after);
  }

  /** What a new step builds over cannot be redone any more, nor what was undone before that. */
  #forgetUndone(step: Step): void {
    const touched = new Set(pathsOf(step));
    this.#undone = this.#undone
      .toReversed()
      .filter((undone) => {
        const paths = pathsOf(undone);
        if (!overlap(paths, touched)) return true;
        for (const path of paths) touched.add(path);
        return false;
      })
      .toReversed();
  }
}

/** Paths of documents, sidecars and texts that a step touches. */
export function pathsOf(step: Pick<Step, 'edit' | 'texts'>): ReadonlySet<string> {
  return new Set([...editedPaths(step.edit), ...step.texts.map(({ path }) => path)]);
}

function inverse(step: Step): Step {
  return {
    label: step.label,
    edit: invert(step.edit),
    texts: step.texts.map(({ path, before, after }) => textChange(path, after, before)),
  };
}

function lastTouching(steps: readonly Step[], document: string | undefined): Step | undefined {
  if (document === undefined) return steps.at(-1);
  // Moving a box is a step of the document the box belongs to; the domain model is the view over a module's entities.
  const sidecar = layoutPath(document);
  const place = documentPlace(document);
  const entities = place?.kind === 'domain' ? `modules/${place.module}/entities/` : undefined;
  return steps.findLast((step) => {
    const paths = pathsOf(step);
    if (paths.has(document) || paths.has(sidecar)) return true;
    return entities !== undefined && [...paths].some((path) => path.startsWith(entities));
  });
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const path of a) if (b.has(path)) return true;
  return false;
}

function join(first: Step, second: Step): Step {
  const texts = new Map(first.texts.map((change) => [change.path, change]));
  for (const change of second.texts) {
    const earlier = texts.get(change.path);
    const joined = textChange(change.path, earlier ? earlier.before : change.before, change.after);
    if (joined.before === joined.after) texts.delete(change.path);
    else texts.set(change.path, joined);
  }
  return { label: second.label, edit: squash(first.edit, second.edit), texts: [...texts.values()] };
}
