import { evaluateRights, grantsFor, type Rights, rightsOf } from '@skerry/shared/access/rights';
import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import { type Predicate, toPredicate } from '@skerry/shared/constraint/to-predicate';
import type { WireRights } from '@skerry/shared/protocol/download';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import { demoEnvironment } from '@skerry/shared/scope/demo-objects';
import { rowsInScope, type ScopeOf } from '@skerry/shared/scope/estimate';
import type { PlanEntity, ScopePlan } from '@skerry/shared/scope/plan';
import type { LiveContent, LiveRows } from '@skerry/studio/bridge/live-content';

/** Enough that lists fill a screen and pages of them, little enough that a page opens at once. */
const MOST_PER_ENTITY = 150;

export interface SampleRows extends Pick<LiveContent, 'rights' | 'rows'> {
  /** What is held, by qualified name of the entity. */
  readonly held: ReadonlyMap<string, readonly DemoObject[]>;
}

/** The rows that a user's device would hold, capped, with what they refer to, and what the user may do with each. */
export function sampleRows(plan: ScopePlan, relational: RelationalPlan, scope: ScopeOf): SampleRows {
  const scoped = new Map<string, readonly DemoObject[]>();
  for (const entity of plan.entities) {
    const ids = rowsInScope(entity, scope).map(({ id }) => id);
    scoped.set(
      entity.entity,
      ids.flatMap((id) => scope.objects.all.get(id) ?? []),
    );
  }
  const held = capped(scoped);
  const rights = new RightsList();
  const rows = plan.entities.flatMap((entity) => {
    const objects = held.get(entity.entity) ?? [];
    return entity.mode === 'online' ? [] : [rowsOf(entity, objects, relational, scope, rights)];
  });
  return { rights: rights.all, rows, held };
}

/** The first of each entity, and all they refer to. */
function capped(scoped: ReadonlyMap<string, readonly DemoObject[]>): ReadonlyMap<string, readonly DemoObject[]> {
  const inScope = new Map([...scoped.values()].flat().map((object) => [String(object.id), object]));
  const kept = new Set<DemoObject>();
  const visit = (object: DemoObject | undefined) => {
    if (!object || kept.has(object)) return;
    kept.add(object);
    for (const cell of Object.values(object.cells)) if (typeof cell === 'string') visit(inScope.get(cell));
    for (const id of Object.values(object.links).flat()) visit(inScope.get(id));
  };
  for (const objects of scoped.values()) for (const object of objects.slice(0, MOST_PER_ENTITY)) visit(object);
  return new Map([...scoped].map(([entity, objects]) => [entity, objects.filter((object) => kept.has(object))]));
}

function rowsOf(
  entity: PlanEntity,
  objects: readonly DemoObject[],
  relational: RelationalPlan,
  scope: ScopeOf,
  list: RightsList,
): LiveRows {
  const table = relational.tables.find((one) => one.kind === 'entity' && one.entityId === entity.id);
  const columns = table?.kind === 'entity' ? table.columns.flatMap(({ memberId }) => memberId ?? []) : [];
  const sets = relational.associations.filter(({ from, storage }) => from === entity.id && storage.kind === 'table');
  const holds = holding(entity, scope);
  const given = objects.map((object) => ({
    object,
    rights: evaluateRights(entity.grants, (constraint) => holds(constraint, object.id), scope.session.roles),
  }));
  const own = grantsFor(entity.grants, scope.session.roles);
  const created = own.some((grant) => grant.create) ? { created: list.place(rightsOf(own)) } : {};
  return {
    entityId: entity.id,
    columns,
    rows: given.map(({ object, rights }): readonly Cell[] => [
      object.id,
      list.place(rights),
      ...columns.map((member) => (rights.read.has(member) ? (object.cells[member] ?? null) : null)),
    ]),
    links: sets.map(({ id }) => ({
      associationId: id,
      sets: given.map(({ object, rights }): readonly [ObjectId, readonly ObjectId[]] => [
        object.id,
        rights.read.has(id) ? (object.links[id] ?? []) : [],
      ]),
    })),
    ...created,
  };
}

function holding(entity: PlanEntity, { objects, view, session, settings }: ScopeOf) {
  const environment = demoEnvironment(objects, view, session, settings);
  const predicates = new Map<string, Predicate>();
  return (constraint: string, id: ObjectId): boolean => {
    let predicate = predicates.get(constraint);
    if (!predicate) {
      const { resolved } = resolveConstraint(constraint, { view, entity: entity.entity });
      predicate = resolved ? toPredicate(resolved, environment) : () => false;
      predicates.set(constraint, predicate);
    }
    return predicate(id, objects);
  };
}

/** Rights that many rows share stand once. */
class RightsList {
  readonly all: WireRights[] = [];
  readonly #places = new Map<string, number>();

  place(rights: Rights): number {
    const sorted = (ids: Iterable<ElementId>) => [...ids].sort();
    const wire: WireRights = {
      rules: sorted(rights.rules),
      read: sorted(rights.read),
      write: sorted(rights.write),
      delete: rights.delete,
    };
    const key = JSON.stringify(wire);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.all.length);
    return this.all.push(wire) - 1;
  }
}
