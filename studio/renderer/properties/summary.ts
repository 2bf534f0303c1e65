import type { Json, JsonObject } from '@skerry/shared/base/json';
import type { Words } from '../words/index.ts';
import { choiceCaption, typeCaption } from './captions.ts';
import { descriptorOf } from './descriptors/index.ts';
import { isJsonObject } from './locate.ts';

/** What an item of a list is, in one line. */
export function summaryOf(t: Words, type: string, value: Json | undefined, language: string): string {
  if (!isJsonObject(value)) return String(value ?? '');
  const { summary = ['name', 'caption'] } = descriptorOf(type);
  const parts = summary.flatMap((key) => {
    const text = textOf(t, type, key, value[key], language);
    return text === '' ? [] : [text];
  });
  return parts.length > 0 ? parts.join(' · ') : typeof value.name === 'string' ? value.name : typeCaption(t, type);
}

function textOf(t: Words, type: string, key: string, value: Json | undefined, language: string): string {
  if (typeof value === 'string')
    return key === 'moment' || key === 'event' ? choiceCaption(t, type, key, value) : value;
  if (Array.isArray(value)) {
    return value.map((item: Json) => (isJsonObject(item) ? firstString(item) : String(item))).join(', ');
  }
  if (!isJsonObject(value)) return value === undefined || value === null ? '' : String(value);
  const words = value[language] ?? Object.values(value)[0];
  return typeof words === 'string' ? words : '';
}

function firstString(item: JsonObject): string {
  return String(Object.values(item).find((value) => typeof value === 'string') ?? '');
}
