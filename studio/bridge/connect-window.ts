import { BridgeFault } from './bridge-fault.ts';
import { type Ask, CALLS, type CallName } from './calls/index.ts';
import type { Channel } from './channel.ts';
import { z } from './declare.ts';
import { type Listen, NOTIFICATIONS, type NotificationName } from './notifications.ts';
import { answer, type Question, telling } from './words.ts';

/** A window's end of one channel. */
export interface WindowConnection {
  /** Rejects with a BridgeFault; `bridge/closed` when the channel closes before the answer. */
  readonly ask: Ask;
  readonly listen: Listen;
  close(): void;
}

interface Asked {
  readonly call: CallName;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (fault: BridgeFault) => void;
}

/**
 * Speaks to the host at the other end. Answers and notifications are judged by their declarations like questions are:
 * a host of another version is met with an error that says so, never with half a reply.
 */
export function connectWindow(channel: Channel, log: (message: string) => void = () => {}): WindowConnection {
  const asked = new Map<number, Asked>();
  const listeners = new Map<string, Set<(body: never) => void>>();
  let lastNumber = 0;
  let isClosed = false;

  const take = (message: object) => {
    const answered = z.safeParse(answer, message);
    if (answered.success) {
      settle(answered.data, asked);
      return;
    }
    const told = z.safeParse(telling, message);
    const body = told.success ? judged(told.data) : undefined;
    if (told.success && body !== undefined) {
      for (const listener of listeners.get(told.data.tell) ?? []) listener(body as never);
    } else log('The host sent a message that this window does not understand.');
  };
  channel.onMessage(take);
  channel.onClose(() => {
    isClosed = true;
    for (const { reject } of asked.values()) reject(closedFault());
    asked.clear();
  });

  return {
    ask: (call, request) =>
      new Promise((resolve, reject) => {
        if (isClosed) {
          reject(closedFault());
          return;
        }
        const number = ++lastNumber;
        asked.set(number, { call, resolve: resolve as (reply: unknown) => void, reject });
        channel.send({ ask: number, call, request } satisfies Question);
      }),
    listen(name, listener) {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
    close: () => channel.close(),
  };
}

function settle(message: z.infer<typeof answer>, asked: Map<number, Asked>): void {
  const question = asked.get(message.answer);
  if (!question) return;
  asked.delete(message.answer);
  if (message.error) {
    const { code, message: words, details } = message.error;
    question.reject(new BridgeFault(code, words, details));
    return;
  }
  const reply = z.safeParse(CALLS[question.call].reply, message.reply);
  if (reply.success) question.resolve(reply.data);
  else question.reject(new BridgeFault('bridge/bad-reply', `The host's answer to ${question.call} is not understood.`));
}

function judged({ tell, body }: z.infer<typeof telling>): unknown {
  if (!Object.hasOwn(NOTIFICATIONS, tell)) return undefined;
  const read = z.safeParse(NOTIFICATIONS[tell as NotificationName], body);
  return read.success ? read.data : undefined;
}

function closedFault(): BridgeFault {
  return new BridgeFault('bridge/closed', 'The connection to the studio was lost before the answer came.');
}
