import type { Change, DocumentStep, Edit, ListStep, ObjectChange } from './edit.ts';

/** The edit that takes back what `edit` did. */
export function invert(edit: Edit): Edit {
  return edit.toReversed().map(invertStep);
}

function invertStep(step: DocumentStep): DocumentStep {
  switch (step.kind) {
    case 'create':
      return { ...step, kind: 'delete' };
    case 'delete':
      return { ...step, kind: 'create' };
    case 'move':
      return { kind: 'move', path: step.to, to: step.path };
    case 'change':
      return { ...step, change: invertObject(step.change) };
  }
}

export function invertChange(change: Change): Change {
  switch (change.kind) {
    case 'replace':
      return {
        kind: 'replace',
        ...(change.after === undefined ? {} : { before: change.after }),
        ...(change.before === undefined ? {} : { after: change.before }),
      };
    case 'object':
      return invertObject(change);
    case 'list':
      return { kind: 'list', steps: change.steps.toReversed().map(invertListStep), items: invertAll(change.items) };
  }
}

function invertObject(change: ObjectChange): ObjectChange {
  const { order } = change;
  return {
    kind: 'object',
    keys: invertAll(change.keys),
    ...(order ? { order: { before: order.after, after: order.before } } : {}),
  };
}

function invertAll(changes: { readonly [key: string]: Change }): { readonly [key: string]: Change } {
  return Object.fromEntries(Object.entries(changes).map(([key, change]) => [key, invertChange(change)]));
}

function invertListStep(step: ListStep): ListStep {
  switch (step.kind) {
    case 'insert':
      return { ...step, kind: 'remove' };
    case 'remove':
      return { ...step, kind: 'insert' };
    case 'move':
      return { ...step, from: step.to, to: step.from };
  }
}
