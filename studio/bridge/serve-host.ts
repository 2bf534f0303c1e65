import { Fault } from '@skerry/shared/base/fault';
import type { JsonObject } from '@skerry/shared/base/json';
import { CALLS, type CallName, type Handlers } from './calls/index.ts';
import type { BridgeError } from './calls/shapes.ts';
import type { Channel } from './channel.ts';
import { z } from './declare.ts';
import type { Notify } from './notifications.ts';
import { type Answer, question, type Telling } from './words.ts';

/** What a host gives to be served to windows. */
export interface ServedHost {
  readonly handlers: Handlers;
  /** Hears everything that windows are told; returns how to stop. */
  onNotify(listener: Notify): () => void;
  /** Tells a window that comes later what others have heard and cannot be asked for. */
  welcome?(notify: Notify): void;
}

/** For whoever looks after the host: what a window must not be shown. */
export type DefectLog = (message: string, error?: unknown) => void;

/**
 * Serves a host to the window at the other end until the channel closes. Requests are judged by their declarations
 * before a handler sees them. A window is told of a Fault in the Fault's words, of anything else that `bridge/defect`
 * happened, with the particulars in the log.
 */
export function serveHost(channel: Channel, host: ServedHost, log: DefectLog): void {
  const notify: Notify = (name, body) => channel.send({ tell: name, body } satisfies Telling);
  host.welcome?.(notify);
  const stop = host.onNotify(notify);
  channel.onClose(stop);
  channel.onMessage((message) => {
    const read = z.safeParse(question, message);
    if (read.success) void answerTo(channel, host.handlers, read.data, log);
    else log(`A window sent what is no question: ${whatIsWrong(read.error)}.`);
  });
}

async function answerTo(
  channel: Channel,
  handlers: Handlers,
  { ask, call, request }: z.infer<typeof question>,
  log: DefectLog,
): Promise<void> {
  const send = (answer: Answer) => channel.send(answer);
  try {
    send({ answer: ask, reply: await replyTo(handlers, call, request) });
  } catch (error) {
    if (!(error instanceof Fault)) log(`The call ${call} failed.`, error);
    send({ answer: ask, error: errorFor(error, call) });
  }
}

async function replyTo(handlers: Handlers, call: string, request: unknown): Promise<unknown> {
  if (!isCall(call)) throw new Fault('user', 'bridge/unknown-call', `The host does not know the call ${call}.`);
  const read = z.safeParse(CALLS[call].request, request);
  if (!read.success) {
    throw new Fault('user', 'bridge/bad-request', `The request of ${call} is wrong: ${whatIsWrong(read.error)}.`);
  }
  // Each handler takes what its own declaration has just judged; that is more than the type of the table can say.
  const handler = handlers[call] as (request: unknown) => unknown;
  const reply = await handler(read.data);
  return reply === undefined ? {} : reply;
}

function isCall(name: string): name is CallName {
  return Object.hasOwn(CALLS, name);
}

function errorFor(error: unknown, call: string): BridgeError {
  if (!(error instanceof Fault)) {
    return { code: 'bridge/defect', message: `Something in the studio is broken: ${call} failed. The log says more.` };
  }
  const { code, message } = error;
  const details = jsonOf(error.details);
  return { code, message, ...(details && { details }) };
}

/** Details are for people and machines elsewhere; what cannot travel stays here. */
function jsonOf(details: object): JsonObject | undefined {
  try {
    const value = JSON.parse(JSON.stringify(details)) as JsonObject;
    return Object.keys(value).length === 0 ? undefined : value;
  } catch {
    return undefined;
  }
}

function whatIsWrong(error: z.core.$ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}
