import type { NameKind, ReferenceKind, Role, SlotLanguage } from '@skerry/shared/metamodel/role';
import { templateText, text } from '@skerry/shared/metamodel/schema';
import {
  type LeafShape,
  type ListShape,
  type MapShape,
  type ObjectShape,
  type Shape,
  shapeOf,
  type UnionShape,
} from '@skerry/shared/metamodel/shape';

/** How a value of some shape is edited. Every shape of the metamodel has one; `raw` is for what has no form of its own. */
export type FieldEditor =
  | { readonly kind: 'fixed' }
  | { readonly kind: 'id' }
  | { readonly kind: 'name' }
  | { readonly kind: 'plain'; readonly isLong: boolean }
  | { readonly kind: 'words' }
  | { readonly kind: 'template' }
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly isInteger: boolean; readonly nullable: boolean }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | { readonly kind: 'reference'; readonly to: ReferenceKind }
  | { readonly kind: 'nameOf'; readonly to: NameKind }
  | { readonly kind: 'variable' }
  | { readonly kind: 'newVariable' }
  | { readonly kind: 'pointer' }
  | { readonly kind: 'code'; readonly language: SlotLanguage }
  | { readonly kind: 'object'; readonly shape: ObjectShape }
  | { readonly kind: 'union'; readonly shape: UnionShape }
  | { readonly kind: 'scalars'; readonly item: FieldEditor }
  | { readonly kind: 'items'; readonly item: ObjectShape | UnionShape; readonly haveIds: boolean }
  | { readonly kind: 'map'; readonly key: Role | undefined; readonly value: Shape }
  | { readonly kind: 'raw' };
export type FieldEditorKind = FieldEditor['kind'];

/** Kept by the house: shown where the element's kind is, never as a row. */
const FIXED = new Set(['format', 'kind']);
const LONG = new Set(['documentation', 'data', 'reason', 'style']);

/** The editor of the value under a key. */
export function editorOf(shape: Shape, key: string): FieldEditor {
  if (FIXED.has(key)) return { kind: 'fixed' };
  switch (shape.kind) {
    case 'object':
    case 'union':
      return shape.kind === 'object' ? { kind: 'object', shape } : { kind: 'union', shape };
    case 'list':
      return listEditor(shape);
    case 'map':
      return mapEditor(shape);
    case 'leaf':
      return leafEditor(shape, key);
  }
}

function listEditor({ item }: ListShape): FieldEditor {
  if (item.kind === 'object' || item.kind === 'union') return { kind: 'items', item, haveIds: hasIds(item) };
  return { kind: 'scalars', item: editorOf(item, '') };
}

/** Whether the items of a list are elements with identities of their own. */
export function hasIds(item: ObjectShape | UnionShape): boolean {
  const shape = item.kind === 'object' ? item : item.options.values().next().value;
  return shape?.keys.has('id') ?? false;
}

function mapEditor(shape: MapShape): FieldEditor {
  if (shape === shapeOf(text)) return { kind: 'words' };
  if (shape === shapeOf(templateText)) return { kind: 'template' };
  return { kind: 'map', key: shape.key.role, value: shape.value };
}

function leafEditor({ type, nullable, role, values = [] }: LeafShape, key: string): FieldEditor {
  switch (type) {
    case 'boolean':
      return { kind: 'flag' };
    case 'number':
    case 'integer':
      return { kind: 'number', isInteger: type === 'integer', nullable };
    case 'choice':
      return { kind: 'choice', values };
    case 'unknown':
      return { kind: 'raw' };
    case 'string':
      return stringEditor(role ?? { kind: 'plain' }, key);
  }
}

function stringEditor(role: Role, key: string): FieldEditor {
  switch (role.kind) {
    case 'id':
      return { kind: key === 'id' ? 'id' : 'pointer' };
    case 'slot':
      return { kind: 'code', language: role.language };
    case 'variable':
      return { kind: role.declares ? 'newVariable' : 'variable' };
    case 'plain':
      return { kind: 'plain', isLong: LONG.has(key) };
    default:
      return role;
  }
}

const WIDE: ReadonlySet<FieldEditorKind> = new Set(['code', 'object', 'union', 'scalars', 'items', 'map', 'raw']);

/** Whether the caption stands above the editor instead of beside it. */
export function isWide(editor: FieldEditor): boolean {
  return WIDE.has(editor.kind) || (editor.kind === 'plain' && editor.isLong) || editor.kind === 'template';
}
