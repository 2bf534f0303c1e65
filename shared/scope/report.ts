import type { Diagnostic } from '../base/diagnostic.ts';
import { must } from '../base/invariant.ts';
import { compareCodePoints } from '../base/json.ts';
import { parseConstraint } from '../constraint/parse.ts';
import type { SyncMode } from '../metamodel/navigation-profile.ts';
import type { Analysis } from './analyze.ts';
import type { EntityEstimate, Estimate } from './estimate.ts';
import { chainTo, chainToSite, reasonsFor } from './explain.ts';
import type { Candidate, PlanEntity, ReasonChain } from './plan.ts';

export interface ReportGrant {
  readonly rule: string;
  readonly constraint: string;
  readonly constraintAfter?: string;
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly create: boolean;
  readonly delete: boolean;
  readonly onDevice: boolean;
}

export interface ReportEntity {
  readonly entity: string;
  readonly id: string;
  readonly mode: SyncMode;
  readonly configured: boolean;
  readonly persistable: true;
  readonly constraint: string;
  readonly grants: { readonly [role: string]: readonly ReportGrant[] };
  readonly members: readonly {
    readonly name: string;
    readonly id: string;
    readonly readableBy: readonly string[];
    readonly reasons: readonly ReasonChain[];
  }[];
  /** By role: 'true' for all objects, 'false' for none, else the constraint that decides. */
  readonly rows: { readonly [role: string]: string };
  readonly candidates: readonly Candidate[];
  readonly frame: PlanEntity['frame'];
  /** SC11 */
  readonly upload: { readonly members: readonly string[]; readonly operations: readonly string[] };
  readonly reasons: readonly ReasonChain[];
  readonly estimate?: { readonly [role: string]: EntityEstimate };
}

export interface ReportDocument {
  readonly name: string;
  readonly reasons: readonly ReasonChain[];
}

