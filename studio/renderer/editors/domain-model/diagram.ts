import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { Association, Attribute } from '@skerry/shared/metamodel/entity';
import type { ModelDocument } from '@skerry/shared/metamodel/model';
import type { CanvasEdge, CanvasNode } from '../../canvas/content.ts';
import type { Box } from '../../canvas/geometry.ts';
import { boxFromSidecar, placed, type Size } from '../../canvas/placing.ts';

export interface AttributeRow {
  readonly id: string;
  readonly name: string;
  readonly attribute: Attribute;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
}

/** An entity as its card shows it. */
export interface EntityCardData {
  readonly kind: 'entity';
  readonly document: string;
  readonly name: string;
  readonly qualifiedName: string;
  readonly module: string;
  readonly isForeign: boolean;
  readonly isPersistable: boolean;
  readonly generalization?: string | undefined;
  readonly rows: readonly AttributeRow[];
  readonly handlers: number;
  readonly accessRules: number;
  readonly source: object;
}

export interface AnnotationData {
  readonly kind: 'annotation';
  readonly text: string;
}

export interface Diagram {
  readonly nodes: readonly CanvasNode<EntityCardData | AnnotationData>[];
  readonly edges: readonly CanvasEdge[];
  /** Path of the document in which an element stands. */
  readonly documents: ReadonlyMap<string, string>;
}

export const CARD_WIDTH = 224;
export const HEADER_HEIGHT = 34;
export const TAG_HEIGHT = 18;
export const ROW_HEIGHT = 20;
const FOOT = 8;
const NOTE: Size = { width: 220, height: 80 };

export function cardHeight(data: Pick<EntityCardData, 'rows' | 'generalization' | 'isForeign'>, extraRows = 0): number {
  const rows = data.isForeign ? 0 : data.rows.length + extraRows;
  return HEADER_HEIGHT + (data.generalization ? TAG_HEIGHT : 0) + (rows > 0 ? rows * ROW_HEIGHT + FOOT : 0);
}

/** Cards that did not change keep their identity from one picture to the next. */
const cards = new WeakMap<object, Map<string, EntityCardData>>();

/** The diagram of a module: its entities, those of other modules that its associations lead to, and its annotations. */
export function domainDiagram(
  module: string,
  view: DomainView,
  layout: { readonly [id: string]: unknown } = {},
): Diagram {
  const own = [...view.model.all('entity').values()].filter((entity) => entity.module === module);
  const foreign = new Map<string, ModelDocument<'entity'>>();
  for (const entity of own) {
    for (const { to } of entity.content.associations) {
      const target = view.document(to);
      if (target && target.module !== module) foreign.set(to, target);
    }
  }
  const entities = [...own, ...foreign.values()];
  const documents = new Map<string, string>();
  const missing = new Map<string, Size>();
  const standing = new Map<string, Box>();
  const place = (id: string, size: Size) => {
    const known = boxFromSidecar(layout[id]);
    if (known) standing.set(id, { ...size, ...known, ...(id in sizes ? {} : size) });
    else missing.set(id, size);
  };
  const annotations = view.model.find('domain', `${module}.domain`)?.content.annotations ?? [];
  const sizes: { readonly [id: string]: true } = Object.fromEntries(annotations.map(({ id }) => [id, true]));
  const data = new Map<string, EntityCardData>();
  for (const entity of entities) {
    const card = cardOf(entity, module);
    data.set(entity.content.id, card);
    documents.set(entity.content.id, entity.path);
    for (const part of [...entity.content.attributes, ...entity.content.associations])
      documents.set(part.id, entity.path);
    place(entity.content.id, { width: CARD_WIDTH, height: cardHeight(card) });
  }
  for (const { id } of annotations) {
    documents.set(id, `modules/${module}/domain.json`);
    place(id, NOTE);
  }
  for (const [id, at] of placed(missing, standing.values())) standing.set(id, { ...at, ...(missing.get(id) as Size) });

  const nodes: CanvasNode<EntityCardData | AnnotationData>[] = [...data].map(([id, card]) => ({
    id,
    shape: 'entity',
    box: standing.get(id) as Box,
    label: labelOf(card),
    data: card,
    isForeign: card.isForeign,
  }));
  for (const { id, text } of annotations) {
    nodes.push({
      id,
      shape: 'annotation',
      box: standing.get(id) as Box,
      label: text,
      data: { kind: 'annotation', text },
    });
  }
  return { nodes, edges: edgesOf(own, view, new Set(data.keys())), documents };
}

function cardOf(document: ModelDocument<'entity'>, module: string): EntityCardData {
  const { source, content } = document;
  let known = cards.get(source);
  if (!known) {
    known = new Map();
    cards.set(source, known);
  }
  const before = known.get(module);
  if (before) return before;
  const has = (attribute: string, kind: string) =>
    content.validationRules.some((rule) => rule.attribute === attribute && rule.kind === kind);
  const card: EntityCardData = {
    kind: 'entity',
    document: document.path,
    name: content.name,
    qualifiedName: document.qualifiedName,
    module: document.module,
    isForeign: document.module !== module,
    isPersistable: content.persistable,
    generalization: content.generalization,
    rows: content.attributes.map((attribute) => ({
      id: attribute.id,
      name: attribute.name,
      attribute,
      isRequired: has(attribute.name, 'required'),
      isUnique: has(attribute.name, 'unique'),
      isIndexed: content.indexes.some(({ members }) => members[0]?.member === attribute.name),
    })),
    handlers: content.eventHandlers.length,
    accessRules: content.accessRules.length,
    source,
  };
  known.set(module, card);
  return card;
}

function labelOf({ name, qualifiedName, isForeign, rows, generalization }: EntityCardData): string {
  const kind = generalization ? `, a ${generalization}` : '';
  const attributes = rows.length === 1 ? '1 attribute' : `${rows.length} attributes`;
  return isForeign ? `${qualifiedName}, of another module` : `${name}, entity${kind}, ${attributes}`;
}

function edgesOf(
  own: readonly ModelDocument<'entity'>[],
  view: DomainView,
  shown: ReadonlySet<string>,
): readonly CanvasEdge[] {
  const edges: CanvasEdge[] = [];
  for (const { content } of own) {
    for (const association of content.associations) {
      const to = view.entity(association.to);
      if (to && shown.has(to.id)) edges.push(associationEdge(content, association, to));
    }
    const general = content.generalization === undefined ? undefined : view.entity(content.generalization);
    if (general && shown.has(general.id)) {
      edges.push({
        id: `${content.id}:is`,
        from: content.id,
        to: general.id,
        tone: 'inheritance',
        end: 'triangle',
        title: `${content.name} is a ${general.name}`,
        isElement: false,
      });
    }
  }
  return edges;
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function associationEdge(from: Named, association: Association, to: Named): CanvasEdge {
  const [startText, endText] = multiplicities(association);
  return {
    id: association.id,
    from: from.id,
    to: to.id,
    tone: 'plain',
    end: association.owner === 'both' ? 'none' : 'arrow',
    startText,
    endText,
    label: association.name,
    labelAt: 'middle',
    title: `${association.name}: ${from.name} ${startText} – ${endText} ${to.name}`,
  };
}

/** At the owner's end and at the far one. */
export function multiplicities({ type, owner }: Pick<Association, 'type' | 'owner'>): readonly [string, string] {
  if (type === 'referenceSet') return ['*', '*'];
  return owner === 'both' ? ['1', '1'] : ['*', '1'];
}
