import type { ObjectShape } from '@skerry/shared/metamodel/shape';
import { editorOf, type FieldEditor } from '../field-editor.ts';
import type { Descriptor, Descriptors } from './descriptor.ts';
import { DOCUMENTS } from './documents.ts';
import { DOMAIN } from './domain.ts';
import { FLOWS } from './flows.ts';
import { NAVIGATION } from './navigation.ts';
import { PAGES } from './pages.ts';

const DESCRIPTORS: Descriptors = { ...DOMAIN, ...DOCUMENTS, ...NAVIGATION, ...PAGES, ...FLOWS };
const NONE: Descriptor = { groups: [] };

/** The descriptor of a type; `widget-button` is described as a widget where nothing is said about buttons. */
export function descriptorOf(type: string): Descriptor {
  const own = Object.hasOwn(DESCRIPTORS, type) ? DESCRIPTORS[type] : undefined;
  const base = type.slice(0, type.indexOf('-'));
  return own ?? (Object.hasOwn(DESCRIPTORS, base) ? DESCRIPTORS[base] : undefined) ?? NONE;
}

export interface FormField {
  readonly key: string;
  readonly editor: FieldEditor;
  /** Whether the key may be absent, and so can be reset. */
  readonly optional: boolean;
  /** Whether it then has no value at all. */
  readonly canBeEmpty: boolean;
}

export interface FormGroup {
  readonly id: string;
  readonly isClosed: boolean;
  readonly fields: readonly FormField[];
}

/** The form of an element: every key of its shape exactly once, in the descriptor's order and then the schema's. */
export function formOf(shape: ObjectShape, type: string): readonly FormGroup[] {
  const left = new Map<string, FormField>();
  for (const [key, { shape: below, optional, hasDefault }] of shape.keys) {
    const editor = editorOf(below, key);
    if (editor.kind !== 'fixed') left.set(key, { key, editor, optional, canBeEmpty: optional && !hasDefault });
  }
  const groups: FormGroup[] = [];
  for (const { id, keys, isClosed = false } of descriptorOf(type).groups) {
    const fields = keys.flatMap((key) => left.get(key) ?? []);
    for (const { key } of fields) left.delete(key);
    if (fields.length > 0) groups.push({ id, isClosed, fields });
  }
  if (left.size > 0) groups.push({ id: 'more', isClosed: true, fields: [...left.values()] });
  return groups;
}
