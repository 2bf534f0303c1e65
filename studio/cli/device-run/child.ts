import { type ChildProcess, fork } from 'node:child_process';
import { operationalFault } from '@skerry/shared/base/fault';

/** How a child process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process that answers messages; `ended` holds when it is gone, whatever the reason. */
export interface Child<ToChild, FromChild> {
  readonly pid: number;
  send(message: ToChild): void;
  onMessage(listener: (message: FromChild) => void): void;
  /** Rejects when the child ends before a message for which `pick` gives a value. */
  awaited<T>(pick: (message: FromChild) => T | undefined): Promise<T>;
  readonly ended: Promise<Ending>;
  readonly kill: () => Promise<Ending>;
}

const ERRORS_KEPT = 4000;

/** Starts a module of this folder in a process of its own, under the same Node. */
export function forkChild<ToChild extends object, FromChild>(
  module: string,
  environment: { readonly [name: string]: string } = {},
): Child<ToChild, FromChild> {
  const child: ChildProcess = fork(new URL(module, import.meta.url), [], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
    execArgv: [],
  });
  let errors = '';
  child.stderr?.on('data', (data: Buffer) => {
    errors = (errors + data.toString('utf8')).slice(-ERRORS_KEPT);
  });
  const ended = new Promise<Ending>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const onMessage = (listener: (message: FromChild) => void) => {
    child.on('message', listener as (message: unknown) => void);
  };
  return {
    pid: child.pid ?? 0,
    send: (message) => {
      // A child that has just died is noticed by its ending, not by the message that did not reach it.
      child.send(message, () => {});
    },
    onMessage,
    awaited: (pick) =>
      new Promise((resolve, reject) => {
        onMessage((message) => {
          const found = pick(message);
          if (found !== undefined) resolve(found);
        });
        void ended.then(({ code, signal }) =>
          reject(
            operationalFault(
              'scenario/process-ended',
              `A process ended unexpectedly (${signal ?? code}). ${errors}`.trim(),
            ),
          ),
        );
      }),
    ended,
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
