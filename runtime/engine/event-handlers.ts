import type { Result } from '@skerry/shared/base/result';
import type { Value } from '@skerry/shared/expression/value';
import type { FlowError, Values } from '@skerry/shared/flow/effect';
import type { FlowProgram } from '@skerry/shared/flow/program';
import type { EventHandler } from '@skerry/shared/metamodel/entity';
import type { SqlTransaction } from '../store/sql-queue.ts';
import type { Failure, FlowEffect } from './device-face.ts';
import { refuse } from './failure.ts';
import type { LocalTransaction } from './local-transaction.ts';
import type { EntityHandler } from './running-app.ts';
import type { LoadedObject } from './stored-object.ts';
import type { WorkingSet } from './working-set.ts';

/** Runs a flow inside a transaction that is open and stays so. @param depth how many flows have led here */
export type JoinFlow = (
  joined: { readonly transaction: SqlTransaction; readonly local: LocalTransaction },
  program: FlowProgram,
  args: Values,
  depth: number,
) => Promise<{ readonly result: Result<Value, FlowError>; readonly effects: readonly FlowEffect[] }>;

export interface HandlerScope {
  readonly transaction: SqlTransaction;
  readonly local: LocalTransaction;
  readonly working: WorkingSet;
  readonly join: JoinFlow;
  readonly depth: number;
  /** Takes what the flows show. */
  readonly effects: FlowEffect[];
}

type Occasion = Pick<EventHandler, 'moment' | 'event'>;

export function handlersOf({ entity }: LoadedObject, { moment, event }: Occasion): readonly EntityHandler[] {
  return entity.handlers.filter(({ handler }) => handler.moment === moment && handler.event === event);
}

/**
 * Runs an object's handlers one after the other.
 *
 * @returns false when one that comes before says that it shall not happen, in silence; one that speaks up refuses
 */
export async function runHandlers(scope: HandlerScope, object: LoadedObject, occasion: Occasion): Promise<boolean> {
  for (const { handler, program } of handlersOf(object, occasion)) {
    const value = await runHandler(scope, object, handler, program);
    if (handler.moment === 'before' && value === false) return false;
  }
  return true;
}

async function runHandler(
  { transaction, local, working, join, depth, effects }: HandlerScope,
  object: LoadedObject,
  handler: EventHandler,
  program: FlowProgram,
): Promise<Value> {
  const saved = working.save();
  await transaction.exec('SAVEPOINT "$handler"');
  const { result, effects: shown } = await join(
    { transaction, local },
    program,
    argumentsOf(program, handler, object),
    depth,
  );
  if (!result.ok && isBeyondUser(program, result.error)) {
    // It acts with rights that its user does not have: the service runs it when the change arrives.
    await transaction.exec('ROLLBACK TO "$handler"');
    await transaction.exec('RELEASE "$handler"');
    working.restore(saved);
    return null;
  }
  await transaction.exec('RELEASE "$handler"');
  effects.push(...shown);
  if (!result.ok) return refuse(result.error.code, result.error.message, feedbackIn(shown));
  const isRefused = handler.moment === 'before' && result.value === false && handler.raiseErrorOnFalse;
  return isRefused ? refuse('commit/refused', wordsIn(shown), feedbackIn(shown)) : result.value;
}

function argumentsOf(program: FlowProgram, handler: EventHandler, object: LoadedObject): Values {
  const [parameter] = program.parameters.filter(({ type }) => type.kind === 'Object');
  if (!handler.passObject || !parameter) return {};
  return { [parameter.name]: { kind: 'object', entity: object.entity.name, id: object.id } };
}

function isBeyondUser(program: FlowProgram, error: FlowError): boolean {
  return program.kind === 'microflow' && !program.applyEntityAccess && error.code.startsWith('access/');
}

function wordsIn(effects: readonly FlowEffect[]): string {
  const speaking = effects.find(({ kind }) => kind === 'validationFeedback' || kind === 'showMessage');
  const text = speaking && 'text' in speaking ? speaking.text : '';
  return text || 'A rule of the app does not allow this.';
}

function feedbackIn(effects: readonly FlowEffect[]): Failure['members'] {
  const members = effects.flatMap((effect) =>
    effect.kind === 'validationFeedback'
      ? [{ object: effect.object, member: effect.member, message: effect.text }]
      : [],
  );
  return members.length > 0 ? members : undefined;
}
