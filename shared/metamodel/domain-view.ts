import type { ElementId } from '../base/ids.ts';
import type { Association, Attribute, AttributeType, Entity } from './entity.ts';
import type { Model, ModelDocument } from './model.ts';
import { SYSTEM_MEMBERS, type SystemMember } from './system-module.ts';

/** An attribute as a member of some entity: own, inherited, or createdDate and changedDate. */
export interface AttributeMember {
  readonly kind: 'attribute';
  readonly id: ElementId;
  readonly name: string;
  readonly type: AttributeType;
  /** Qualified name of the entity that declares it. */
  readonly declaredBy: string;
  /** Absent for createdDate and changedDate. */
  readonly attribute?: Attribute;
  readonly system?: SystemMember;
}

/** An association seen from one of its ends. System.owner and System.changedBy are such too, from any entity that has them. */
export interface AssociationEnd {
  readonly kind: 'association';
  readonly id: ElementId;
  /** `Module.Name` */
  readonly qualifiedName: string;
  readonly name: string;
  readonly association?: Association;
  readonly system?: SystemMember;
  /** Owner's entity and target's entity. */
  readonly from: string;
  readonly to: string;
  readonly type: 'reference' | 'referenceSet';
  readonly owner: 'default' | 'both';
  /** `forward`: this end is the owner, the far end is `to`. */
  readonly direction: 'forward' | 'reverse';
  readonly far: string;
  /** Whether a step from this end reaches at most one object. */
  readonly single: boolean;
}

/** Questions about entities that see inheritance, all by qualified name. Answers are cached; make a new view per model. */
export interface DomainView {
  readonly model: Model;
  entity(name: string): Entity | undefined;
  document(name: string): ModelDocument<'entity'> | undefined;
  /** The entity itself, its generalization, and so on up; cycles and missing ones end the list. */
  lineage(name: string): readonly string[];
  /** Direct and indirect specialisations, without the entity itself, in model order. */
  specialisations(name: string): readonly string[];
  isA(name: string, ancestor: string): boolean;
  /** Decided by the topmost generalization. Unknown entities are not persistable. */
  persistable(name: string): boolean;
  /** Own and inherited attributes, inherited first, system members last; by member name. */
  attributes(name: string): ReadonlyMap<string, AttributeMember>;
  /** Associations that may be followed from the entity, own and inherited, either direction; forward ones first. */
  ends(name: string): readonly AssociationEnd[];
  /** Associations the entity owns (members of its rows), inherited ones included. */
  owned(name: string): readonly AssociationEnd[];
  /** A step over `association` (qualified) from `entity`. For an association from an entity to itself, forward unless `reversed`. */
  step(entity: string, association: string, reversed?: boolean): AssociationEnd | undefined;
  association(qualifiedName: string): AssociationEnd | undefined;
  /** Entity by element id. */
  byId(id: string): ModelDocument<'entity'> | undefined;
}

const views = new WeakMap<Model, DomainView>();

/** The view of a model; one per model. */
export function domainView(model: Model): DomainView {
  let view = views.get(model);
  if (!view) {
    view = createDomainView(model);
    views.set(model, view);
  }
  return view;
}

function memo<T>(compute: (name: string) => T): (name: string) => T {
  const cache = new Map<string, T>();
  return (name) => {
    const known = cache.get(name);
    if (known !== undefined) return known;
    const value = compute(name);
    cache.set(name, value);
    return value;
  };
}

