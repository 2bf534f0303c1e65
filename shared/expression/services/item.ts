import type { Span } from '../../base/diagnostic.ts';
import type { DomainView } from '../../metamodel/domain-view.ts';
import { isAssignable, isNumeric, type Type } from '../type.ts';

export type ItemKind =
  | 'attribute'
  | 'association'
  | 'entity'
  | 'enumeration'
  | 'enumerationValue'
  | 'constant'
  | 'function'
  | 'keyword'
  | 'variable'
  | 'value';

/** One thing that may stand at the caret. */
export interface Item {
  readonly label: string;
  readonly insert: string;
  readonly kind: ItemKind;
  /** Its type, or where it leads. */
  readonly detail?: string;
  readonly documentation?: string;
}

export interface Completion {
  /** What an accepted item replaces. */
  readonly span: Span;
  /** The best first. */
  readonly items: readonly Item[];
}

export function nothingAt(offset: number): Completion {
  return { span: { start: offset, end: offset }, items: [] };
}

/** Gathers items; what fits the place comes first, then by how near it is, then in the order given. */
export class ItemList {
  readonly #items: { readonly item: Item; readonly rank: number }[] = [];
  readonly #seen = new Set<string>();

  /** @param rank 0 fits and is near; larger is further down */
  add(rank: number, item: Item): void {
    const key = `${item.kind} ${item.insert}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#items.push({ item, rank });
  }

  sorted(): readonly Item[] {
    return this.#items.toSorted((a, b) => a.rank - b.rank).map(({ item }) => item);
  }
}

/** Whether a value of the type is what the place wants; without a wish anything is. */
export function suits(type: Type, wanted: Type | undefined, view: DomainView): boolean {
  if (!wanted || wanted.kind === 'Unknown' || wanted.kind === 'Empty') return true;
  if (type.kind === 'Unknown') return false;
  return isAssignable(type, wanted, view) || (isNumeric(type) && isNumeric(wanted));
}

/** As lists and hovers show it: `Enumeration Field.Status`, `Field.Site`, `List of Field.Site`. */
export function shortType(type: Type): string {
  switch (type.kind) {
    case 'Object':
      return type.entity;
    case 'List':
      return `List of ${type.entity}`;
    case 'Enumeration':
      return `Enumeration ${type.enumeration}`;
    case 'Unknown':
      return 'unknown';
    case 'Empty':
      return 'empty';
    default:
      return type.kind;
  }
}
