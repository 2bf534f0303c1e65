import type { EvaluationEnvironment } from '@skerry/shared/expression/environment';
import type { Value } from '@skerry/shared/expression/value';
import type { Values } from '@skerry/shared/flow/effect';
import type { FlowEnvironment } from '@skerry/shared/flow/evaluate';
import { constantOf, type Viewpoint } from '../viewpoint.ts';
import { MissingData, type ObjectData } from './object-data.ts';

export interface EnvironmentParts {
  readonly viewpoint: Viewpoint;
  readonly data: ObjectData;
  /** Whether only what the user may read is seen. */
  readonly guarded: boolean;
  /** At least 0, below 1. */
  readonly random: () => number;
  readonly variables?: Values;
}

/** What flows evaluate with: undefined for what is not at hand. */
export function flowEnvironment({ viewpoint, data, guarded, random, variables }: EnvironmentParts): FlowEnvironment {
  const { model, user, environment } = viewpoint;
  const currentUser: Value = { kind: 'object', entity: user.entity, id: user.id };
  return {
    session: environment.session,
    variable(name) {
      if (variables && Object.hasOwn(variables, name)) return variables[name];
      if (name === 'currentUser') return currentUser;
      // Nobody can tell from which kind of device a request came.
      return name === 'currentDeviceType' ? null : undefined;
    },
    read: (object, member) => data.read(object, member, guarded),
    follow: (object, association) => data.follow(object, association, guarded),
    constant: (name) => constantOf(model, name),
    enumeration: (name) => model.model.find('enumeration', name)?.content,
    isA: (entity, ancestor) => model.view.isA(entity, ancestor),
    status: (object, status) => status === 'isNew' && object !== null && data.working.get(object.id)?.isNew === true,
    userRole: (name) => model.model.security.userRoles.find((role) => role.name === name)?.id,
    random,
    ...(environment.zone ? { zone: environment.zone } : {}),
  };
}

/** For expressions and constraints that are evaluated in one go: what is not at hand is thrown as `MissingData`. */
export function evaluationEnvironment(parts: EnvironmentParts): EvaluationEnvironment {
  const environment = flowEnvironment(parts);
  const present = (value: Value | undefined, read: MissingData['read']): Value => {
    if (value === undefined) throw new MissingData(read);
    return value;
  };
  return {
    ...environment,
    status: (object, status) => environment.status(object, status) === true,
    read: (object, member) => present(environment.read(object, member), { object, member, kind: 'attribute' }),
    follow: (object, association) =>
      present(environment.follow(object, association), { object, member: association, kind: 'association' }),
  };
}

/** Evaluates again and again until all that it asks for is at hand. */
export async function withData<T>({ data, guarded }: EnvironmentParts, evaluate: () => T): Promise<T> {
  for (;;) {
    try {
      return evaluate();
    } catch (thrown) {
      if (!(thrown instanceof MissingData)) throw thrown;
      await data.load([thrown.read], guarded);
    }
  }
}
