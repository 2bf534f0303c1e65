import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import { selectSql } from '@skerry/shared/constraint/select-sql';
import { checkSort } from '@skerry/shared/constraint/sort';
import type { Type } from '@skerry/shared/expression/type';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { EffectOf, Values } from '@skerry/shared/flow/effect';
import type { SqlValue } from '../../base/sql.ts';
import { evaluationEnvironment, withData } from '../objects/environment.ts';
import { WriteRefused } from '../objects/write-refused.ts';
import type { Workspace } from './workspace.ts';

/** Stored objects, in order. What was changed and not committed decides over no row, and shows in the objects found. */
export async function retrieve(
  { data, parts }: Workspace,
  { entity, constraint, variables, sort, range }: EffectOf<'retrieve'>,
  guarded: boolean,
): Promise<Value> {
  const { model } = parts.viewpoint;
  const list = (items: readonly ObjectValue[]): Value => ({ kind: 'list', entity: entity.name, items });
  if (!model.view.persistable(entity.name)) return range.kind === 'first' ? null : list([]);
  const context = { view: model.view, entity: entity.name, variables: typesOf(variables) };
  const { resolved, diagnostics } = resolveConstraint(constraint, context);
  if (!resolved) {
    const message = diagnostics[0]?.message ?? `"${constraint}" cannot be understood.`;
    throw new WriteRefused('flow/invalid-constraint', {}, message);
  }
  const limits = limitsOf(range);
  // Whom the user may not read is left out before anything is counted off.
  const selection = { constraint: resolved, sort: checkSort(sort, context).resolved, ...(guarded ? {} : limits) };
  const binding = { viewpoint: parts.viewpoint, data, guarded, random: () => 0, variables };
  const statement = await withData(binding, () =>
    selectSql(selection, model.plan, 'sqlite', evaluationEnvironment(binding)),
  );
  const rows = await parts.unit.all(statement.sql, statement.parameters as readonly SqlValue[]);
  const found = rows.map((row): ObjectValue => {
    const info = must(model.entities.get(row.$entity as ElementId), 'a row is of an entity of the model');
    return { kind: 'object', entity: info.name, id: row.$id as ObjectId };
  });
  const items = guarded ? cut(await data.onlyReadable(found), limits) : found;
  return range.kind === 'first' ? (items[0] ?? null) : list(items);
}

type Limits = { readonly limit?: number; readonly offset?: number };

function limitsOf(range: EffectOf<'retrieve'>['range']): Limits {
  if (range.kind === 'custom') return { limit: range.limit, offset: range.offset };
  return range.kind === 'first' ? { limit: 1 } : {};
}

function cut<T>(items: readonly T[], { limit, offset = 0 }: Limits): readonly T[] {
  return items.slice(offset, limit === undefined ? undefined : offset + limit);
}

/** Constraints name variables by what they hold now: a parameter may hold a specialisation of its type. */
function typesOf(variables: Values): ReadonlyMap<string, Type> {
  return new Map(Object.entries(variables).map(([name, value]) => [name, typeOf(value)]));
}

function typeOf(value: Value): Type {
  if (value === null) return { kind: 'Empty' };
  if (typeof value === 'string') return { kind: 'String' };
  if (typeof value === 'boolean') return { kind: 'Boolean' };
  if (typeof value === 'number') return { kind: 'Integer' };
  if (typeof value === 'bigint') return { kind: 'Long' };
  if (!('kind' in value)) return { kind: 'Decimal' };
  switch (value.kind) {
    case 'dateTime':
      return { kind: 'DateTime' };
    case 'enumeration':
      return { kind: 'Enumeration', enumeration: value.enumeration };
    case 'object':
    case 'list':
      return { kind: value.kind === 'object' ? 'Object' : 'List', entity: value.entity };
    case 'error':
      return { kind: 'Unknown' };
  }
}
