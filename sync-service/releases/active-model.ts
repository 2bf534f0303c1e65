import type { Grant } from '@skerry/shared/access/grant';

import { must } from '@skerry/shared/base/invariant';
import { checkConstraint } from '@skerry/shared/constraint/check';
import { parseConstraint } from '@skerry/shared/constraint/parse';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { type DomainView, domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { EntityTable, LinkTable, RelationalPlan } from '@skerry/shared/relational/plan';
import type { LoggedTable, LoggedTables } from '../change-log/index.ts';
import { type EntityInfo, entityInfo } from './entity-info.ts';

/** The one model an environment runs by: that of its newest release. */
export interface ActiveModel {
  readonly version: string;
  readonly model: Model;
  readonly view: DomainView;
  /** Of the service's tables, dormant ones included. */
  readonly plan: RelationalPlan;
  readonly entities: ReadonlyMap<string, EntityInfo>;
  readonly grants: ReadonlyMap<string, readonly ResolvedGrant[]>;
  readonly logged: LoggedTables;
  /** Table of System.UserRoles. */
  readonly userRolesTable: string;
}

/** A grant with its constraints by ids; null holds for every object. */
export interface ResolvedGrant {
  readonly grant: Grant;
  readonly constraint: ResolvedConstraint | null;
  readonly after: ResolvedConstraint | null;
}

/** @throws Defect when an access rule does not check: a release with such a rule is refused */
export function activeModel(version: string, model: Model, plan: RelationalPlan): ActiveModel {
  const view = domainView(model);
  const entities = new Map<string, EntityInfo>();
  const grants = new Map<string, readonly ResolvedGrant[]>();
  for (const table of plan.tables) {
    const document = table.kind === 'entity' ? view.byId(table.entityId) : undefined;
    if (table.kind !== 'entity' || !document) continue;
    const info = entityInfo(view, plan, table, document.qualifiedName);
    entities.set(info.id, info);
    grants.set(
      info.id,
      info.grants.map((grant) => ({
        grant,
        constraint: resolve(view, info.name, grant.constraint),
        after: resolve(view, info.name, grant.constraintAfter ?? ''),
      })),
    );
  }
  const userRoles = plan.associations.find((association) => association.name === 'System.UserRoles');
  const storage = must(userRoles, 'System.UserRoles is in every plan').storage;
  return {
    version,
    model,
    view,
    plan,
    entities,
    grants,
    logged: loggedTables(plan),
    userRolesTable: storage.kind === 'table' ? storage.table : '',
  };
}

/** Null for ''. Null never stands for a text that does not check: that is a defect here. */
function resolve(view: DomainView, entity: string, text: string): ResolvedConstraint | null {
  if (text === '') return null;
  return must(resolveConstraint(view, entity, text), `${entity}: the constraint ${text} does not check`);
}

/** Undefined when it does not check. */
export function resolveConstraint(view: DomainView, entity: string, text: string): ResolvedConstraint | undefined {
  const parsed = parseConstraint(text);
  if (parsed.diagnostics.some((one) => one.severity === 'error')) return undefined;
  const checked = checkConstraint(parsed.tree, { view, entity, variables: new Map() });
  return checked.resolved ?? undefined;
}

function loggedTables(plan: RelationalPlan): LoggedTables {
  const entities = new Map<string, LoggedTable>();
  const links = new Map<string, LinkTable>();
  for (const table of plan.tables) {
    if (table.kind === 'entity') entities.set(table.entityId, table satisfies EntityTable);
    else links.set(table.associationId, table);
  }
  return { entities, links };
}