function createDomainView(model: Model): DomainView {
  const entities = model.all('entity');
  const entity = (name: string) => entities.get(name)?.content;
  const children = new Map<string, string[]>();
  const forward = new Map<string, AssociationEnd[]>();
  const reverse = new Map<string, AssociationEnd[]>();
  const byQualifiedName = new Map<string, AssociationEnd>();
  const ids = new Map<string, ModelDocument<'entity'>>();
  const push = <T>(map: Map<string, T[]>, key: string, value: T) => {
    const list = map.get(key);
    if (list) list.push(value);
    else map.set(key, [value]);
  };

  for (const [name, document] of entities) {
    ids.set(document.content.id, document);
    if (document.content.generalization) push(children, document.content.generalization, name);
    for (const association of document.content.associations) {
      const base = {
        kind: 'association',
        id: association.id,
        qualifiedName: `${document.module}.${association.name}`,
        name: association.name,
        association,
        from: name,
        to: association.to,
        type: association.type,
        owner: association.owner,
      } as const;
      const out: AssociationEnd = {
        ...base,
        direction: 'forward',
        far: association.to,
        single: association.type === 'reference',
      };
      push(forward, name, out);
      byQualifiedName.set(base.qualifiedName, out);
      push(reverse, association.to, {
        ...base,
        direction: 'reverse',
        far: name,
        single: association.type === 'reference' && association.owner === 'both',
      });
    }
  }

  const systemEnd = (from: string, system: 'owner' | 'changedBy'): AssociationEnd => ({
    kind: 'association',
    id: SYSTEM_MEMBERS[system],
    qualifiedName: `System.${system}`,
    name: system,
    system,
    from,
    to: 'System.User',
    type: 'reference',
    owner: 'default',
    direction: 'forward',
    far: 'System.User',
    single: true,
  });

  const lineage = memo((name: string): readonly string[] => {
    const names: string[] = [];
    for (let at: string | undefined = name; at && !names.includes(at); at = entity(at)?.generalization) {
      if (entity(at)) names.push(at);
    }
    return names;
  });
  const specialisations = memo((name: string): readonly string[] => {
    const found: string[] = [];
    const visit = (at: string) => {
      for (const child of children.get(at) ?? []) {
        if (found.includes(child) || child === name) continue;
        found.push(child);
        visit(child);
      }
    };
    visit(name);
    return found;
  });
  const has = (name: string, member: SystemMember) => lineage(name).some((at) => entity(at)?.systemMembers[member]);
  const attributes = memo((name: string): ReadonlyMap<string, AttributeMember> => {
    const members = new Map<string, AttributeMember>();
    for (const at of lineage(name).toReversed()) {
      for (const attribute of entity(at)?.attributes ?? []) {
        members.set(attribute.name, {
          kind: 'attribute',
          id: attribute.id,
          name: attribute.name,
          type: attribute.type,
          declaredBy: at,
          attribute,
        });
      }
    }
    for (const system of ['createdDate', 'changedDate'] as const) {
      if (has(name, system)) {
        members.set(system, {
          kind: 'attribute',
          id: SYSTEM_MEMBERS[system],
          name: system,
          type: { kind: 'DateTime', localize: true },
          declaredBy: name,
          system,
        });
      }
    }
    return members;
  });
  const owned = memo((name: string): readonly AssociationEnd[] => {
    const ends = lineage(name)
      .toReversed()
      .flatMap((at) => forward.get(at) ?? []);
    for (const system of ['owner', 'changedBy'] as const) if (has(name, system)) ends.push(systemEnd(name, system));
    return ends;
  });
  const ends = memo((name: string): readonly AssociationEnd[] => [
    ...owned(name),
    ...lineage(name)
      .toReversed()
      .flatMap((at) => reverse.get(at) ?? []),
  ]);

  return {
    model,
    entity,
    document: (name) => entities.get(name),
    lineage,
    specialisations,
    isA: (name, ancestor) => name === ancestor || lineage(name).includes(ancestor),
    persistable: (name) => entity(lineage(name).at(-1) ?? '')?.persistable ?? false,
    attributes,
    ends,
    owned,
    step(name, association, reversed = false) {
      const candidates = ends(name).filter((end) => end.qualifiedName === association);
      return reversed ? candidates.find((end) => end.direction === 'reverse') : candidates[0];
    },
    association: (qualifiedName) => byQualifiedName.get(qualifiedName),
    byId: (id) => ids.get(id),
  };
}
