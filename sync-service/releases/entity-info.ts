import type { Grant } from '@skerry/shared/access/grant';
import { grantsOf } from '@skerry/shared/access/grants-of';
import type { Cells } from '@skerry/shared/base/cell';
import type { ElementId } from '@skerry/shared/base/ids';
import type { AssociationEnd, AttributeMember, DomainView } from '@skerry/shared/metamodel/domain-view';
import type { Entity, ValidationRule } from '@skerry/shared/metamodel/entity';
import type { Column, EntityTable, RelationalPlan } from '@skerry/shared/relational/plan';
import type { MemberPolicy, NumberType, Policy } from '@skerry/shared/sync/policy';
import { type CalculatedAttribute, calculatedAttributes } from './calculated-attributes.ts';
import { defaultCells } from './default-cells.ts';
import { type Handler, handlersOf } from './handlers.ts';

/** What the service needs to know of an entity whose objects it holds, worked out once per release. */
export interface EntityInfo {
  readonly id: ElementId;
  readonly name: string;
  readonly table: string;
  readonly columns: readonly Column[];
  readonly columnOf: ReadonlyMap<string, Column>;
  /** Reference sets (and references in tables) the entity owns: association id → link table. */
  readonly sets: ReadonlyMap<string, OwnedSet>;
  /** References in columns: member id → entity they refer to. */
  readonly references: ReadonlyMap<string, ElementId>;
  readonly grants: readonly Grant[];
  readonly policy: Policy;
  readonly memberPolicies: { readonly [member: string]: MemberPolicy };
  readonly numbers: { readonly [member: string]: NumberType };
  /** Members whose values the service makes (SY25). */
  readonly kept: ReadonlySet<string>;
  readonly autoNumbers: readonly { readonly id: ElementId; readonly start: number }[];
  readonly defaults: Cells;
  /** Moments of creation: members whose default is the present moment. */
  readonly bornNow: readonly ElementId[];
  /** Kept current by the service on every write. */
  readonly calculated: readonly CalculatedAttribute[];
  /** Its own event handlers and those it inherits, the topmost generalization's first. */
  readonly handlers: readonly Handler[];
  readonly rules: readonly { readonly rule: ValidationRule; readonly member: ElementId; readonly other?: ElementId }[];
  readonly memberNames: ReadonlyMap<string, string>;
  /** Itself and its generalizations. */
  readonly lineage: readonly ElementId[];
}

export interface OwnedSet {
  readonly associationId: ElementId;
  readonly table: string;
  readonly target: ElementId;
  readonly single: boolean;
}

export function entityInfo(view: DomainView, plan: RelationalPlan, table: EntityTable, name: string): EntityInfo {
  const attributes = [...view.attributes(name).values()];
  const owned = view.owned(name).filter((end) => view.persistable(end.to));
  const columnOf = new Map(table.columns.map((column) => [column.memberId as string, column]));
  const memberPolicies: { [member: string]: MemberPolicy } = {};
  const numbers: { [member: string]: NumberType } = {};
  const kept = new Set<string>();
  for (const member of attributes) {
    const { type, attribute, system } = member;
    if (system || type.kind === 'AutoNumber' || attribute?.calculatedBy) kept.add(member.id);
    if (attribute && attribute.conflictPolicy !== 'inherit') memberPolicies[member.id] = attribute.conflictPolicy;
    if (type.kind === 'Integer') numbers[member.id] = 'integer';
    if (type.kind === 'Long') numbers[member.id] = 'long';
    if (type.kind === 'Decimal') numbers[member.id] = 'decimal';
  }
  for (const end of owned) {
    if (end.system) kept.add(end.id);
    const own = end.association?.conflictPolicy;
    if (own && own !== 'inherit') memberPolicies[end.id] = own;
  }
  const idOf = (entity: string) => view.entity(entity)!.id;
  return {
    id: table.entityId,
    name,
    table: table.name,
    columns: table.columns,
    columnOf,
    sets: ownedSets(plan, owned, idOf),
    references: new Map(owned.filter((end) => columnOf.has(end.id)).map((end) => [end.id, idOf(end.to)])),
    grants: grantsOf(view, name),
    policy: policyOf(view, name),
    memberPolicies,
    numbers,
    kept,
    autoNumbers: attributes.flatMap((member) =>
      member.type.kind === 'AutoNumber' ? [{ id: member.id, start: member.type.start }] : [],
    ),
    defaults: defaultCells(view, name),
    bornNow: attributes.filter(isBornNow).map((member) => member.id),
    calculated: calculatedAttributes(view, name).filter(({ id }) => columnOf.has(id)),
    handlers: handlersOf(view, name),
    rules: validationRules(view, name),
    memberNames: new Map([...attributes, ...owned].map((member) => [member.id, member.name])),
    lineage: view.lineage(name).map(idOf),
  };
}

function isBornNow({ type, attribute }: AttributeMember): boolean {
  return type.kind === 'DateTime' && attribute?.default === '[%CurrentDateTime%]';
}

function ownedSets(plan: RelationalPlan, owned: readonly AssociationEnd[], idOf: (entity: string) => ElementId) {
  const sets = new Map<string, OwnedSet>();
  for (const end of owned) {
    const planned = plan.associations.find((association) => association.id === end.id);
    if (planned?.storage.kind !== 'table') continue;
    const single = end.type === 'reference';
    sets.set(end.id, { associationId: end.id, table: planned.storage.table, target: idOf(end.to), single });
  }
  return sets;
}

/** The nearest statement on the way up, else the app's. */
function policyOf(view: DomainView, name: string): Policy {
  for (const at of view.lineage(name)) {
    const stated = view.entity(at)?.conflictPolicy;
    if (stated) return plain(stated);
  }
  return plain(view.model.app.defaultConflictPolicy);
}

function plain(policy: NonNullable<Entity['conflictPolicy']>): Policy {
  return policy.kind === 'merge' ? { kind: 'merge', overlap: policy.overlap } : { kind: policy.kind };
}

function validationRules(view: DomainView, name: string): EntityInfo['rules'] {
  const members = view.attributes(name);
  const associations = new Map(view.owned(name).map((end) => [end.name, end]));
  const idOf = (member: string) => members.get(member)?.id ?? associations.get(member.split('.').at(-1) ?? '')?.id;
  return view
    .lineage(name)
    .toReversed()
    .flatMap((at) => view.entity(at)?.validationRules ?? [])
    .flatMap((rule) => {
      const member = idOf(rule.attribute);
      if (member === undefined) return [];
      const other = rule.kind === 'equals' && rule.other !== undefined ? idOf(rule.other) : undefined;
      return [{ rule, member, ...(other ? { other } : {}) }];
    });
}
