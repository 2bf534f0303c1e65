import { Defect, must } from '../base/invariant.ts';
import type { Value } from '../expression/value.ts';
import { type ActivityOutcome, performActivity, writes } from './activity.ts';
import { type ControlOutcome, type LoopOperation, performControl } from './control.ts';
import type { Effect, FlowError, FlowEvent, Values } from './effect.ts';
import { Evaluator, type FlowEnvironment } from './evaluate.ts';
import { fitsAs } from './fit.ts';
import type { Activity, FlowProgram, Operation } from './program.ts';
import type { FlowState, Waiting } from './state.ts';

/** Bounds of one run. Going over one fails the flow and is not for its handlers to catch (FL13). */
export interface FlowLimits {
  readonly steps: number;
  readonly depth: number;
}
export const FLOW_LIMITS: FlowLimits = { steps: 1_000_000, depth: 100 };

export interface StepResult {
  readonly state: FlowState;
  /** What the flow asks for, to be answered by the next event; null when it has completed or failed. */
  readonly effect: Effect | null;
}

/** The state before `begin`. A parameter without an argument is empty; `depth` counts the flows that called this one. */
export function startFlow(program: FlowProgram, given: Values, depth = 0): FlowState {
  const variables = Object.fromEntries(program.parameters.map(({ name }) => [name, given[name] ?? null]));
  return {
    status: 'ready',
    at: program.entry,
    variables,
    loops: [],
    steps: 0,
    depth,
    guarded: false,
    caught: null,
    waiting: null,
    result: null,
    error: null,
  };
}

/**
 * Takes a flow from one question to the world to the next. Pure: what the data hold comes through `environment`, all
 * else through `event`. A flow that cannot go on fails by its state; only misuse (an answer nobody asked for) throws.
 */
export function step(
  program: FlowProgram,
  state: FlowState,
  event: FlowEvent,
  environment: FlowEnvironment,
  limits: FlowLimits = FLOW_LIMITS,
): StepResult {
  return new Stepper(program, environment, limits).step(state, event);
}

class Stepper {
  readonly #program: FlowProgram;
  readonly #environment: FlowEnvironment;
  readonly #limits: FlowLimits;

  constructor(program: FlowProgram, environment: FlowEnvironment, limits: FlowLimits) {
    this.#program = program;
    this.#environment = environment;
    this.#limits = limits;
  }

  step(state: FlowState, event: FlowEvent): StepResult {
    if (event.kind === 'begin') {
      if (state.status !== 'ready') throw new Defect('A flow begins once.');
      return this.#begin(state);
    }
    const { waiting } = state;
    if (!waiting) throw new Defect(`The flow waits for nothing, yet was sent "${event.kind}".`);
    const going: FlowState = { ...state, waiting: null };
    return event.kind === 'answer'
      ? this.#answered(going, waiting, event.value)
      : this.#refused(going, waiting, event.error);
  }

