import { equalJson, type Json } from '../base/json.ts';
import type { Model } from '../metamodel/model.ts';
import type { ScopePlan } from './plan.ts';
import type { ScopedEntity } from './scoped-entity.ts';

/** All that the plans of entities are made from beside the program: equal bases give equal plans. */
export interface PlanBasis {
  /** Documents by identity. */
  readonly documents: readonly unknown[];
  readonly scoped: readonly ScopedEntity[];
  /** Whether members that nothing uses stay away; then what uses them counts too, and no basis is the same. */
  readonly usedOnly: boolean;
}

const KINDS = ['entity', 'enumeration', 'constant', 'module'] as const;

export function planBasis(model: Model, scoped: ReadonlyMap<string, ScopedEntity>, usedOnly: boolean): PlanBasis {
  const documents: unknown[] = [model.security, model.app];
  for (const kind of KINDS) for (const document of model.all(kind).values()) documents.push(document.source);
  return { documents, scoped: [...scoped.values()], usedOnly };
}

export function sameBasis(a: PlanBasis, b: PlanBasis): boolean {
  return (
    !a.usedOnly &&
    !b.usedOnly &&
    sameItems(a.documents, b.documents) &&
    a.scoped.length === b.scoped.length &&
    a.scoped.every((one, index) => {
      const other = b.scoped[index];
      return (
        other !== undefined &&
        one.entity === other.entity &&
        one.mode === other.mode &&
        one.configured === other.configured &&
        one.constraint === other.constraint
      );
    })
  );
}

type Planned = Pick<ScopePlan, 'entities' | 'associations'>;

/** The plans of entities with those of before in the place of equal ones, so that what did not move is known by its identity. */
export function keepingSame(now: Planned, before: Planned | undefined): Planned {
  if (!before) return now;
  const old = new Map(before.entities.map((entity) => [entity.id, entity]));
  const entities = now.entities.map((entity) => {
    const was = old.get(entity.id);
    return was && equalJson(was as unknown as Json, entity as unknown as Json) ? was : entity;
  });
  return {
    entities: sameItems(before.entities, entities) ? before.entities : entities,
    associations: sameItems(before.associations, now.associations) ? before.associations : now.associations,
  };
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

/** Whether two plans are one, told from what they share: a cheap way not to hash again. */
export function samePlan(a: ScopePlan, b: ScopePlan): boolean {
  const { entities, associations, ...rest } = a;
  const { entities: otherEntities, associations: otherAssociations, ...otherRest } = b;
  return (
    entities === otherEntities &&
    associations === otherAssociations &&
    JSON.stringify(rest) === JSON.stringify(otherRest)
  );
}
