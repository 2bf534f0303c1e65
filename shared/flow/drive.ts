import { err, ok, type Result } from '../base/result.ts';
import type { Value } from '../expression/value.ts';
import type { Effect, FlowError, FlowEvent, Values } from './effect.ts';
import type { FlowEnvironment } from './evaluate.ts';
import type { FlowProgram } from './program.ts';
import { FLOW_LIMITS, type FlowLimits, startFlow, step } from './step.ts';

/** What a host is told beside an effect. */
export interface EffectContext {
  readonly program: FlowProgram;
  /** For flows that the effect calls: their depth. */
  readonly calledDepth: number;
}

/** Does one effect. What it answers as an error the flow may handle; what it throws ends the run as a defect. */
export type Perform = (effect: Effect, context: EffectContext) => Promise<Result<Value, FlowError>>;

export interface DriveOptions {
  /** Asked before every step: members and variables change while a flow runs. */
  readonly environment: () => FlowEnvironment;
  readonly perform: Perform;
  readonly depth?: number;
  readonly limits?: FlowLimits;
  /** Programs of the flows it may call. A call that finds its program here never reaches `perform`. */
  readonly program?: (effect: {
    readonly kind: 'callNanoflow' | 'callMicroflow';
    readonly name: string;
  }) => FlowProgram | undefined;
}

/** Runs a flow to its end against a host that does its effects. The flow's transaction is the host's to begin and end. */
export async function driveFlow(
  program: FlowProgram,
  given: Values,
  options: DriveOptions,
): Promise<Result<Value, FlowError>> {
  const depth = options.depth ?? 0;
  let state = startFlow(program, given, depth);
  let event: FlowEvent = { kind: 'begin' };
  for (;;) {
    const { state: next, effect } = step(program, state, event, options.environment(), options.limits ?? FLOW_LIMITS);
    state = next;
    if (!effect) break;
    const outcome = await perform(effect, program, depth, options);
    event = outcome.ok ? { kind: 'answer', value: outcome.value } : { kind: 'failure', error: outcome.error };
  }
  return state.error ? err(state.error) : ok(state.result);
}

function perform(
  effect: Effect,
  program: FlowProgram,
  depth: number,
  options: DriveOptions,
): Promise<Result<Value, FlowError>> {
  if (effect.kind === 'callNanoflow' || effect.kind === 'callMicroflow') {
    const called = options.program?.({ kind: effect.kind, name: effect.target.name });
    if (called) return driveFlow(called, effect.arguments, { ...options, depth: depth + 1 });
  }
  return options.perform(effect, { program, calledDepth: depth + 1 });
}
