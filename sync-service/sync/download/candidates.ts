import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { constraintReads } from '@skerry/shared/scope/constraint-reads';
import type { CandidateStep } from '@skerry/shared/scope/plan';
import { bound } from '../../base/column.ts';
import { quoted } from '../../base/quoted.ts';
import type { Sql, SqlValue } from '../../base/sql.ts';
import type { ActiveModel, EntityInfo } from '../../releases/index.ts';
import { type ClockRead, clockReads, momentAt } from './moments.ts';
import { type EntityScope, isHeld, type State } from './scope-query.ts';

/** What may move an entity's objects in or out of scope, from all its constraints: the profile's and the rules'. */
export interface EntityReads {
  readonly paths: readonly (readonly CandidateStep[])[];
  readonly clocks: readonly ClockRead[];
  /** What no candidates can follow, in words. */
  readonly beyond: readonly string[];
}

export function readsOf(scope: EntityScope): EntityReads {
  const constraints = [scope.scoped.constraint, ...scope.grants.map((one) => one.constraint)].filter(
    (one): one is ResolvedConstraint => one !== null,
  );
  const paths = new Map<string, readonly CandidateStep[]>();
  const beyond = new Set<string>();
  for (const constraint of constraints) {
    const reads = constraintReads(constraint);
    for (const words of reads.beyond) beyond.add(words);
    for (const { steps } of [...reads.members, ...reads.clocks]) {
      // Whatever lies on the way counts too: an object that comes or goes in the middle of a path.
      for (let length = 1; length <= steps.length; length++) {
        const path = steps.slice(0, length);
        paths.set(path.map((step) => `${step.association}${step.direction}${step.entity}`).join(), path);
      }
    }
  }
  return { paths: [...paths.values()], clocks: constraints.flatMap(clockReads), beyond: [...beyond] };
}

/**
 * Ids of objects that may have entered, left or changed between two states (design 6.5): logged ones, those a logged
 * object is reached from along a path in the old or the new state, those whose compared moment lies in between.
 * Sorted; a superset is harmless, since both states are evaluated for each.
 */
export async function candidateIds(
  sql: Sql,
  scope: EntityScope,
  reads: EntityReads,
  before: State,
  now: State,
): Promise<readonly ObjectId[]> {
  const model = now.viewpoint.model;
  const ids = new Set<ObjectId>(await loggedIds(sql, [scope.info.id], before.position, now.position));
  for (const path of reads.paths) {
    const last = path.at(-1);
    if (!last) continue;
    const far = await loggedIds(sql, concreteIds(model, last.entity), before.position, now.position);
    for (const state of [before, now]) for (const id of await walkBack(sql, scope.info, path, far, state)) ids.add(id);
  }
  for (const clock of reads.clocks) {
    const moments = [
      momentAt(clock.moment, now.viewpoint, instant(before)),
      momentAt(clock.moment, now.viewpoint, instant(now)),
    ];
    if (moments[0] === moments[1]) continue;
    for (const state of [before, now]) {
      const far = await idsBetween(sql, model, clock, Math.min(...moments), Math.max(...moments), state);
      for (const id of await walkBack(sql, scope.info, clock.steps, far, state)) ids.add(id);
    }
  }
  if (isHeld(scope) || scope.hasHoldings)
    for (const id of await newlyHeld(sql, scope, before.position, now.position)) ids.add(id);
  return [...ids].sort();
}

function instant(state: State): number {
  return state.viewpoint.environment.session.now;
}

async function loggedIds(
  sql: Sql,
  entities: readonly ElementId[],
  after: number,
  upTo: number,
): Promise<readonly ObjectId[]> {
  const rows = await sql.all(
    `SELECT DISTINCT "objectId" AS "id" FROM "change_log"
     WHERE "entityId" IN (SELECT value FROM json_each(?)) AND "position" > ? AND "position" <= ?`,
    [JSON.stringify(entities), after, upTo],
  );
  return rows.map((row) => row.id as ObjectId);
}

async function newlyHeld(sql: Sql, scope: EntityScope, after: number, upTo: number): Promise<readonly ObjectId[]> {
  const rows = await sql.all(
    'SELECT "objectId" AS "id" FROM "holding" WHERE "deviceId" = ? AND "entityId" = ? AND "position" > ? AND "position" <= ?',
    [scope.deviceId, scope.info.id, after, upTo],
  );
  return rows.map((row) => row.id as ObjectId);
}

/** From objects at the end of a path to those of the scoped entity at its beginning. */
async function walkBack(
  sql: Sql,
  start: EntityInfo,
  path: readonly CandidateStep[],
  far: readonly ObjectId[],
  state: State,
): Promise<readonly ObjectId[]> {
  const { model } = state.viewpoint;
  let ids = far;
  for (let at = path.length - 1; at >= 0 && ids.length > 0; at--) {
    const step = path[at]!;
    const previous = path[at - 1];
    const near = previous ? concreteInfos(model, previous.entity) : [start];
    ids = await stepBack(sql, step, near, ids, state);
  }
  return ids;
}

async function stepBack(
  sql: Sql,
  step: CandidateStep,
  near: readonly EntityInfo[],
  ids: readonly ObjectId[],
  state: State,
) {
  const { model } = state.viewpoint;
  const found = new Set<ObjectId>();
  const collect = async (statement: string) => {
    const parameters: SqlValue[] = [...state.overlay.parameters, JSON.stringify(ids)];
    for (const row of await sql.all(`${state.overlay.with}${statement}`, parameters))
      if (row.id !== null) found.add(row.id as ObjectId);
  };
  const among = 'IN (SELECT value FROM json_each(?))';
  const planned = model.plan.associations.find((association) => association.id === step.association);
  if (planned?.storage.kind === 'table') {
    const [wanted, given] = step.direction === 'forward' ? ['$owner', '$target'] : ['$target', '$owner'];
    await collect(`SELECT "${wanted}" AS "id" FROM ${quoted(planned.storage.table)} WHERE "${given}" ${among}`);
    return [...found];
  }
  for (const info of step.direction === 'forward' ? near : concreteInfos(model, step.entity)) {
    const column = info.columnOf.get(step.association);
    if (!column) continue;
    const [wanted, given] =
      step.direction === 'forward' ? ['"$id"', quoted(column.name)] : [quoted(column.name), '"$id"'];
    await collect(`SELECT ${wanted} AS "id" FROM ${quoted(info.table)} WHERE ${given} ${among}`);
  }
  return [...found];
}

async function idsBetween(
  sql: Sql,
  model: ActiveModel,
  clock: ClockRead,
  fromMs: number,
  untilMs: number,
  state: State,
) {
  const ids: ObjectId[] = [];
  for (const info of concreteInfos(model, clock.entity)) {
    const column = info.columnOf.get(clock.member);
    if (!column) continue;
    const rows = await sql.all(
      `${state.overlay.with}SELECT "$id" AS "id" FROM ${quoted(info.table)} WHERE ${quoted(column.name)} BETWEEN ? AND ?`,
      [...state.overlay.parameters, bound(fromMs, column), bound(untilMs, column)],
    );
    for (const row of rows) ids.push(row.id as ObjectId);
  }
  return ids;
}

export function concreteInfos(model: ActiveModel, entity: ElementId): readonly EntityInfo[] {
  return [...model.entities.values()].filter((info) => info.lineage.includes(entity));
}

function concreteIds(model: ActiveModel, entity: ElementId): readonly ElementId[] {
  return concreteInfos(model, entity).map((info) => info.id);
}
