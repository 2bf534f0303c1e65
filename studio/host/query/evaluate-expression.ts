import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { userFault } from '@skerry/shared/base/fault';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { Json, JsonObject } from '@skerry/shared/base/json';
import { checkExpression } from '@skerry/shared/expression/check';
import { fromCell, toCell } from '@skerry/shared/expression/convert';
import { evaluateExpression } from '@skerry/shared/expression/evaluate';
import { parseExpression } from '@skerry/shared/expression/parse';
import { describeType, type Type } from '@skerry/shared/expression/type';
import type { ErrorValue, Value } from '@skerry/shared/expression/value';
import { isError } from '@skerry/shared/expression/value-kinds';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import {
  anonymousSession,
  type DemoObjects,
  demoEnvironment,
  demoSession,
  type SessionSettings,
} from '@skerry/shared/scope/demo-objects';

export interface Evaluation {
  readonly model: Model;
  readonly objects: DemoObjects;
  readonly text: string;
  /** By name without `$`; see `variableOf`. */
  readonly variables: JsonObject;
  readonly as?: string | undefined;
  readonly settings: SessionSettings;
}

export type Evaluated =
  | { readonly type: string; readonly value: Json }
  | { readonly type: string; readonly error: ErrorValue }
  | { readonly diagnostics: readonly Diagnostic[] };

/** The value of an expression over demo data, or what is wrong with it. */
export function evaluateText({ model, objects, text, variables: given, as, settings }: Evaluation): Evaluated {
  const view = domainView(model);
  const variables = new Map(
    Object.entries(given).map(([name, json]) => [name, variableOf(name, json ?? null, model, objects)]),
  );
  const parsed = parseExpression(text);
  const checked = checkExpression(parsed.tree, {
    view,
    variables: new Map([...variables].map(([name, { type }]) => [name, type])),
  });
  const diagnostics = [...parsed.diagnostics, ...checked.diagnostics];
  if (diagnostics.some((one) => one.severity === 'error')) return { diagnostics };
  const session = as === undefined ? anonymousSession(view, settings.now) : demoSession(as, objects, view, settings);
  if (!session) throw userFault('query/unknown-user', `There is no demo user "${as}".`);
  const environment = demoEnvironment(objects, view, session, settings);
  const value = evaluateExpression(checked.tree, {
    ...environment,
    variable: (name) => variables.get(name)?.value ?? environment.variable(name),
    enumeration: (name) => model.find('enumeration', name)?.content,
    status: (_object, status) => status === 'isSynced',
    userRole: (name) => model.security.userRoles.find((role) => role.name === name)?.id,
    random: Math.random,
  });
  const type = describeType(checked.type);
  return isError(value) ? { type, error: value } : { type, value: jsonOf(value, model) };
}

/**
 * A variable from JSON: text, number, true, false and null stand for themselves; the others are
 * `{"type": "Long" | "Decimal" | "DateTime", "value": text}`, `{"type": "Module.Enum", "value": name}` and
 * `{"type": "Module.Entity", "value": id of a demo object, or null}`.
 */
function variableOf(name: string, json: Json, model: Model, objects: DemoObjects): { type: Type; value: Value } {
  if (json === null) return { type: { kind: 'Empty' }, value: null };
  if (typeof json === 'string') return { type: { kind: 'String' }, value: json };
  if (typeof json === 'boolean') return { type: { kind: 'Boolean' }, value: json };
  if (typeof json === 'number') {
    if (Number.isInteger(json)) return { type: { kind: 'Integer' }, value: json };
    return { type: { kind: 'Decimal' }, value: fromCell(String(json), { kind: 'Decimal' }) };
  }
  const { type, value } = json as JsonObject;
  const empty = value === null || value === undefined;
  if (type === 'Long' || type === 'Decimal')
    return { type: { kind: type }, value: empty ? null : fromCell(String(value), { kind: type }) };
  if (type === 'DateTime') {
    const ms = typeof value === 'number' ? value : Date.parse(String(value));
    if (!empty && Number.isNaN(ms)) throw wrong(name, 'is no moment as in 2026-11-23T07:00:00Z');
    return { type: { kind: 'DateTime' }, value: empty ? null : { kind: 'dateTime', ms } };
  }
  if (typeof type !== 'string') throw wrong(name, 'needs a type');
  const enumeration = model.find('enumeration', type)?.content;
  if (enumeration) {
    const found = enumeration.values.find((one) => one.name === value);
    if (!found && !empty) throw wrong(name, `is no value of ${type}`);
    return {
      type: { kind: 'Enumeration', enumeration: type },
      value: found ? { kind: 'enumeration', enumeration: type, value: found.id as ElementId } : null,
    };
  }
  if (!model.find('entity', type)) throw wrong(name, `has the type ${type}, which is no entity or enumeration`);
  const object = empty ? undefined : objects.all.get(String(value) as ObjectId);
  if (!object && !empty) throw wrong(name, `names ${String(value)}, which is no demo object`);
  return {
    type: { kind: 'Object', entity: type },
    value: object ? { kind: 'object', entity: object.entity, id: object.id } : null,
  };
}

function wrong(name: string, what: string) {
  return userFault('eval/wrong-variable', `The variable $${name} ${what}.`);
}

/** As cells are, enumeration values by name. */
function jsonOf(value: Value, model: Model): Json {
  if (typeof value === 'object' && value !== null && 'kind' in value) {
    if (value.kind === 'list') return value.items.map((item) => item.id);
    if (value.kind === 'dateTime') return new Date(value.ms).toISOString();
    if (value.kind === 'enumeration') {
      const values = model.find('enumeration', value.enumeration)?.content.values ?? [];
      return values.find((one) => one.id === value.value)?.name ?? null;
    }
  }
  return toCell(value);
}
