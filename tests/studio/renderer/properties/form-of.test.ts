import { attribute } from '@skerry/shared/metamodel/entity';
import { DOCUMENT_KINDS, type DocumentKind } from '@skerry/shared/metamodel/kinds';
import { documentShape, type ObjectShape, type Shape, shapeOf } from '@skerry/shared/metamodel/shape';
import { formOf } from '@skerry/studio/renderer/properties/descriptors/index';
import { editorOf } from '@skerry/studio/renderer/properties/field-editor';
import { typeName } from '@skerry/studio/renderer/properties/locate';
import { describe, expect, it } from 'vitest';

interface Seen {
  readonly type: string;
  readonly shape: ObjectShape;
}

/** Every object that a document of a kind may hold, each shape once, with the word under which its form is described. */
function objectsIn(kind: DocumentKind): readonly Seen[] {
  const found = new Map<Shape, Seen>();
  const visit = (shape: Shape, key: string, isItem: boolean) => {
    const options = { isItem, isAttributeType: kind === 'entity' && key === 'type' };
    if (shape.kind === 'list') visit(shape.item, key, true);
    else if (shape.kind === 'map') visit(shape.value, key, false);
    else if (shape.kind === 'union') {
      for (const [option, object] of shape.options) visitObject(object, typeName(key, { kind: option }, options));
    } else if (shape.kind === 'object') visitObject(shape, typeName(key, {}, options));
  };
  const visitObject = (shape: ObjectShape, type: string) => {
    if (found.has(shape)) return;
    found.set(shape, { type, shape });
    for (const [key, field] of shape.keys) visit(field.shape, key, false);
  };
  visitObject(documentShape(kind), kind);
  return [...found.values()];
}

const KINDS = Object.keys(DOCUMENT_KINDS) as DocumentKind[];
const ALL = KINDS.flatMap((kind) => objectsIn(kind).map((seen) => ({ kind, ...seen })));
const FIXED = ['format', 'kind'];

describe('the form of an element', () => {
  it('is looked at for every object that any document may hold', () => {
    expect(new Set(ALL.map(({ type }) => type)).size).toBeGreaterThan(120);
  });

  it.each(ALL)('has each key of $kind › $type once, and no other', ({ shape, type }) => {
    const shown = formOf(shape, type).flatMap(({ fields }) => fields.map(({ key }) => key));
    const declared = [...shape.keys.keys()].filter((key) => !FIXED.includes(key));
    expect([...shown].sort()).toEqual([...declared].sort());
  });

  it('edits raw JSON only where the schema itself says nothing: what imports kept and values of custom widgets', () => {
    const raw = ALL.flatMap(({ type, shape }) =>
      formOf(shape, type).flatMap(({ fields }) =>
        fields.flatMap(({ key, editor }) => (editor.kind === 'raw' ? [`${type}/${key}`] : [])),
      ),
    );
    expect([...new Set(raw)].sort()).toEqual([
      'action-opaque/raw',
      'node-opaque/raw',
      'opaque/raw',
      'properties-value/value',
      'source-opaque/raw',
      'widget-opaque/raw',
    ]);
  });

  it('says under "More" only what is the same for all elements', () => {
    const more = ALL.flatMap(({ type, shape }) =>
      formOf(shape, type).flatMap(({ id, fields }) =>
        id === 'more' ? fields.flatMap(({ key }) => (key === 'id' ? [] : [`${type}/${key}`])) : [],
      ),
    );
    expect([...new Set(more)]).toEqual([]);
  });

  it('tells apart what strings are', () => {
    const editors = [...(shapeOf(attribute) as ObjectShape).keys].map(([key, field]) => [
      key,
      editorOf(field.shape, key).kind,
    ]);
    expect(Object.fromEntries(editors)).toEqual({
      id: 'id',
      name: 'name',
      documentation: 'plain',
      type: 'union',
      default: 'nameOf',
      calculatedBy: 'union',
      conflictPolicy: 'choice',
    });
  });
});
