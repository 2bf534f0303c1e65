import type { Value } from '../expression/value.ts';
import { type Evaluator, type InterruptedOutcome, Interruption, isList, isObject, refuse } from './evaluate.ts';
import type { ControlOperation } from './program.ts';
import type { FlowState, LoopState } from './state.ts';

export type ControlOutcome =
  | InterruptedOutcome
  | { readonly kind: 'go'; readonly state: FlowState }
  | { readonly kind: 'return'; readonly value: Value };

type ControlOf<K extends ControlOperation['kind']> = Extract<ControlOperation, { kind: K }>;
export type LoopOperation = ControlOf<'loop'>;

/** Does what moves the flow: ends, decisions, loops. `loopAt` gives the loop's operation at a place. */
export function performControl(
  operation: ControlOperation,
  state: FlowState,
  evaluator: Evaluator,
  loopAt: (place: number) => LoopOperation,
): ControlOutcome {
  try {
    return control(operation, state, evaluator, loopAt);
  } catch (thrown) {
    if (thrown instanceof Interruption) return thrown.outcome;
    throw thrown;
  }
}

function control(
  operation: ControlOperation,
  state: FlowState,
  evaluator: Evaluator,
  loopAt: (place: number) => LoopOperation,
): ControlOutcome {
  switch (operation.kind) {
    case 'pass':
      return go(state, operation.next);
    case 'end':
      return {
        kind: 'return',
        value: operation.value === undefined ? null : evaluator.evaluate(operation.value, state.variables),
      };
    case 'errorEnd':
      return rethrow(state);
    case 'decide':
      return go(state, decide(operation, state, evaluator));
    case 'decideType':
      return go(state, decideType(operation, state, evaluator));
    case 'loop': {
      const value = operation.over.kind === 'list' ? state.variables[operation.over.list] : null;
      return round(
        operation,
        { loop: state.at, items: isList(value) ? value.items : [], index: 0 },
        state.loops,
        state,
        evaluator,
      );
    }
    case 'again': {
      const top = state.loops.at(-1);
      if (!top) return refuse('flow/outside-loop', 'The loop to go on with is over.');
      return round(
        loopAt(operation.loop),
        { ...top, index: top.index + 1 },
        state.loops.slice(0, -1),
        state,
        evaluator,
      );
    }
    case 'break':
      return leave(loopAt(operation.loop), state.loops.slice(0, -1), state);
  }
}

function go(state: FlowState, at: number): ControlOutcome {
  return { kind: 'go', state: { ...state, at } };
}

/** Begins the round `current` of a loop, or leaves it when there is none. */
function round(
  operation: LoopOperation,
  current: LoopState,
  outer: readonly LoopState[],
  state: FlowState,
  evaluator: Evaluator,
): ControlOutcome {
  const variables = { ...state.variables, currentIndex: current.index };
  if (operation.over.kind === 'list') {
    const item = current.items[current.index];
    if (!item) return leave(operation, outer, state);
    const bound = { ...variables, [operation.over.item]: item };
    return { kind: 'go', state: { ...state, at: operation.body, variables: bound, loops: [...outer, current] } };
  }
  if (!evaluator.isTrue(operation.over.condition, variables)) return leave(operation, outer, state);
  return { kind: 'go', state: { ...state, at: operation.body, variables, loops: [...outer, current] } };
}

function leave(operation: LoopOperation, outer: readonly LoopState[], state: FlowState): ControlOutcome {
  const { currentIndex: _, ...rest } = state.variables;
  const around = outer.at(-1);
  const variables = around ? { ...rest, currentIndex: around.index } : rest;
  return { kind: 'go', state: { ...state, at: operation.next, variables, loops: outer } };
}

function decide(operation: ControlOf<'decide'>, state: FlowState, evaluator: Evaluator): number {
  const value = evaluator.evaluate(operation.condition, state.variables);
  const found = operation.cases.find(({ on }) => on === caseOf(value, evaluator));
  // An empty condition is false (EX rules); an empty enumeration has a case of its own.
  const chosen = found ?? (value === null ? operation.cases.find(({ on }) => on === 'false') : undefined);
  return chosen?.next ?? refuse('flow/no-case', `The decision has no way on for ${caseOf(value, evaluator)}.`);
}

function caseOf(value: Value, { environment }: Evaluator): string {
  if (value === null) return 'empty';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && 'kind' in value && value.kind === 'enumeration') {
    return environment.enumeration(value.enumeration)?.values.find(({ id }) => id === value.value)?.name ?? value.value;
  }
  return 'a value of another type';
}

function decideType(operation: ControlOf<'decideType'>, state: FlowState, { environment }: Evaluator): number {
  const value = state.variables[operation.variable];
  if (!isObject(value))
    return operation.empty ?? refuse('flow/no-case', `The decision has no way on for an empty $${operation.variable}.`);
  const fitting = operation.cases.filter(({ entity }) => environment.isA(value.entity, entity));
  const special = fitting.find(({ entity }) => fitting.every((other) => environment.isA(entity, other.entity)));
  return (
    special?.next ?? operation.otherwise ?? refuse('flow/no-case', `The decision has no way on for ${value.entity}.`)
  );
}

function rethrow(state: FlowState): ControlOutcome {
  const error = state.caught ?? { code: 'flow/error-end', message: String(state.variables.latestError ?? '') };
  return { kind: 'error', error };
}
