import { userFault } from '@skerry/shared/base/fault';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { Analysis } from '@skerry/shared/scope/analyze';
import { type Estimate, estimate, firstSyncSeconds } from '@skerry/shared/scope/estimate';
import { reasonsFor } from '@skerry/shared/scope/explain';
import type { PlanEntity } from '@skerry/shared/scope/plan';
import type { ScopeEntity, ScopeView } from '@skerry/studio/bridge/calls/analysis-calls';
import type { DemoRows } from './demo-rows.ts';
import { readableChain } from './why.ts';
import { deltaClass, grantInWords, policyInWords } from './words.ts';

/** Every use's chain would be hundreds; the shortest ones say it. */
const MOST_CHAINS = 12;

/** The synchronisation table of a profile, as one role sees it. */
export function scopeView(
  analysis: Analysis,
  model: Model,
  demo: DemoRows,
  revision: number,
  wanted: string | undefined,
): ScopeView {
  const roles = model.security.userRoles.map((role) => role.name);
  const role = wanted ?? roles[0] ?? '';
  if (wanted !== undefined && !roles.includes(wanted)) {
    throw userFault('analysis/no-such-role', `There is no user role "${wanted}". Roles: ${roles.join(', ')}.`);
  }
  const estimated = estimateFor(analysis, model, demo, role);
  const entities = analysis.plan.entities.map((entity) => lineOf(entity, analysis, model, role, estimated));
  const total = estimated?.roles[role] ?? { rows: 0, bytes: 0 };
  return {
    revision,
    profile: analysis.plan.profile,
    role,
    roles,
    entities,
    totals: { entities: entities.length, rows: total.rows, bytes: total.bytes },
    seconds: firstSyncSeconds(total.bytes),
  };
}

const estimates = new WeakMap<Analysis, Map<string, { demo: DemoRows; estimated: Estimate | undefined }>>();

/** What the role's demo user would download; undefined without demo data. */
export function estimateFor(analysis: Analysis, model: Model, demo: DemoRows, role: string): Estimate | undefined {
  const byRole = estimates.get(analysis) ?? new Map();
  estimates.set(analysis, byRole);
  const known = byRole.get(role);
  if (known?.demo === demo) return known.estimated;
  const person = demo.representative(role);
  const estimated = person && estimate(analysis.plan, demo.objects, domainView(model), [person], demo.settings);
  byRole.set(role, { demo, estimated });
  return estimated;
}

function lineOf(
  entity: PlanEntity,
  analysis: Analysis,
  model: Model,
  role: string,
  estimated: Estimate | undefined,
): ScopeEntity {
  const view = domainView(model);
  const roleId = model.security.userRoles.find((one) => one.name === role)?.id;
  const isFor = (ids: readonly string[]) => roleId !== undefined && ids.includes(roleId);
  const names = new Map<string, string>(entity.members.map((member) => [member.id, member.name]));
  const own = view
    .lineage(entity.entity)
    .map((name) => view.entity(name)?.conflictPolicy)
    .find((policy) => policy !== undefined);
  const use = analysis.explanations.scoped.get(entity.entity)?.use;
  const found = estimated?.entities.get(entity.entity)?.[role];
  return {
    entity: entity.entity,
    id: entity.id,
    document: view.document(entity.entity)?.path ?? '',
    mode: entity.mode,
    configured: entity.configured,
    constraint: entity.constraint,
    ...(found ? { rows: found.rows, bytes: found.bytes } : {}),
    members: entity.members.map(({ name, kind, readableBy }) => ({ name, kind, readable: isFor(readableBy) })),
    grants: entity.grants.filter((grant) => isFor(grant.userRoles)).map((grant) => grantInWords(grant, names)),
    conflictPolicy: policyInWords(own, model.app.defaultConflictPolicy),
    delta: deltaClass(entity.candidates),
    why: use ? shortest(reasonsFor(use, true)).map((chain) => readableChain(chain, model)) : [],
  };
}

/** The shortest chains first; of one length in the order found. */
function shortest(chains: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return chains.toSorted((a, b) => a.length - b.length).slice(0, MOST_CHAINS);
}
