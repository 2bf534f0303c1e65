import type { Diagnostic } from '../base/diagnostic.ts';
import { domainView } from '../metamodel/domain-view.ts';
import type { Model } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import { type AskedContext, askedContext, type Question } from './asked.ts';
import { movedBetween } from './moved.ts';
import { CHECKS } from './registry.ts';
import { checkDocument } from './run.ts';

const FAST = CHECKS.filter((one) => one.speed === 'fast');
const SLOW = CHECKS.filter((one) => one.speed === 'slow');

/** What was found, by path. Documents that are not named have what they had before. */
export type Found = Map<string, readonly Diagnostic[]>;

interface Entry {
  readonly found: readonly Diagnostic[];
  readonly asked: ReadonlySet<Question>;
}

/**
 * The documents' checks over a model that changes: a document is looked at again when it changed itself, or when
 * something that its checks asked of the model may have another answer. `begin` takes the next model in; the work on it
 * may be given up at any point for one that is newer still: what it left undone stays due.
 */
export class IncrementalChecks {
  #model: Model | undefined;
  #context: AskedContext | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #askers = new Map<Question, Set<string>>();
  readonly #slow = new Map<string, readonly Diagnostic[]>();
  /** Paths to look at, those that changed themselves first. */
  #due = new Set<string>();

  /** @returns how many documents changed themselves; these come first */
  begin(model: Model): number {
    const before = this.#model;
    this.#model = model;
    this.#context = askedContext(model, domainView(model));
    if (!before) {
      this.#due = new Set([...model.documents.keys()].filter((path) => !isSystemPath(path)));
      return this.#due.size;
    }
    const { changed, removed, questions } = movedBetween(before, model);
    for (const path of removed) this.#forget(path);
    const due = new Set(changed);
    for (const path of this.#due) if (model.documents.has(path)) due.add(path);
    for (const one of questions) for (const path of this.#askers.get(one) ?? []) due.add(path);
    this.#due = due;
    return changed.length;
  }

  /** Looks at up to `most` documents that are due. Empty when none is left. */
  work(most: number): Found {
    const found: Found = new Map();
    for (const path of this.#due) {
      if (found.size >= most) break;
      found.set(path, this.#look(path));
      this.#due.delete(path);
    }
    return found;
  }

  /** The checks that look at the whole model: what differs from before. */
  slow(): Found {
    const changed: Found = new Map();
    const model = this.#model as Model;
    const context = { model, view: domainView(model) };
    for (const [path, document] of model.documents) {
      if (isSystemPath(path)) continue;
      const now = checkDocument(document, context, SLOW);
      const before = this.#slow.get(path) ?? NOTHING;
      if (now.length === 0 && before.length === 0) continue;
      if (now.length === 0) this.#slow.delete(path);
      else this.#slow.set(path, now);
      changed.set(path, this.of(path));
    }
    return changed;
  }

  /** What is known of a document: fast checks first. */
  of(path: string): readonly Diagnostic[] {
    const slow = this.#slow.get(path);
    const fast = this.#entries.get(path)?.found ?? NOTHING;
    return slow ? [...fast, ...slow] : fast;
  }

  #look(path: string): readonly Diagnostic[] {
    const context = this.#context as AskedContext;
    const document = (this.#model as Model).documents.get(path);
    this.#unask(path);
    if (!document) return NOTHING;
    const asked = new Set<Question>();
    context.note(asked);
    this.#entries.set(path, { found: checkDocument(document, context, FAST), asked });
    for (const one of asked) {
      const askers = this.#askers.get(one);
      if (askers) askers.add(path);
      else this.#askers.set(one, new Set([path]));
    }
    return this.of(path);
  }

  #unask(path: string): void {
    for (const one of this.#entries.get(path)?.asked ?? []) this.#askers.get(one)?.delete(path);
  }

  #forget(path: string): void {
    this.#unask(path);
    this.#entries.delete(path);
    this.#slow.delete(path);
  }
}

const NOTHING: readonly Diagnostic[] = [];