/** What `skerry scope --json` prints: the plan by names, with its reasons. */
export interface ScopeReport {
  readonly profile: string;
  readonly hash: string;
  readonly roles: readonly string[];
  readonly entities: readonly ReportEntity[];
  readonly associations: readonly ReportDocument[];
  readonly pages: readonly ReportDocument[];
  readonly nanoflows: readonly ReportDocument[];
  readonly actions: readonly ReportDocument[];
  readonly microflowCalls: readonly ReportDocument[];
  readonly opens: { readonly [role: string]: readonly string[] };
  readonly estimate?: Estimate['roles'];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReportOptions {
  /** Every use's chain instead of the shortest. */
  readonly allReasons?: boolean;
  readonly estimate?: Estimate | undefined;
}

export function scopeReport(analysis: Analysis, options: ReportOptions = {}): ScopeReport {
  const { plan, explanations } = analysis;
  const all = options.allReasons ?? false;
  const documents = (kind: string): readonly ReportDocument[] =>
    [...explanations.reach.documents.values()]
      .filter((reached) => reached.kind === kind)
      .map((reached) => ({ name: reached.document.qualifiedName, reasons: [chainTo(reached)] }))
      .sort((a, b) => compareCodePoints(a.name, b.name));
  return {
    profile: plan.profile,
    hash: analysis.hash,
    roles: plan.roles.map((role) => role.name),
    entities: plan.entities.map((entity) => reportEntity(entity, analysis, all, options.estimate)),
    associations: associations(analysis),
    pages: documents('page'),
    nanoflows: documents('nanoflow'),
    actions: documents('javaScriptAction'),
    microflowCalls: documents('microflow'),
    opens: Object.fromEntries([...explanations.opens].map(([role, opens]) => [role, opens.pages])),
    ...(options.estimate ? { estimate: options.estimate.roles } : {}),
    diagnostics: analysis.diagnostics,
  };
}

function reportEntity(
  entity: PlanEntity,
  analysis: Analysis,
  all: boolean,
  estimate: Estimate | undefined,
): ReportEntity {
  const { plan, explanations } = analysis;
  const scoped = must(explanations.scoped.get(entity.entity), 'planned entities are in scope');
  const names = memberNames(analysis, entity.entity);
  const nameOf = (id: string) => names.get(id) ?? id;
  const roleName = new Map(plan.roles.map((role) => [role.id, role.name]));
  const grantsOf = (roleId: string) => entity.grants.filter((grant) => grant.userRoles.some((id) => id === roleId));
  const estimated = estimate?.entities.get(entity.entity);
  return {
    entity: entity.entity,
    id: entity.id,
    mode: entity.mode,
    configured: entity.configured,
    persistable: true,
    constraint: entity.constraint,
    grants: Object.fromEntries(
      plan.roles.map((role) => [
        role.name,
        grantsOf(role.id).map(
          (grant): ReportGrant => ({
            rule: grant.rule,
            constraint: grant.constraint,
            ...(grant.constraintAfter ? { constraintAfter: grant.constraintAfter } : {}),
            read: grant.read.map(nameOf),
            write: grant.write.map(nameOf),
            create: grant.create,
            delete: grant.delete,
            onDevice: grant.onDevice,
          }),
        ),
      ]),
    ),
    members: entity.members.map((member) => ({
      name: member.name,
      id: member.id,
      readableBy: member.readableBy.map((role) => roleName.get(role) ?? role),
      reasons: memberReasons(analysis, entity.entity, member.name, all),
    })),
    rows: Object.fromEntries(plan.roles.map((role) => [role.name, rowsOf(entity, grantsOf(role.id))])),
    candidates: entity.candidates,
    frame: entity.frame,
    upload: upload(entity, analysis, nameOf),
    reasons: reasonsFor(scoped.use, all),
    ...(estimated ? { estimate: estimated } : {}),
  };
}

/** A summary for people: what decides over the rows a role receives. */
function rowsOf(entity: PlanEntity, grants: PlanEntity['grants']): string {
  const reading = grants.filter((grant) => grant.read.length > 0);
  if (reading.length === 0 || (entity.mode !== 'all' && entity.mode !== 'constrained')) return 'false';
  const constraints = [...new Set(reading.map((grant) => grant.constraint))];
  const granted = constraints.includes('')
    ? ''
    : constraints.length === 1
      ? constraints[0]
      : `[${constraints.map(inner).join(' or ')}]`;
  return `${granted}${entity.constraint}` || 'true';
}

/** The brackets' contents as one operand. */
function inner(constraint: string): string {
  const parts = parseConstraint(constraint).tree.brackets.map(
    ({ span }) => `(${constraint.slice(span.start, span.end)})`,
  );
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join(' and ')})`;
}

function upload(entity: PlanEntity, analysis: Analysis, nameOf: (id: string) => string): ReportEntity['upload'] {
  const { reach } = analysis.explanations;
  const operations = new Set<string>();
  for (const { entity: of, fact } of reach.objects) {
    if (of === entity.entity && fact.operation !== 'handOver') operations.add(fact.operation);
  }
  const members = new Set(entity.grants.flatMap((grant) => grant.write));
  return { members: entity.mode === 'online' ? [] : [...members].map(nameOf), operations: [...operations].sort() };
}

function memberReasons(analysis: Analysis, entity: string, member: string, all: boolean): readonly ReasonChain[] {
  const sites = analysis.explanations.reach.members.filter(
    (site) => site.entity === entity && (site.fact.member === member || site.fact.member.endsWith(`.${member}`)),
  );
  const chains = (all ? sites : sites.slice(0, 1)).map((site) => [...chainToSite(site), `member:${member}`]);
  return [...new Map(chains.map((chain) => [chain.join(' › '), chain])).values()];
}

function memberNames(analysis: Analysis, entity: string): ReadonlyMap<string, string> {
  const { view } = analysis.explanations;
  return new Map([
    ...[...view.attributes(entity).values()].map((member): [string, string] => [member.id, member.name]),
    ...view.owned(entity).map((end): [string, string] => [end.id, end.name]),
  ]);
}

function associations(analysis: Analysis): readonly ReportDocument[] {
  const { view, reach, scoped } = analysis.explanations;
  const planned = new Set<string>(analysis.plan.associations);
  const found = new Map<string, ReportDocument>();
  for (const name of scoped.keys()) {
    for (const end of view.owned(name)) {
      if (!planned.has(end.id) || found.has(end.qualifiedName)) continue;
      const link = reach.links.find((site) => site.fact.association === end.qualifiedName);
      found.set(end.qualifiedName, { name: end.qualifiedName, reasons: link ? [chainToSite(link)] : [] });
    }
  }
  return [...found.values()].sort((a, b) => compareCodePoints(a.name, b.name));
}
