import { type CellType, fromCell } from '@skerry/shared/expression/convert';
import type { EvaluationEnvironment } from '@skerry/shared/expression/environment';
import type { Session } from '@skerry/shared/expression/session';
import type { Value } from '@skerry/shared/expression/value';
import type { FlowEnvironment } from '@skerry/shared/flow/evaluate';
import { MissingData, type ObjectValues } from '../flow/object-values.ts';
import type { Locale } from '../platform/ports.ts';
import type { ReaderContext } from './object-reader.ts';
import type { RunningApp } from './running-app.ts';

export interface EnvironmentParts {
  readonly context: ReaderContext;
  readonly values: ObjectValues;
  readonly session: Session;
  readonly variables: { readonly [name: string]: Value };
  readonly locale: Locale;
  /** At least 0, below 1. */
  readonly random: () => number;
}

/** What flows evaluate with: undefined for what is not at hand. */
export function flowEnvironment(parts: EnvironmentParts): FlowEnvironment {
  const { context, values, session } = parts;
  const { app } = context;
  return {
    session,
    variable: (name) => (Object.hasOwn(parts.variables, name) ? parts.variables[name] : standing(name, session)),
    read: (object, member) => values.read(object, member),
    follow: (object, association) => values.follow(context, object, association),
    constant: (name) => constantValue(app, name),
    enumeration: (name) => app.bundle.model.find('enumeration', name)?.content,
    isA: (entity, ancestor) => app.view.isA(entity, ancestor),
    status: (object, status) =>
      status === 'isNew' && object !== null && (context.working.get(object.id)?.isNew ?? false),
    userRole: (name) => app.bundle.scope.roles.find((role) => role.name === name)?.id,
    random: parts.random,
    zone: (name) => parts.locale.transitions(name),
  };
}

/** What constraints bind with: what is not at hand is thrown as `MissingData`. */
export function bindingEnvironment(parts: EnvironmentParts): EvaluationEnvironment {
  const environment = flowEnvironment(parts);
  return {
    ...environment,
    read: (object, member) => present(environment.read(object, member), { object, member, kind: 'attribute' }),
    follow: (object, association) =>
      present(environment.follow(object, association), { object, member: association, kind: 'association' }),
  };
}

function present(value: Value | undefined, read: MissingData['read']): Value {
  if (value === undefined) throw new MissingData(read);
  return value;
}

function standing(name: string, session: Session): Value | undefined {
  if (name === 'currentUser') {
    return session.user === null ? null : { kind: 'object', entity: session.userEntity, id: session.user };
  }
  if (name === 'currentDeviceType') return 'Phone';
  return undefined;
}

function constantValue(app: RunningApp, name: string): Value {
  const constant = app.bundle.model.find('constant', name)?.content;
  if (!constant) return null;
  const type: CellType = { kind: constant.type };
  switch (constant.type) {
    case 'Integer':
      return fromCell(Number(constant.value), type);
    case 'Boolean':
      return fromCell(constant.value === 'true', type);
    case 'DateTime':
      return fromCell(Date.parse(constant.value), type);
    default:
      return fromCell(constant.value, type);
  }
}
