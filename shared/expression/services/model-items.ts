import type { DomainView } from '../../metamodel/domain-view.ts';
import type { Token } from '../lexer.ts';
import { LENGTH_TOKENS, MOMENT_TOKENS } from '../moment.ts';
import { DATE_TIME, LONG, type Type } from '../type.ts';
import { type Item, ItemList, shortType, suits } from './item.ts';

/** `Module.Enumeration.Value` for each value of one enumeration. */
export function addEnumerationValues(name: string, view: DomainView, rank: number, into: ItemList): void {
  for (const value of view.model.find('enumeration', name)?.content.values ?? []) {
    const caption = Object.values(value.caption)[0];
    const written = `${name}.${value.name}`;
    into.add(rank, {
      label: written,
      insert: written,
      kind: 'enumerationValue',
      detail: name,
      ...(caption ? { documentation: caption } : {}),
    });
  }
}

export function addEnumerations(view: DomainView, rank: number, into: ItemList): void {
  for (const [name, { content }] of view.model.all('enumeration')) {
    into.add(rank, {
      label: name,
      insert: `${name}.`,
      kind: 'enumeration',
      detail: content.values.map((value) => value.name).join(', '),
    });
  }
}

export function addConstants(view: DomainView, wanted: Type | undefined, rank: number, into: ItemList): void {
  for (const [name, { content }] of view.model.all('constant')) {
    into.add(rank + (suits({ kind: content.type }, wanted, view) ? 0 : 2), {
      label: `@${name}`,
      insert: `@${name}`,
      kind: 'constant',
      detail: content.type,
      documentation: content.documentation || `By default ${content.value}.`,
    });
  }
}

/** Those that can still be meant once a word has been begun: by its sign, or by the names before its last point. */
export function startedAs(word: Token | undefined, items: readonly Item[], view: DomainView): readonly Item[] {
  const sign = word && SIGNS[word.kind];
  if (sign) return items.filter((item) => item.insert.startsWith(sign));
  if (word?.kind !== 'name' || !word.text.includes('.')) return items;
  const head = word.text.slice(0, word.text.lastIndexOf('.') + 1);
  const values = new ItemList();
  addEnumerationValues(head.slice(0, -1), view, 0, values);
  const known = values.sorted();
  return known.length > 0 ? known : items.filter((item) => item.insert.startsWith(head));
}

const SIGNS: { readonly [kind in Token['kind']]?: string } = { variable: '$', constant: '@', token: '[%' };

export interface TokenStyle {
  /** Around a token: quotes in constraints, nothing in expressions. */
  readonly quote: string;
  /** Whether lengths stand for a number of their own. */
  readonly lengths: readonly string[];
  readonly hasCurrentObject: boolean;
}

/** `[%CurrentUser%]`, roles, moments and lengths. */
export function addTokens(
  view: DomainView,
  wanted: Type | undefined,
  style: TokenStyle,
  rank: number,
  into: ItemList,
): void {
  const add = (name: string, type: Type) => {
    const isFit = wanted !== undefined && suits(type, wanted, view);
    const written = `${style.quote}[%${name}%]${style.quote}`;
    into.add(isFit ? rank : rank + 3, {
      label: written,
      insert: written,
      kind: 'value',
      detail: shortType(type),
      documentation: tokenMeaning(name),
    });
  };
  add('CurrentUser', { kind: 'Object', entity: 'System.User' });
  if (style.hasCurrentObject) add('CurrentObject', wanted ?? { kind: 'Unknown' });
  for (const role of view.model.security.userRoles)
    add(`UserRole_${role.name}`, { kind: 'Object', entity: 'System.UserRole' });
  for (const name of MOMENT_TOKENS) add(name, DATE_TIME);
  for (const name of style.lengths) add(name, LONG);
}

/** Lengths that are always the same, and so a number of milliseconds. */
export const FIXED_LENGTHS: readonly string[] = LENGTH_TOKENS.filter(
  (name) => name !== 'MonthLength' && name !== 'YearLength',
);

/** What a token stands for, in words; '' for what is none. */
export function tokenMeaning(name: string): string {
  if (name === 'CurrentUser') return 'The user who is signed in.';
  if (name === 'CurrentObject') return 'The object that the surroundings show.';
  if (name === 'CurrentDateTime') return 'The present moment.';
  if (name.startsWith('UserRole_')) return `The user role ${name.slice('UserRole_'.length)}.`;
  const boundary = /^(BeginOf|EndOf)(?:Current)?(\w+?)(UTC)?$/.exec(name);
  if (boundary && MOMENT_TOKENS.includes(name)) {
    const unit = words(boundary[2] ?? '');
    const which = unit === 'yesterday' || unit === 'tomorrow' ? unit : `the current ${unit}`;
    const edge = boundary[1] === 'BeginOf' ? 'The first moment' : 'The last millisecond';
    return `${edge} of ${which}, in ${boundary[3] ? 'UTC' : "the user's zone"}.`;
  }
  if (LENGTH_TOKENS.includes(name)) return `The length of a ${words(name.slice(0, -'Length'.length))}.`;
  return '';
}

function words(name: string): string {
  return name.toLowerCase();
}
