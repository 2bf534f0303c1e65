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

/** Bits per second of what devices are on; first sync is download alone. */
const BANDWIDTHS = { '3G': 1_500_000, '4G': 12_000_000, 'Wi-Fi': 50_000_000 } as const;
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
    Object.entries(totals).map(([role, total]) => [role, { ...total, seconds: secondsFor(total.bytes) }]),
  );
  return { entities, roles };
}

function secondsFor(bytes: number): { readonly [network: string]: number } {
  return Object.fromEntries(
    Object.entries(BANDWIDTHS).map(([name, bits]) => [name, Math.ceil((bytes * 80) / bits) / 10]),
  );
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
