import { Fault, userFault } from '@skerry/shared/base/fault';
import { CALLS, type CallName, type Handlers } from '@skerry/studio/bridge/calls/index';
import type { HostContext } from './host-context.ts';

/** A part of the host: answers some of the calls, about the project that is open. */
export interface Room {
  readonly handlers: Partial<Handlers>;
  close(): Promise<void>;
}
export type MakeRoom = (context: HostContext) => Room;

/**
 * One handler for each call. A call that no room answers is answered with a Fault `bridge/not-available`; two rooms
 * that answer the same call are a defect.
 */
export function mergeHandlers(rooms: readonly Room[]): Handlers {
  const merged = new Map<string, unknown>();
  for (const { handlers } of rooms) {
    for (const [call, handler] of Object.entries(handlers)) {
      if (merged.has(call)) throw new Fault('defect', 'host/two-handlers', `Two rooms of the host answer ${call}.`);
      if (!Object.hasOwn(CALLS, call)) throw new Fault('defect', 'host/unknown-call', `Nobody asks ${call}.`);
      merged.set(call, handler);
    }
  }
  for (const call of Object.keys(CALLS)) {
    if (merged.has(call)) continue;
    merged.set(call, () => {
      throw userFault('bridge/not-available', `This studio does not answer ${call}.`, { call });
    });
  }
  return Object.fromEntries(merged) as { [C in CallName]: unknown } as Handlers;
}
