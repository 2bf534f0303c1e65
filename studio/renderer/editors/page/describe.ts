import type { Json, JsonObject } from '@skerry/shared/base/json';
import { isJsonObject } from '../../properties/locate.ts';
import type { Words } from '../../words/index.ts';
import type { StructureNode } from './structure.ts';

/** What a row says of its element, beside its name. */
export interface Description {
  /** Words the user sees, or what the element shows; '' when it has neither. */
  readonly caption: string;
  /** Where its objects come from; '' when it has no source. */
  readonly source: string;
  /** Why and when it shows or may be edited. */
  readonly marks: readonly { readonly icon: string; readonly text: string }[];
}

export function describe({ value, type, kind }: StructureNode, t: Words, language: string): Description {
  const source = isJsonObject(value.source) && value.source.kind !== 'context' ? value.source : undefined;
  const ownSource = kind === 'dataView' && isJsonObject(value.source) ? value.source : source;
  return {
    caption: captionOf(value, type, t, language),
    source: ownSource ? sourceInWords(ownSource, t) : '',
    marks: [...visibility(value, t), ...editing(value, t)],
  };
}

function captionOf(value: JsonObject, type: StructureNode['type'], t: Words, language: string): string {
  const spoken =
    wordsOf(value.caption, language) || wordsOf(value.label, language) || templateOf(value.content, language);
  if (spoken) return spoken;
  for (const key of ['attribute', 'association', 'snippet', 'image', 'path', 'menu', 'package', 'type'] as const) {
    const named = value[key];
    if (typeof named === 'string' && named !== '') return short(named);
  }
  if (typeof value.latitude === 'string') return `${value.latitude}, ${String(value.longitude ?? '')}`;
  if (type === 'column') return t('weight', { weight: Number(value.weight ?? 6) });
  return '';
}

function wordsOf(text: Json | undefined, language: string): string {
  if (!isJsonObject(text)) return '';
  const word = text[language] ?? Object.values(text)[0];
  return typeof word === 'string' ? word : '';
}

/** A template with what it is filled from in place of the numbers. */
function templateOf(content: Json | undefined, language: string): string {
  if (!isJsonObject(content)) return '';
  const parameters = Array.isArray(content.parameters) ? content.parameters : [];
  return wordsOf(content.text, language).replaceAll(/\{(\d+)\}/g, (whole, number: string) => {
    const filled = parameters[Number(number) - 1];
    return typeof filled === 'string' ? `{${filled.replace('$currentObject/', '').replace(/^\w+\.\w+\//, '')}}` : whole;
  });
}

export function sourceInWords(source: JsonObject, t: Words): string {
  switch (source.kind) {
    case 'context':
      return source.variable === undefined ? t('source.context') : `$${String(source.variable)}`;
    case 'database': {
      const sort = Array.isArray(source.sort) && isJsonObject(source.sort[0]) ? source.sort[0].path : undefined;
      return [
        t('source.database', { entity: short(String(source.entity)) }),
        ...(typeof source.constraint === 'string' && source.constraint !== '' ? [t('source.where')] : []),
        ...(typeof sort === 'string' ? [t('source.by', { path: sort })] : []),
        ...(typeof source.limit === 'number' ? [t('source.limited', { count: source.limit })] : []),
      ].join(' · ');
    }
    case 'association':
      return String(source.path)
        .split('/')
        .filter((_, at) => at % 2 === 0)
        .map(short)
        .join(' / ');
    case 'nanoflow':
      return t('source.nanoflow', { name: short(String(source.nanoflow)) });
    case 'microflow':
      return t('source.nanoflow', { name: short(String(source.microflow)) });
    case 'listen':
      return t('source.listen', { name: String(source.widget) });
    default:
      return t('source.opaque');
  }
}

function visibility(value: JsonObject, t: Words): Description['marks'] {
  const roles = Array.isArray(value.visibleRoles) ? value.visibleRoles.map(String) : [];
  return [
    ...(typeof value.visible === 'string' ? [{ icon: 'eye', text: t('condition', { text: value.visible }) }] : []),
    ...(roles.length > 0 ? [{ icon: 'person', text: t('roles', { roles: roles.join(', ') }) }] : []),
  ];
}

function editing(value: JsonObject, t: Words): Description['marks'] {
  if (value.readOnly === true || value.editable === 'false') return [{ icon: 'lock', text: t('readOnly') }];
  return typeof value.editable === 'string' ? [{ icon: 'edit', text: t('editable', { text: value.editable }) }] : [];
}

function short(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
