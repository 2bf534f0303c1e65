import type { DomainView } from '../metamodel/domain-view.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import type { SyncMode } from '../metamodel/navigation-profile.ts';
import {
  type Edge,
  factsOf,
  type LinkUse,
  type MemberUse,
  type NodeKind,
  type ObjectUse,
  type Place,
  type Use,
} from './facts.ts';
import { resolveType } from './type-ref.ts';

/** A document the walk came to. */
export interface Reached {
  /** `page:Field.Home` */
  readonly key: string;
  readonly kind: NodeKind | 'navigation';
  readonly document: ModelDocument;
  /** How it was first reached; absent for the profile itself. */
  readonly via?: { readonly from: Reached; readonly steps: readonly string[] };
}

/** A fact with the document it stands in and the entity its type turned out to be. */
export interface Site<F> {
  readonly at: Reached;
  readonly entity: string;
  readonly fact: F;
}

/** Why an entity is needed, in the order found: the first site has the shortest chain. */
export interface EntityUse {
  readonly entity: string;
  readonly sites: readonly (Site<Use> & { readonly inherited: boolean })[];
}

export interface Reach {
  /** In the order found. */
  readonly documents: ReadonlyMap<string, Reached>;
  readonly entities: ReadonlyMap<string, EntityUse>;
  readonly members: readonly Site<MemberUse>[];
  readonly links: readonly (Site<LinkUse> & { readonly far: string })[];
  readonly objects: readonly Site<ObjectUse>[];
}

export interface ReachOptions {
  readonly model: Model;
  readonly view: DomainView;
  readonly profile: ModelDocument<'navigationProfile'>;
  /** What the modeler set; empty in automatic mode. */
  readonly modeOf: (entity: string) => SyncMode | undefined;
  readonly additional: readonly string[];
}

/** SC1 to SC5 and the uses of SC7, as one least fixed point: documents breadth first, entities in between. */
export function reach(options: ReachOptions): Reach {
  return new Walk(options).run();
}

const NOWHERE: Place = { steps: [] };

class Walk {
  readonly #options: ReachOptions;
  readonly #documents = new Map<string, Reached>();
  readonly #entities = new Map<
    string,
    { entity: string; sites: (Site<Use> & { inherited: boolean })[]; isSource: boolean }
  >();
  readonly #members: Site<MemberUse>[] = [];
  readonly #links: (Site<LinkUse> & { far: string })[] = [];
  readonly #objects: Site<ObjectUse>[] = [];
  /** Grows while it is read. */
  readonly #queue: Reached[] = [];

  constructor(options: ReachOptions) {
    this.#options = options;
  }

  run(): Reach {
    const { profile, additional } = this.#options;
    const root: Reached = { key: `navigation:${profile.qualifiedName}`, kind: 'navigation', document: profile };
    this.#documents.set(root.key, root);
    this.#enter(root);
    for (const entity of additional) {
      const place: Place = { steps: ['added'], element: profile.content.id };
      this.#need(
        entity,
        { type: { kind: 'entity', entity }, how: 'source', verb: `entity:${entity}`, place },
        root,
        false,
      );
    }
    for (const next of this.#queue) this.#enter(next);
    return {
      documents: this.#documents,
      entities: this.#entities,
      members: this.#members,
      links: this.#links,
      objects: this.#objects,
    };
  }

  /** Takes in a document's facts. Of a microflow only what it hands to the device counts: it runs on the service. */
  #enter(at: Reached): void {
    const facts = factsOf(at.document);
    const entered = at.kind !== 'microflow';
    for (const fact of facts.objects) {
      if (entered || fact.operation === 'handOver') this.#collect(fact, fact.type, at, this.#objects);
    }
    if (!entered) return;
    for (const edge of facts.edges) this.#follow(edge, at);
    for (const use of facts.uses) {
      const entity = resolveType(use.type, this.#options.view);
      if (entity) this.#need(entity, use, at, false);
    }
    for (const fact of facts.members) this.#collect(fact, fact.of, at, this.#members);
    for (const fact of facts.links) this.#link(fact, at);
  }

  #collect<F>(fact: F, type: Use['type'], at: Reached, into: Site<F>[]): void {
    const entity = resolveType(type, this.#options.view);
    if (entity) into.push({ at, entity, fact });
  }

  #follow(edge: Edge, from: Reached): void {
    const { key } = edge;
    if (this.#documents.has(key)) return;
    const document = edge.to === 'entity' ? undefined : this.#options.model.find(edge.to, edge.name);
    if (document) this.#visit({ key, kind: edge.to, document, via: { from, steps: edge.place.steps } });
  }

  #visit(reached: Reached): void {
    this.#documents.set(reached.key, reached);
    this.#queue.push(reached);
  }

  /** SC7: the far end is a source use of its own (SC3); the near end must be there for the link to be anywhere. */
  #link(fact: LinkUse, at: Reached): void {
    const { view } = this.#options;
    const near = resolveType(fact.of, view);
    const end = near ? view.step(near, fact.association) : view.association(fact.association);
    if (!end) return;
    this.#links.push({ at, entity: near ?? end.from, far: end.far, fact });
    if (near)
      this.#need(near, { type: fact.of, how: 'local', verb: `over:${fact.association}`, place: fact.place }, at, false);
  }

  #need(entity: string, use: Use, at: Reached, inherited: boolean): void {
    const { view, modeOf } = this.#options;
    const document = view.document(entity);
    if (!document) return;
    let known = this.#entities.get(entity);
    if (!known) {
      known = { entity, sites: [], isSource: false };
      this.#entities.set(entity, known);
    }
    const wasSource = known.isSource;
    known.isSource ||= use.how === 'source';
    known.sites.push({ at, entity, fact: use, inherited });
    if (modeOf(entity) === 'online') return;
    const key = `entity:${entity}`;
    let node = this.#documents.get(key);
    if (!node) {
      const steps = [...use.place.steps, use.verb].filter((step) => step !== key);
      node = { key, kind: 'entity', document, via: { from: at, steps } };
      this.#visit(node);
    }
    if (use.how !== 'source' || wasSource || !view.persistable(entity)) return;
    for (const specialisation of [...view.specialisations(entity)].sort()) {
      const brought: Use = {
        type: { kind: 'entity', entity: specialisation },
        how: 'source',
        verb: `specialisation:${specialisation}`,
        place: NOWHERE,
      };
      this.#need(specialisation, brought, node, true);
    }
  }
}
