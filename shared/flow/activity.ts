import { unreachable } from '../base/invariant.ts';
import type { Value } from '../expression/value.ts';
import type { Effect, ValueChange, Values } from './effect.ts';
import { type Evaluator, type InterruptedOutcome, Interruption, isError, isObject, refuse } from './evaluate.ts';
import { fitsAs } from './fit.ts';
import { aggregate, changeList, operateOnList } from './lists.ts';
import type { Activity, ActivityKind, MemberChange } from './program.ts';
import type { FlowState } from './state.ts';

export type ActivityOutcome =
  | InterruptedOutcome
  | { readonly kind: 'assign'; readonly output: string; readonly value: Value; readonly next: number }
  | { readonly kind: 'ask'; readonly effect: Effect };

const WRITES: ReadonlySet<ActivityKind> = new Set<ActivityKind>([
  'createObject',
  'changeObject',
  'commit',
  'delete',
  'rollback',
  'callNanoflow',
  'callMicroflow',
  'callAction',
  'clearFromDevice',
]);

/** Whether an activity may have changed data when it fails, so that going on needs a savepoint before it (FL12). */
export function writes(kind: ActivityKind): boolean {
  return WRITES.has(kind);
}

/** Does what needs no world; says what to ask for the rest. */
export function performActivity(activity: Activity, state: FlowState, evaluator: Evaluator): ActivityOutcome {
  try {
    return perform(activity, state.variables, evaluator);
  } catch (thrown) {
    if (thrown instanceof Interruption) return thrown.outcome;
    throw thrown;
  }
}

function perform(activity: Activity, variables: Values, evaluator: Evaluator): ActivityOutcome {
  const assign = (output: string, value: Value): ActivityOutcome =>
    isError(value) ? refuse(value.code, value.message) : { kind: 'assign', output, value, next: activity.next };
  switch (activity.kind) {
    case 'cast': {
      const value = variables[activity.variable];
      const fits = isObject(value) && evaluator.environment.isA(value.entity, activity.entity.name);
      return assign(activity.output, fits ? value : null);
    }
    case 'createList':
      return assign(activity.output, { kind: 'list', entity: activity.entity.name, items: [] });
    case 'changeList':
      return assign(activity.variable, changeList(activity, variables, evaluator));
    case 'listOperation':
      return assign(activity.output, operateOnList(activity, variables, evaluator));
    case 'aggregateList':
      return assign(activity.output, aggregate(activity, variables, evaluator));
    case 'setVariable':
      return assign(
        activity.output,
        activity.value === undefined ? null : fitsAs(evaluator.evaluate(activity.value, variables), activity.type),
      );
    case 'opaque':
      return refuse('flow/opaque', `${activity.type} was imported and cannot run.`);
    default:
      return { kind: 'ask', effect: effectOf(activity, variables, evaluator) };
  }
}

type Internal = 'cast' | 'createList' | 'changeList' | 'listOperation' | 'aggregateList' | 'setVariable' | 'opaque';

function effectOf(activity: Exclude<Activity, { kind: Internal }>, variables: Values, evaluator: Evaluator): Effect {
  const all = (texts: { readonly [name: string]: string }): Values =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, evaluator.evaluate(text, variables)]));
  const printed = (texts: readonly string[]) => texts.map((text) => evaluator.print(text, variables));
  switch (activity.kind) {
    case 'createObject':
      return {
        kind: 'create',
        entity: activity.entity,
        changes: changed(activity.changes, variables, evaluator),
        commit: activity.commit,
      };
    case 'changeObject':
      return {
        kind: 'change',
        object: evaluator.object(activity.variable, variables),
        changes: changed(activity.changes, variables, evaluator),
        commit: activity.commit,
      };
    case 'commit':
      return {
        kind: 'commit',
        objects: evaluator.objects(activity.variable, variables),
        withEvents: activity.withEvents,
      };
    case 'delete':
    case 'rollback':
    case 'synchronizeToDevice':
      return { kind: activity.kind, objects: evaluator.objects(activity.variable, variables) };
    case 'retrieve': {
      const { entity, constraint, sort } = activity;
      const named = Object.fromEntries(activity.variables.map((name) => [name, variables[name] ?? null]));
      return {
        kind: 'retrieve',
        entity,
        constraint,
        variables: named,
        sort,
        range: rangeOf(activity.range, variables, evaluator),
      };
    }
    case 'follow': {
      const { association, direction, single, entity } = activity;
      return {
        kind: 'follow',
        object: evaluator.object(activity.variable, variables),
        association,
        direction,
        single,
        entity,
      };
    }
    case 'callNanoflow':
    case 'callMicroflow':
    case 'callAction':
      return { kind: activity.kind, target: activity.target, arguments: all(activity.arguments) };
    case 'callRest':
      return {
        kind: 'callRest',
        method: activity.method,
        url: evaluator.print(activity.url, variables),
        headers: Object.fromEntries(
          Object.entries(activity.headers).map(([name, text]) => [name, evaluator.print(text, variables)]),
        ),
        body: activity.body === undefined ? null : evaluator.print(activity.body, variables),
      };
    case 'showPage':
      return { kind: 'showPage', page: activity.page, arguments: all(activity.arguments) };
    case 'closePage':
    case 'showHomePage':
    case 'cancelSynchronization':
    case 'signOut':
      return { kind: activity.kind };
    case 'showMessage':
      return {
        kind: 'showMessage',
        level: activity.level,
        text: activity.text,
        parameters: printed(activity.parameters),
        blocking: activity.blocking,
      };
    case 'validationFeedback': {
      const object = evaluator.object(activity.variable, variables);
      return {
        kind: 'validationFeedback',
        object,
        member: activity.member,
        text: activity.text,
        parameters: printed(activity.parameters),
      };
    }
    case 'openUrl':
      return { kind: 'openUrl', url: evaluator.print(activity.url, variables) };
    case 'logMessage':
      return { kind: 'log', level: activity.level, message: evaluator.print(activity.message, variables) };
    case 'synchronize':
      return {
        kind: 'synchronize',
        scope: activity.scope,
        objects: activity.variables.flatMap((name) => evaluator.objects(name, variables)),
      };
    case 'clearFromDevice':
      return {
        kind: 'clearFromDevice',
        ...(activity.entity ? { entity: activity.entity } : {}),
        ...(activity.variable === undefined ? {} : { objects: evaluator.objects(activity.variable, variables) }),
      };
    default:
      return unreachable(activity);
  }
}

function changed(changes: readonly MemberChange[], variables: Values, evaluator: Evaluator): readonly ValueChange[] {
  return changes.map(({ member, operation, value }) => ({
    member,
    operation,
    value: evaluator.evaluate(value, variables),
  }));
}

function rangeOf(range: Extract<Activity, { kind: 'retrieve' }>['range'], variables: Values, evaluator: Evaluator) {
  if (range.kind !== 'custom') return range;
  return {
    kind: range.kind,
    offset: evaluator.count(range.offset, variables),
    limit: evaluator.count(range.limit, variables),
  };
}
