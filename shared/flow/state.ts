import Big from 'big.js';
import type { Json, JsonObject } from '../base/json.ts';
import type { ObjectValue, Value } from '../expression/value.ts';
import type { Effect, FlowError, Values } from './effect.ts';

/** One round of a loop that is under way. */
export interface LoopState {
  /** Place of the loop's operation. */
  readonly loop: number;
  /** The list as it was when the loop began; none for while. */
  readonly items: readonly ObjectValue[];
  readonly index: number;
}

/** What the flow waits for. `effect` is what was asked; asking it again after a restart is right. */
export type Waiting =
  | { readonly for: 'flowSavepoint' | 'load' | 'activity'; readonly effect: Effect }
  /** `then` is the activity's own effect. */
  | { readonly for: 'activitySavepoint'; readonly effect: Effect; readonly then: Effect }
  | { readonly for: 'release'; readonly effect: Effect; readonly next: number }
  /** `savepoint` of the flow stays, that of an activity is released afterwards. */
  | { readonly for: 'rollBack'; readonly effect: Effect; readonly next: number; readonly release: boolean }
  | { readonly for: 'finish'; readonly effect: Effect; readonly result: Value };

/**
 * Where a flow is: a value, never changed in place. `ready` before `begin`; `waiting` for an answer; then `completed`
 * with a result or `failed` with an error, for good.
 */
export interface FlowState {
  readonly status: 'ready' | 'waiting' | 'completed' | 'failed';
  /** Place of the current operation. */
  readonly at: number;
  readonly variables: Values;
  /** Outermost first. */
  readonly loops: readonly LoopState[];
  /** Operations done so far. */
  readonly steps: number;
  /** 0 for a flow that no other called. */
  readonly depth: number;
  /** Whether the current activity has its own savepoint. */
  readonly guarded: boolean;
  /** The error that a handler was entered with last; an error end hands it on. */
  readonly caught: FlowError | null;
  readonly waiting: Waiting | null;
  readonly result: Value;
  readonly error: FlowError | null;
}

/** The state as JSON; `restoreState` gives the same state back. */
export function serialiseState(state: FlowState): JsonObject {
  return pack(state) as JsonObject;
}

export function restoreState(json: JsonObject): FlowState {
  return unpack(json) as FlowState;
}

// Numbers that JSON has no form for are the only values that need a wrapping; `$` begins no key of a state.
function pack(value: unknown): Json {
  if (typeof value === 'bigint') return { $long: value.toString() };
  if (value instanceof Big) return { $decimal: value.toFixed() };
  if (Array.isArray(value)) return value.map(pack);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
  }
  return value as Json;
}

function unpack(value: Json | undefined): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (value === null || typeof value !== 'object') return value;
  const object = value as JsonObject;
  if (typeof object.$long === 'string') return BigInt(object.$long);
  if (typeof object.$decimal === 'string') return new Big(object.$decimal);
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, unpack(item)]));
}
