import type { JsonObject } from '@skerry/shared/base/json';
import { diff } from '@skerry/shared/metamodel/change/diff';
import type { Change, ObjectChange } from '@skerry/shared/metamodel/change/edit';
import { elementList } from '@skerry/shared/metamodel/change/element-list';
import type { Documents } from '@skerry/shared/metamodel/model';
import { documentPlace } from '@skerry/shared/metamodel/paths';

/** What happened to one document between two states of a model. */
export interface ModelChange {
  readonly document: string;
  readonly name: string;
  readonly kind: string;
  readonly change: 'added' | 'removed' | 'changed' | 'moved';
  /** `attribute Remark added`; a change deep inside is named by its place. */
  readonly details: readonly string[];
}

/** More is not read by anybody. */
const MOST_DETAILS = 20;

/** The differences of two models in words, by document. The app's own version is none. */
export function modelChanges(before: Documents, after: Documents): readonly ModelChange[] {
  const changes = new Map<string, ModelChange>();
  for (const step of diff(before, after)) {
    switch (step.kind) {
      case 'create':
      case 'delete':
        changes.set(step.path, {
          ...titleOf(step.path, step.content),
          change: step.kind === 'create' ? 'added' : 'removed',
          details: [],
        });
        break;
      case 'move': {
        const content = after.get(step.to) ?? {};
        changes.set(step.to, { ...titleOf(step.to, content), change: 'moved', details: [`was ${nameAt(step.path)}`] });
        break;
      }
      case 'change': {
        const content = after.get(step.path) ?? {};
        const moved = changes.get(step.path);
        const details = [...(moved?.details ?? []), ...inWords(step.change, content)].slice(0, MOST_DETAILS);
        if (details.length === 0) break;
        changes.set(step.path, { ...titleOf(step.path, content), change: moved?.change ?? 'changed', details });
      }
    }
  }
  return [...changes.values()].sort((a, b) => (a.document < b.document ? -1 : 1));
}

function titleOf(document: string, content: JsonObject): Pick<ModelChange, 'document' | 'name' | 'kind'> {
  return { document, name: nameAt(document), kind: String(content.kind ?? 'document') };
}

function nameAt(path: string): string {
  const place = documentPlace(path);
  if (!place) return path;
  const name = place.name === '' ? place.kind : place.name;
  return place.module === '' || place.kind === 'module' ? place.module || name : `${place.module}.${name}`;
}

function inWords(change: ObjectChange, content: JsonObject): string[] {
  return Object.entries(change.keys).flatMap(([key, inner]): string[] => {
    if (content.kind === 'app' && key === 'version') return [];
    return valueInWords(key, inner, content[key]);
  });
}

function valueInWords(key: string, change: Change, value: unknown): string[] {
  if (change.kind !== 'list') return [shortReplacement(key, change)];
  const items = elementList(value as never) ?? new Map<string, JsonObject>();
  const word = singular(key);
  const nameOf = (item: JsonObject | undefined) => (typeof item?.name === 'string' ? ` ${item.name}` : '');
  const words = change.steps.map((step) => {
    if (step.kind === 'move') return `${word}${nameOf(items.get(step.id))} moved`;
    return `${word}${nameOf(step.value)} ${step.kind === 'insert' ? 'added' : 'removed'}`;
  });
  const changed = Object.entries(change.items).map(([id, inner]) => {
    const keys = inner.kind === 'object' ? Object.keys(inner.keys).join(', ') : 'its contents';
    const renamed = inner.kind === 'object' ? inner.keys.name : undefined;
    if (renamed?.kind === 'replace' && typeof renamed.before === 'string')
      return `${word} ${renamed.before} renamed to ${String(renamed.after)}`;
    return `${word}${nameOf(items.get(id))}: ${keys}`;
  });
  return [...new Set([...words, ...changed])];
}

function shortReplacement(key: string, change: Change): string {
  const [only, ...others] = change.kind === 'object' ? Object.entries(change.keys) : [];
  // Words in one language, a setting in a group: said with what is around it.
  if (only && others.length === 0 && only[1].kind === 'replace') return shortReplacement(`${key} ${only[0]}`, only[1]);
  if (change.kind !== 'replace') return key;
  const [before, after] = [short(change.before), short(change.after)];
  return before && after ? `${key}: ${before} → ${after}` : key;
}

function short(value: unknown): string | undefined {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object') return undefined;
  const text = String(value);
  return text.length <= 40 ? text || 'empty' : undefined;
}

const SINGULAR: { readonly [list: string]: string } = {
  indexes: 'index',
  parameters: 'parameter',
  menu: 'menu item',
  items: 'menu item',
};

/** `accessRules` → `access rule`. */
function singular(list: string): string {
  const known = SINGULAR[list];
  if (known) return known;
  const words = list.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.endsWith('s') ? words.slice(0, -1) : words;
}
