import type { Words } from '../words/index.ts';
import { properties } from '../words/properties.ts';

type Table = { readonly [key: string]: string };
const has = (table: Table, key: string) => Object.hasOwn(table, key);

/** `defaultMemberRights` as `Default member rights`. */
export function humanize(key: string): string {
  const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The key of the words for a field of a type: those of the type itself, of its base, of the field anywhere. */
function wordKey(table: 'fields' | 'help', type: string, key: string): string | undefined {
  const base = type.split('-')[0];
  const found = [`${type}/${key}`, `${base}/${key}`, key].find((one) => has(properties[table], one));
  return found && `${table}.${found}`;
}

export function fieldCaption(t: Words, type: string, key: string): string {
  const found = wordKey('fields', type, key);
  return found ? t(found) : humanize(key);
}

export function fieldHelp(t: Words, type: string, key: string): string | undefined {
  const found = wordKey('help', type, key);
  return found && t(found);
}

/** A choice's words, by the field it is made in. */
export function choiceCaption(t: Words, type: string, key: string, value: string): string {
  const base = type.split('-')[0];
  const found = [`${base}/${key}/${value}`, `${key}/${value}`].find((one) => has(properties.choices, one));
  return found ? t(`choices.${found}`) : humanize(value);
}

/** What a type of element is called: of a union's option by its kind. */
export function typeCaption(t: Words, type: string): string {
  const kind = type.slice(type.indexOf('-') + 1);
  const found = [type, kind].find((one) => has(properties.types, one));
  return found ? t(`types.${found}`) : humanize(kind);
}

export function groupCaption(t: Words, id: string): string {
  return has(properties.groups, id) ? t(`groups.${id}`) : humanize(id);
}