  #begin(state: FlowState): StepResult {
    if (state.depth > this.#limits.depth) {
      return this.#fail(state, {
        code: 'flow/too-deep',
        message: `More than ${this.#limits.depth} flows call each other. Look for a flow that calls itself without end.`,
      });
    }
    const missing = this.#program.parameters.find(({ name, required }) => required && state.variables[name] === null);
    if (missing)
      return this.#fail(state, {
        code: 'flow/missing-argument',
        message: `${this.#program.name} needs a value for its parameter ${missing.name}.`,
      });
    if (this.#program.savepoint)
      return wait(state, { for: 'flowSavepoint', effect: { kind: 'setSavepoint', savepoint: flowSavepoint(state) } });
    return this.#run(state);
  }

  #answered(state: FlowState, waiting: Waiting, value: Value): StepResult {
    switch (waiting.for) {
      case 'flowSavepoint':
      case 'load':
        return this.#run(state);
      case 'activitySavepoint':
        return wait({ ...state, guarded: true }, { for: 'activity', effect: waiting.then });
      case 'activity':
        return this.#done(state, this.#activity(state), value);
      case 'release':
        return this.#run({ ...state, at: waiting.next });
      case 'rollBack': {
        if (!waiting.release) return this.#run({ ...state, at: waiting.next });
        return wait(state, {
          for: 'release',
          effect: { kind: 'releaseSavepoint', savepoint: activitySavepoint(state) },
          next: waiting.next,
        });
      }
      case 'finish':
        return { state: { ...state, status: 'completed', result: waiting.result }, effect: null };
    }
  }

  #refused(state: FlowState, waiting: Waiting, error: FlowError): StepResult {
    // Savepoints are the transaction's own affair: if one fails there is nothing left to handle the error in.
    return waiting.for === 'activity' || waiting.for === 'load' ? this.#error(state, error) : this.#fail(state, error);
  }

  /** Goes on from `state.at` until something is asked or the flow is over. */
  #run(from: FlowState): StepResult {
    let state = from;
    for (;;) {
      if (state.steps >= this.#limits.steps) {
        return this.#fail(state, {
          code: 'flow/too-many-steps',
          message: `${this.#program.name} did ${this.#limits.steps} steps and was stopped. Look for a loop without end.`,
        });
      }
      state = { ...state, steps: state.steps + 1 };
      const operation = must(this.#program.operations[state.at], 'a place of the program');
      const outcome = this.#perform(operation, state);
      switch (outcome.kind) {
        case 'go':
          state = outcome.state;
          break;
        case 'assign':
          state = { ...state, at: outcome.next, variables: { ...state.variables, [outcome.output]: outcome.value } };
          break;
        case 'load':
          return wait(state, { for: 'load', effect: { kind: 'load', reads: outcome.reads } });
        case 'ask':
          return this.#ask(state, this.#activity(state), outcome.effect);
        case 'return':
          return this.#finish(state, outcome.value);
        case 'error':
          return this.#error(state, outcome.error);
      }
    }
  }

  #perform(operation: Operation, state: FlowState): ControlOutcome | ActivityOutcome {
    const evaluator = new Evaluator(this.#program, this.#environment);
    return 'onError' in operation
      ? performActivity(operation, state, evaluator)
      : performControl(operation, state, evaluator, (place) => this.#loop(place));
  }

  #ask(state: FlowState, activity: Activity, effect: Effect): StepResult {
    const keeps = activity.onError === 'continue' || activity.onError === 'customWithoutRollback';
    if (!keeps || !writes(activity.kind)) return wait(state, { for: 'activity', effect });
    return wait(state, {
      for: 'activitySavepoint',
      effect: { kind: 'setSavepoint', savepoint: activitySavepoint(state) },
      then: effect,
    });
  }

  #done(state: FlowState, activity: Activity, value: Value): StepResult {
    const output = 'output' in activity ? activity.output : undefined;
    let variables = output === undefined ? state.variables : { ...state.variables, [output]: value };
    if (activity.kind === 'callRest') variables = { ...variables, latestHttpResponse: value };
    const done: FlowState = { ...state, variables, guarded: false };
    if (!state.guarded) return this.#run({ ...done, at: activity.next });
    return wait(done, {
      for: 'release',
      effect: { kind: 'releaseSavepoint', savepoint: activitySavepoint(state) },
      next: activity.next,
    });
  }

  /** FL11, FL12: what the current operation does about its failure. */
  #error(state: FlowState, error: FlowError): StepResult {
    const operation = this.#program.operations[state.at];
    const told = this.#told(state, error);
    if (!operation || !('onError' in operation) || operation.onError === 'abort') return this.#fail(state, told);
    const caught = { ...state, guarded: false };
    if (operation.onError === 'continue') {
      const { output } = operation as { readonly output?: string };
      const variables = output === undefined ? state.variables : { ...state.variables, [output]: null };
      return this.#recover({ ...caught, variables }, operation.next, state.guarded);
    }
    const handling = { ...caught, caught: told, variables: { ...state.variables, latestError: told.message } };
    const handler = must(operation.handler, 'a custom handler was checked');
    if (operation.onError === 'customWithoutRollback') return this.#recover(handling, handler, state.guarded);
    const effect: Effect = { kind: 'rollBackToSavepoint', savepoint: flowSavepoint(state) };
    return wait(handling, { for: 'rollBack', effect, next: handler, release: false });
  }

  #recover(state: FlowState, next: number, guarded: boolean): StepResult {
    if (!guarded) return this.#run({ ...state, at: next });
    const effect: Effect = { kind: 'rollBackToSavepoint', savepoint: activitySavepoint(state) };
    return wait(state, { for: 'rollBack', effect, next, release: true });
  }

  #finish(state: FlowState, value: Value): StepResult {
    const result = fitsAs(value, this.#program.returnType);
    if (result !== null && typeof result === 'object' && 'kind' in result && result.kind === 'error') {
      return this.#fail(state, { code: result.code, message: result.message });
    }
    if (!this.#program.savepoint) return { state: { ...state, status: 'completed', result }, effect: null };
    return wait(state, {
      for: 'finish',
      effect: { kind: 'releaseSavepoint', savepoint: flowSavepoint(state) },
      result,
    });
  }

  #fail(state: FlowState, error: FlowError): StepResult {
    return { state: { ...state, status: 'failed', error: this.#told(state, error) }, effect: null };
  }

  /** With the place where it happened, unless it happened deeper down and says so. */
  #told(state: FlowState, error: FlowError): FlowError {
    const node = this.#program.operations[state.at]?.node;
    return { ...(node ? { node } : {}), flow: this.#program.name, ...error };
  }

  #loop(place: number): LoopOperation {
    const operation = this.#program.operations[place];
    if (operation?.kind !== 'loop') throw new Defect('A break or continue names a loop.');
    return operation;
  }

  #activity(state: FlowState): Activity {
    const operation = this.#program.operations[state.at];
    if (!operation || !('onError' in operation)) throw new Defect('Only an activity asks the world.');
    return operation;
  }
}

function wait(state: FlowState, waiting: Waiting): StepResult {
  return { state: { ...state, status: 'waiting', waiting }, effect: waiting.effect };
}

// Flows that call each other share a transaction, so the depth tells their savepoints apart.
function flowSavepoint(state: FlowState): string {
  return `flow${state.depth}`;
}

function activitySavepoint(state: FlowState): string {
  return `activity${state.depth}`;
}
