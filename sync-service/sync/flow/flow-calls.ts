import { Fault, userFault } from '@skerry/shared/base/fault';
import { hashJson } from '@skerry/shared/base/hash';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { Json } from '@skerry/shared/base/json';
import type { FlowError } from '@skerry/shared/flow/effect';
import type { FlowProgram } from '@skerry/shared/flow/program';
import type { FlowCallAnswer, FlowCallRequest } from '@skerry/shared/protocol/flow-call';
import type { Authenticated, User } from '../../auth/index.ts';
import type { Clock, RandomBytes } from '../../base/clock.ts';
import type { Database } from '../../base/sql.ts';
import { findCall, insertCall } from '../../db/repositories/flow-calls.repository.ts';
import { type ActiveModel, microflowById, type Releases } from '../../releases/index.ts';
import { WriteRefused } from '../objects/write-refused.ts';
import { NO_PLACE, viewpointOf } from '../viewpoint.ts';
import { openWorkspace, runFlow } from './flow-run.ts';
import { holdForDevice } from './hold-for-device.ts';
import { argumentsOf, storedObjects, wireResult } from './wire-values.ts';
import type { FlowLog, Workspace } from './workspace.ts';

export interface FlowCallPorts {
  readonly database: Database;
  readonly releases: Releases;
  readonly now: Clock;
  readonly random: RandomBytes;
  readonly log: FlowLog;
  /** Told after the commit which entities changed. */
  readonly onChanged: (entities: ReadonlySet<ElementId>, by: ObjectId) => void;
}

export type CallFlow = (who: Authenticated, request: FlowCallRequest) => Promise<FlowCallAnswer>;

type Outcome = { readonly answer: FlowCallAnswer } | { readonly error: FlowError };

/**
 * Runs a microflow for a user as one unit: all it wrote, or nothing. What came of a call, a failure too, is kept with its
 * id and answered again word for word.
 */
export function createFlowCalls({ database, releases, now, random, log, onChanged }: FlowCallPorts): CallFlow {
  return async ({ caller, user }, request) => {
    const hash = hashJson({ ...request, deviceId: caller.deviceId } as unknown as Json);
    const outcome = await database.write(async (unit): Promise<Outcome> => {
      const known = await findCall(unit, request.id);
      if (known) return remembered(known, user, caller.deviceId, hash);
      const model = releases.active();
      const program = callable(model, user, request.microflow);
      const atMs = now();
      const viewpoint = await viewpointOf(unit, model, user, request.place ?? NO_PLACE, atMs);
      const author = { transactionId: request.id, deviceId: caller.deviceId, sequence: null, userId: user.id, atMs };
      const workspace = openWorkspace({ unit, viewpoint, author, random, log });
      const args = await argumentsOf(workspace, program, request.arguments);
      const { outcome: ran } = await unit.savepoint(async () => {
        const result = await runToEnd(workspace, program, args);
        return { keep: 'answer' in result, outcome: result };
      });
      const call = { id: request.id, userId: user.id, deviceId: caller.deviceId, hash, atMs };
      await insertCall(unit, { ...call, outcome: JSON.stringify(ran) });
      if ('answer' in ran) unit.afterCommit(() => onChanged(workspace.writer.entities, caller.deviceId));
      return ran;
    });
    if ('answer' in outcome) return outcome.answer;
    const { code, message, ...place } = outcome.error;
    throw userFault(code, message, place);
  };
}

/** @throws Fault `flow/unknown`, `flow/not-allowed`, `flow/not-runnable` */
function callable(model: ActiveModel, user: User, id: string): FlowProgram {
  const found = microflowById(model.model, id);
  if (!found) throw userFault('flow/unknown', 'The app has no such microflow any more. Synchronise and try again.');
  if ('problem' in found) throw userFault('flow/not-runnable', `This microflow cannot run: ${found.problem}`);
  const { program } = found;
  const own = new Set(user.roles.map((role) => role.id as string));
  const moduleRoles = new Set(
    model.model.security.userRoles.filter((role) => own.has(role.id)).flatMap((role) => role.moduleRoles),
  );
  if (program.allowedModuleRoles.some((role) => moduleRoles.has(role))) return program;
  throw userFault('flow/not-allowed', `You may not start ${program.name}.`);
}

async function runToEnd(
  workspace: Workspace,
  program: FlowProgram,
  args: Parameters<typeof runFlow>[2],
): Promise<Outcome> {
  try {
    const result = await runFlow(workspace, program, args, 0);
    if (!result.ok) return { error: result.error };
    await workspace.writer.check();
    const { unit, viewpoint, author } = workspace.parts;
    await holdForDevice(unit, viewpoint.model, await storedObjects(workspace, result.value), author);
    const messages = workspace.told.map(({ level, text }) => ({ level, text }));
    return { answer: { result: await wireResult(workspace, result.value, program.returnType), messages } };
  } catch (thrown) {
    if (thrown instanceof WriteRefused || (thrown instanceof Fault && thrown.family === 'user')) {
      return { error: { code: thrown.code, message: thrown.message } };
    }
    throw thrown;
  }
}

/** @throws Fault `flow/call-id-taken` */
function remembered(
  known: { readonly userId: string; readonly deviceId: string; readonly hash: string; readonly outcome: string },
  user: User,
  deviceId: string,
  hash: string,
): Outcome {
  if (known.userId === user.id && known.deviceId === deviceId && known.hash === hash) {
    return JSON.parse(known.outcome) as Outcome;
  }
  throw userFault('flow/call-id-taken', 'Another call has this id. Give each call an id of its own.');
}
