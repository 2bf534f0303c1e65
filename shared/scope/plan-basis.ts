import type { Model } from '../metamodel/model.ts';
import type { ScopePlan } from './plan.ts';
import type { ScopedEntity } from './scoped-entity.ts';

/** All that the plans of entities are made from beside the program: equal bases give equal plans. */
export interface PlanBasis {
  /** Documents by identity. */
  readonly documents: readonly unknown[];
  readonly scoped: readonly ScopedEntity[];
}

const KINDS = ['entity', 'enumeration', 'constant', 'module'] as const;

export function planBasis(model: Model, scoped: ReadonlyMap<string, ScopedEntity>): PlanBasis {
  const documents: unknown[] = [model.security, model.app];
  for (const kind of KINDS) for (const document of model.all(kind).values()) documents.push(document.source);
  return { documents, scoped: [...scoped.values()] };
}

export function sameBasis(a: PlanBasis, b: PlanBasis): boolean {
  return (
    a.documents.length === b.documents.length &&
    a.documents.every((document, index) => document === b.documents[index]) &&
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
