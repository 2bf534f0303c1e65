import type { Json, JsonObject } from '../base/json.ts';
import { isObject } from './canonical.ts';
import { documentPlace } from './paths.ts';
import type { NameKind, ReferenceKind, Role, SlotLanguage } from './role.ts';
import { type LeafShape, type ObjectShape, resolveShape, type Shape, shapeAt, shapeOfContent } from './shape.ts';
import { contextBelow, type EntityContext, NO_CONTEXT, sourceContext, type TextContext } from './text-context.ts';

/** Keys and indexes from the document's root. */
export type DocumentPath = readonly (string | number)[];

/** Kinds of elements inside documents, by the list they stand in. */
const ELEMENT_KINDS = {
  attributes: 'attribute',
  associations: 'association',
  indexes: 'index',
  validationRules: 'validationRule',
  eventHandlers: 'eventHandler',
  accessRules: 'accessRule',
  values: 'enumerationValue',
  parameters: 'parameter',
  moduleRoles: 'moduleRole',
  userRoles: 'userRole',
  annotations: 'annotation',
  widgets: 'widget',
  columns: 'column',
  tabs: 'tab',
  nodes: 'node',
  flows: 'sequenceFlow',
  menu: 'menuItem',
  items: 'menuItem',
} as const;
export type InnerElementKind = (typeof ELEMENT_KINDS)[keyof typeof ELEMENT_KINDS];

interface Found {
  readonly path: DocumentPath;
  /** Id of the nearest element; in flows, the node. */
  readonly element?: string;
}

/** Something with an identity of its own: the document or a part of it. */
export interface WalkedElement {
  readonly id: string;
  /** The document's own kind, or that of the list it stands in. */
  readonly kind: string;
  readonly name?: string;
  /** Of the element, not of its id. */
  readonly path: DocumentPath;
}

/** A name that stands for an element. */
export interface WalkedReference extends Found {
  readonly kind: ReferenceKind | Exclude<NameKind, 'moduleRole'>;
  /** Qualified where the kind has qualified names, even if the file has the simple name. */
  readonly name: string;
  /** As it stands in the file. */
  readonly text: string;
  /** Whether it is a key of a map. */
  readonly key: boolean;
  /** The field it stands in. */
  readonly how: string;
  /** Of `member` and `memberValue`: the entity it belongs to. */
  readonly entity?: EntityContext;
  /** Of `memberValue`: the member whose value it is. */
  readonly member?: string;
  /** Of `parameter`: what is called. */
  readonly of?: { readonly kind: ReferenceKind; readonly name: string };
}

/** A text in one of the languages. */
export interface TextSlot extends Found {
  readonly language: SlotLanguage;
  readonly text: string;
  readonly context: TextContext;
}

/** Where a flow's variable or a page's parameter is read or made. */
export interface WalkedVariable extends Found {
  readonly name: string;
  readonly declares: boolean;
}

export interface Walked {
  readonly elements: readonly WalkedElement[];
  readonly references: readonly WalkedReference[];
  readonly slots: readonly TextSlot[];
  readonly variables: readonly WalkedVariable[];
  /** Pointers to elements of the same document (ends of sequence flows), and of evolution decisions. */
  readonly pointers: readonly (Found & { readonly id: string })[];
  /** What each list and data view shows, by the widget's name: the meaning of `listen`. */
  readonly selections: ReadonlyMap<string, EntityContext>;
}

const walks = new WeakMap<JsonObject, { path: string; walked: Walked }>();

/**
 * The one exhaustive traversal of a document. It goes by the shapes, so it knows every field that is declared; what a
 * string is stands at its declaration (role.ts). Unknown keys are passed over. Cached by the content's identity.
 */
export function walkDocument(path: string, content: JsonObject): Walked {
  const known = walks.get(content);
  if (known?.path === path) return known.walked;
  const walk = new Walk(documentPlace(path)?.module ?? '');
  walk.visitDocument(content);
  walks.set(content, { path, walked: walk });
  return walk;
}

interface Here {
  readonly path: DocumentPath;
  readonly element?: string;
  readonly context: TextContext;
  /** The object around, and the key in it that leads here. */
  readonly owner: JsonObject;
  readonly ownerShape?: ObjectShape;
  readonly key: string;
}

class Walk implements Walked {
  readonly elements: WalkedElement[] = [];
  readonly references: WalkedReference[] = [];
  readonly slots: TextSlot[] = [];
  readonly variables: WalkedVariable[] = [];
  readonly pointers: (Found & { readonly id: string })[] = [];
  readonly selections = new Map<string, EntityContext>();
  readonly #module: string;

  constructor(module: string) {
    this.#module = module;
  }

  visitDocument(content: JsonObject): void {
    const entity: EntityContext = { kind: 'entity', entity: this.#qualified(String(content.name)) };
    const context = content.kind === 'entity' ? { members: entity, current: entity } : NO_CONTEXT;
    this.#visit(content, shapeOfContent(content), { path: [], context, owner: content, key: '' });
  }

  #qualified(name: string): string {
    return this.#module === '' ? name : `${this.#module}.${name}`;
  }

