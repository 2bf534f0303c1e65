import type { Json, JsonObject } from '@skerry/shared/base/json';
import type { ModelDocument } from '@skerry/shared/metamodel/model';
import { type ObjectShape, resolveShape, type Shape, shapeAt, shapeOfContent } from '@skerry/shared/metamodel/shape';
import { type DocumentPath, elementKind, walkDocument } from '@skerry/shared/metamodel/walk';

/** An element, or a whole document, as a form shows it. */
export interface Located {
  /** From the document's root; indexes in lists. */
  readonly path: DocumentPath;
  /** What it is: `entity`, `attribute`, `widget-button`, `type-String`: the word under which descriptors and captions stand. */
  readonly type: string;
  readonly shape: ObjectShape;
  readonly value: JsonObject;
}

/** The element with an id; the document itself when there is none. Undefined when it is gone or of unknown kind. */
export function locate(document: string, content: JsonObject, id: string | undefined): Located | undefined {
  const path =
    id === undefined ? [] : walkDocument(document, content).elements.find((element) => element.id === id)?.path;
  return path && locateAt(content, path);
}

export function locateAt(content: JsonObject, path: DocumentPath): Located | undefined {
  const value = valueAt(content, path);
  if (!isJsonObject(value)) return undefined;
  const shape = resolveShape(shapeOn(content, path), value);
  return shape?.kind === 'object' ? { path, type: typeOf(content, path), shape, value } : undefined;
}

/** The shape that holds at a path, unions not yet resolved. */
export function shapeOn(content: JsonObject, path: DocumentPath): Shape | undefined {
  let shape: Shape | undefined = shapeOfContent(content);
  let value: Json | undefined = content;
  for (const step of path) {
    const resolved: Shape | undefined =
      shape?.kind === 'union' ? resolveShape(shape, isJsonObject(value) ? value : {}) : shape;
    shape = resolved?.kind === 'list' ? resolved.item : shapeAt(resolved, String(step));
    value = childOf(value, step);
  }
  return shape;
}

export function valueAt(content: Json | undefined, path: DocumentPath): Json | undefined {
  return path.reduce<Json | undefined>(childOf, content);
}

/** Several keys hold the same kind of thing. */
const ALIASES: { readonly [key: string]: string } = {
  onClick: 'action',
  onChange: 'action',
  onEnter: 'action',
  onLeave: 'action',
  selectable: 'source',
  returnType: 'dataType',
  resultType: 'dataType',
  defaultConflictPolicy: 'conflictPolicy',
};

/** The word for what stands at a path. */
export function typeOf(content: JsonObject, path: DocumentPath): string {
  if (path.length === 0) return String(content.kind);
  const value = valueAt(content, path);
  const key = String([...path].reverse().find((step) => typeof step === 'string') ?? '');
  return typeName(key, isJsonObject(value) ? value : {}, {
    isItem: typeof path.at(-1) === 'number',
    isAttributeType: content.kind === 'entity' && path.at(-1) === 'type',
  });
}

export interface TypeOptions {
  /** Whether it stands in the list under the key, not under the key itself. */
  readonly isItem?: boolean;
  /** `type` under an attribute is an attribute's type, under everything else a data type. */
  readonly isAttributeType?: boolean;
}

/** The word for a value by the key under which it, or its list, stands. */
export function typeName(
  key: string,
  value: JsonObject,
  { isItem = true, isAttributeType = false }: TypeOptions = {},
): string {
  const element = isItem ? elementKind(key) : 'element';
  const alias = ALIASES[key] ?? (key === 'type' && !isAttributeType ? 'dataType' : key);
  const base = element === 'element' ? alias : element;
  return typeof value.kind === 'string' ? `${base}-${value.kind}` : base;
}

/** The document's content with defaults filled in; its own where it does not parse. */
export function filledContent(document: ModelDocument | undefined, content: JsonObject): JsonObject {
  return document?.source === content ? (document.content as unknown as JsonObject) : content;
}

export function childOf(value: Json | undefined, step: string | number): Json | undefined {
  if (Array.isArray(value)) return typeof step === 'number' ? (value[step] as Json | undefined) : undefined;
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
