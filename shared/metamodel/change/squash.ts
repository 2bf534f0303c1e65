import { equalJson, type Json, type JsonObject } from '../../base/json.ts';
import { applyChange, Misfit } from './apply.ts';
import { diffDocument } from './diff.ts';
import type { Change, DocumentStep, Edit, ListChange, ListStep, ObjectChange, Replacement } from './edit.ts';
import { invertChange } from './invert.ts';

/** One edit that does what `first` and then `second` do. Two edits that do not fit each other stay side by side. */
export function squash(first: Edit, second: Edit): Edit {
  const steps = [...first];
  for (const step of second) {
    try {
      addStep(steps, step);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      steps.push(step);
    }
  }
  return steps;
}

/** Joins the step with the last one on its path, unless a move stands between, which would change whose path it is. */
function addStep(steps: DocumentStep[], step: DocumentStep): void {
  const at = steps.findLastIndex(
    (earlier) => touches(earlier, step.path) || (step.kind === 'move' && touches(earlier, step.to)),
  );
  const earlier = steps[at];
  const joined = earlier && join(earlier, step);
  if (joined) steps.splice(at, 1, ...joined);
  else steps.push(step);
}

function touches(step: DocumentStep, path: string): boolean {
  return step.path === path || (step.kind === 'move' && step.to === path);
}

function join(earlier: DocumentStep, later: DocumentStep): readonly DocumentStep[] | undefined {
  const { path } = later;
  if (earlier.kind === 'move') {
    const back = later.kind === 'move' && later.path === earlier.to && later.to === earlier.path;
    return back ? [] : undefined;
  }
  if (later.kind === 'move' || earlier.path !== path) return undefined;
  if (earlier.kind === 'delete') {
    if (
      later.kind !== 'create' ||
      later.content.id !== earlier.content.id ||
      later.content.kind !== earlier.content.kind
    )
      return undefined;
    const change = diffDocument(earlier.content, later.content);
    return change ? [{ kind: 'change', path, change }] : [];
  }
  if (later.kind === 'create') return undefined;
  if (earlier.kind === 'create') {
    if (later.kind === 'change')
      return [{ ...earlier, content: applyChange(earlier.content, later.change) as JsonObject }];
    return equalJson(earlier.content, later.content) ? [] : undefined;
  }
  if (later.kind === 'delete') {
    return [{ ...later, content: applyChange(later.content, invertChange(earlier.change)) as JsonObject }];
  }
  const change = squashObject(earlier.change, later.change);
  return isIdle(change) ? [] : [{ kind: 'change', path, change }];
}

function squashChange(first: Change, second: Change): Change {
  if (first.kind === 'object' && second.kind === 'object') return squashObject(first, second);
  if (first.kind === 'list' && second.kind === 'list') return squashList(first, second);
  const before =
    first.kind === 'replace' ? first.before : applyChange((second as Replacement).before, invertChange(first));
  const after = second.kind === 'replace' ? second.after : applyChange((first as Replacement).after, second);
  return { kind: 'replace', ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function squashObject(first: ObjectChange, second: ObjectChange): ObjectChange {
  const before = first.order?.before ?? second.order?.before;
  const after = second.order?.after ?? first.order?.after;
  const moved = before && after && !equalJson(before, after);
  return {
    kind: 'object',
    keys: squashAll(first.keys, second.keys),
    ...(moved ? { order: { before, after } } : {}),
  };
}

function squashAll(first: { readonly [key: string]: Change }, second: { readonly [key: string]: Change }) {
  const changes = new Map(Object.entries(first));
  for (const [key, change] of Object.entries(second)) {
    const earlier = changes.get(key);
    const squashed = earlier ? squashChange(earlier, change) : change;
    if (isIdle(squashed)) changes.delete(key);
    else changes.set(key, squashed);
  }
  return Object.fromEntries(changes);
}

function squashList(first: ListChange, second: ListChange): ListChange {
  const earlier = new Map(Object.entries(first.items));
  const steps = [...first.steps];
  for (const step of second.steps) {
    const change = step.kind === 'remove' ? earlier.get(step.id) : undefined;
    if (step.kind === 'remove' && change) {
      earlier.delete(step.id);
      addListStep(steps, { ...step, value: applyChange(step.value, invertChange(change)) as JsonObject });
    } else addListStep(steps, step);
  }
  const later = new Map(Object.entries(second.items));
  for (const [id, change] of later) {
    const at = steps.findLastIndex((step) => step.kind === 'insert' && step.id === id);
    const insertion = steps[at];
    if (insertion?.kind !== 'insert') continue;
    steps[at] = { ...insertion, value: applyChange(insertion.value, change) as JsonObject };
    later.delete(id);
  }
  return { kind: 'list', steps, items: squashAll(Object.fromEntries(earlier), Object.fromEntries(later)) };
}

function addListStep(steps: ListStep[], step: ListStep): void {
  const last = steps.at(-1);
  if (last && last.id === step.id && cancels(last, step)) steps.pop();
  else steps.push(step);
}

function cancels(last: ListStep, step: ListStep): boolean {
  if (last.kind === 'move') return step.kind === 'move' && last.from === step.to;
  if (step.kind === 'move' || last.kind === step.kind) return false;
  return sameText(last.value, step.value) && (last.kind === 'insert' || last.after === step.after);
}

function isIdle(change: Change): boolean {
  switch (change.kind) {
    case 'replace':
      return sameText(change.before, change.after);
    case 'object':
      return Object.keys(change.keys).length === 0 && !change.order;
    case 'list':
      return Object.keys(change.items).length === 0 && change.steps.length === 0;
  }
}

/** Stricter than equalJson: where the order of keys counts, putting them in another order is a change. */
function sameText(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
