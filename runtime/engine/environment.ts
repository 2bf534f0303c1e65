import type { EvaluationEnvironment } from '@skerry/shared/expression/environment';
import type { Session } from '@skerry/shared/expression/session';
import type { Value } from '@skerry/shared/expression/value';
import type { FlowEnvironment } from '@skerry/shared/flow/evaluate';
import { MissingData } from '../flow/missing-data.ts';
import type { ObjectValues } from '../flow/object-values.ts';
import type { Locale } from '../platform/ports.ts';
import { constantValue, standing } from './environment-values.ts';
import type { ReaderContext } from './stored-object.ts';

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
    status: (object, status) => {
      const { isSyncing } = context.evaluation();
      return object === null ? status === 'isSyncing' && isSyncing : values.status(object, status, isSyncing);
    },
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
    status: (object, status) =>
      object === null
        ? environment.status(object, status) === true
        : present(environment.status(object, status), { object, member: status, kind: 'attribute' }),
  };
}

function present<T>(value: T | undefined, read: MissingData['read']): T {
  if (value === undefined) throw new MissingData(read);
  return value;
}