  #visit(value: Json | undefined, shape: Shape | undefined, here: Here): void {
    if (value === undefined || value === null || !shape) return;
    if (shape.kind === 'leaf') {
      if (typeof value === 'string' && shape.role) this.#string(value, shape.role, here, false);
    } else if (shape.kind === 'list') {
      if (!Array.isArray(value)) return;
      value.forEach((item: Json, i) => {
        this.#visit(item, shape.item, { ...here, path: [...here.path, i] });
      });
    } else if (isObject(value)) {
      const resolved = resolveShape(shape, value);
      if (resolved?.kind === 'map') this.#map(value, resolved.key, resolved.value, here);
      else if (resolved?.kind === 'object') this.#object(value, resolved, here);
    }
  }

  #object(value: JsonObject, shape: ObjectShape, here: Here): void {
    let { element } = here;
    if (typeof value.id === 'string') {
      element = value.id;
      const kind = here.path.length === 0 ? String(value.kind) : elementKind(here.key);
      const name = typeof value.name === 'string' ? { name: value.name } : {};
      this.elements.push({ id: value.id, kind, path: here.path, ...name });
    }
    // Whatever has a name and a source is a widget that others may listen to.
    if (typeof value.name === 'string' && isObject(value.source)) {
      this.selections.set(value.name, sourceContext(value.source, here.context));
    }
    for (const key of Object.keys(value)) {
      const below = shapeAt(shape, key);
      if (!below) continue;
      const context = contextBelow(value, key, here.context);
      this.#visit(value[key], below, {
        path: [...here.path, key],
        context,
        owner: value,
        ownerShape: shape,
        key,
        element,
      });
    }
  }

  #map(value: JsonObject, keyShape: LeafShape, valueShape: Shape, here: Here): void {
    const { role } = keyShape;
    const ofEntity = role?.kind === 'reference' && role.to === 'entity';
    // The values of a create action's changes are computed outside the new object.
    const inner = { members: here.context.current, current: here.context.current };
    for (const key of Object.keys(value)) {
      const path = [...here.path, key];
      if (role) this.#string(key, role, { ...here, path }, true);
      const entity: EntityContext = { kind: 'entity', entity: key };
      const context = ofEntity ? { members: entity, current: entity } : inner;
      this.#visit(value[key], valueShape, { ...here, path, context });
    }
  }

  #string(text: string, role: Role, here: Here, isKey: boolean): void {
    const at = { path: here.path, ...(here.element === undefined ? {} : { element: here.element }) };
    switch (role.kind) {
      case 'id':
        if (here.key !== 'id') this.pointers.push({ ...at, id: text });
        return;
      case 'slot':
        this.slots.push({ ...at, language: role.language, text, context: here.context });
        return;
      case 'variable':
        this.variables.push({ ...at, name: text, declares: role.declares });
        return;
      case 'reference':
        this.references.push({ ...at, kind: role.to, name: text, text, key: isKey, how: here.key });
        return;
      case 'nameOf':
        this.references.push(this.#named(text, role.to, here, { ...at, text, key: isKey, how: here.key }));
        return;
      case 'name':
      case 'plain':
        return;
    }
  }

  #named(text: string, to: NameKind, here: Here, at: Omit<WalkedReference, 'kind' | 'name'>): WalkedReference {
    const entity = here.context.members;
    switch (to) {
      case 'moduleRole':
        return { ...at, kind: to, name: this.#qualified(text) };
      case 'member':
        return { ...at, kind: to, name: text, entity };
      case 'memberValue': {
        const { attribute, name } = here.owner;
        return { ...at, kind: to, name: text, entity, member: String(attribute ?? name) };
      }
      case 'parameter': {
        const of = calledBy(here.owner, here.ownerShape);
        return { ...at, kind: to, name: text, ...(of ? { of } : {}) };
      }
      default:
        return { ...at, kind: to, name: text };
    }
  }
}

/** The kind of an element that stands in the list under `key`. */
export function elementKind(key: string): InnerElementKind | 'element' {
  return Object.hasOwn(ELEMENT_KINDS, key) ? ELEMENT_KINDS[key as keyof typeof ELEMENT_KINDS] : 'element';
}

const CALLABLE: ReadonlySet<ReferenceKind> = new Set(['page', 'snippet', 'microflow', 'nanoflow', 'javaScriptAction']);

/** What an object with arguments calls: its one reference to something that has parameters. */
function calledBy(owner: JsonObject, shape: ObjectShape | undefined): WalkedReference['of'] {
  for (const [key, field] of shape?.keys ?? []) {
    const name = owner[key];
    if (typeof name !== 'string' || field.shape.kind !== 'leaf' || field.shape.role?.kind !== 'reference') continue;
    if (CALLABLE.has(field.shape.role.to)) return { kind: field.shape.role.to, name };
  }
  return undefined;
}
