import { evaluateRights, grantsFor } from '../access/rights.ts';
import type { Cell } from '../base/cell.ts';
import type { ObjectId } from '../base/ids.ts';
import { resolveConstraint } from '../constraint/resolve.ts';
import { type Predicate, toPredicate } from '../constraint/to-predicate.ts';
import type { Session } from '../expression/session.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import { type DemoObjects, demoEnvironment, type SessionSettings } from './demo-objects.ts';
import type { PlanEntity, ScopePlan } from './plan.ts';

export interface EntityEstimate {
  readonly rows: number;
  readonly bytes: number;
}

/** SC13. By role: what a user of the role would download. */
export interface Estimate {
  readonly entities: ReadonlyMap<string, { readonly [role: string]: EntityEstimate }>;
  readonly roles: {
    readonly [role: string]: EntityEstimate & { readonly seconds: { readonly [network: string]: number } };
  };
}

/**
 * What devices are on: bits per second downwards and the time of a round trip. 3G and 4G as WebPageTest's profiles "3G"
 * (1.6 Mbit/s, 300 ms) and "LTE" (12 Mbit/s, 70 ms), which stand for typical connections; Wi-Fi for an ordinary
 * broadband line behind it.
 */
const NETWORKS = {
  '3G': { bitsPerSecond: 1_600_000, roundTripMs: 300 },
  '4G': { bitsPerSecond: 12_000_000, roundTripMs: 70 },
  'Wi-Fi': { bitsPerSecond: 50_000_000, roundTripMs: 20 },
} as const;
export type Network = keyof typeof NETWORKS;
/** Round trips before rows flow: name, connection and encryption take three, then signing in, plan and first page. */
const FIRST_ROUND_TRIPS = 6;
/** Id, revision and rights beside a row's values. */
const ROW_OVERHEAD_BYTES = 48;

/** A user that stands for a role. */
export interface Representative {
  readonly role: string;
  readonly session: Session;
}

export function estimate(
  plan: ScopePlan,
  objects: DemoObjects,
  view: DomainView,
  people: readonly Representative[],
  settings: SessionSettings,
): Estimate {
  const entities = new Map<string, { [role: string]: EntityEstimate }>();
  const totals: { [role: string]: EntityEstimate } = {};
  for (const { role, session } of people) {
    for (const entity of plan.entities) {
      const rows = rowsInScope(entity, { objects, view, session, settings });
      const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
      const byRole = entities.get(entity.entity) ?? {};
      byRole[role] = { rows: rows.length, bytes };
      entities.set(entity.entity, byRole);
      const total = totals[role] ?? { rows: 0, bytes: 0 };
      totals[role] = { rows: total.rows + rows.length, bytes: total.bytes + bytes };
    }
  }
  const roles = Object.fromEntries(
    Object.entries(totals).map(([role, total]) => [role, { ...total, seconds: firstSyncSeconds(total.bytes) }]),
  );
  return { entities, roles };
}

/** How long the first synchronisation of so many bytes takes, to a tenth of a second; what comes is download alone. */
export function firstSyncSeconds(bytes: number): { readonly [network in Network]: number } {
  const on = (name: Network) => {
    const { bitsPerSecond, roundTripMs } = NETWORKS[name];
    return Math.ceil((FIRST_ROUND_TRIPS * roundTripMs) / 100 + (bytes * 80) / bitsPerSecond) / 10;
  };
  return { '3G': on('3G'), '4G': on('4G'), 'Wi-Fi': on('Wi-Fi') };
}

export interface ScopeOf {
  readonly objects: DemoObjects;
  readonly view: DomainView;
  readonly session: Session;
  readonly settings: SessionSettings;
}

export interface RowInScope {
  readonly id: ObjectId;
  /** Members that the user may read, with their values. */
  readonly cells: { readonly [member: string]: Cell };
  readonly bytes: number;
}

/** SC8: the rows of an entity that a user's device would download, each with the members it may read. */
export function rowsInScope(entity: PlanEntity, scope: ScopeOf): readonly RowInScope[] {
  const { objects, view, session, settings } = scope;
  if (entity.mode !== 'all' && entity.mode !== 'constrained') return [];
  const grants = grantsFor(entity.grants, session.roles);
  if (grants.length === 0) return [];
  const environment = demoEnvironment(objects, view, session, settings);
  const predicates = new Map<string, Predicate>();
  const holds = (constraint: string, id: ObjectId): boolean => {
    let predicate = predicates.get(constraint);
    if (!predicate) {
      const { resolved } = resolveConstraint(constraint, { view, entity: entity.entity });
      predicate = resolved ? toPredicate(resolved, environment) : () => false;
      predicates.set(constraint, predicate);
    }
    return predicate(id, objects);
  };
  const members = new Set(entity.members.map((member) => member.id));
  const rows: RowInScope[] = [];
  for (const object of objects.of(entity.entity)) {
    if (object.entity !== entity.entity || !holds(entity.constraint, object.id)) continue;
    const rights = evaluateRights(grants, (constraint) => holds(constraint, object.id), session.roles);
    if (rights.read.size === 0) continue;
    const cells: { [member: string]: Cell } = {};
    for (const member of members) if (rights.read.has(member)) cells[member] = object.cells[member] ?? null;
    rows.push({ id: object.id, cells, bytes: ROW_OVERHEAD_BYTES + JSON.stringify(Object.values(cells)).length });
  }
  return rows;
}
