import { type ChildProcess, spawn } from 'node:child_process';
import { type DefectLog, type ServedHost, serveHost } from '@skerry/studio/bridge/serve-host';
import { type TextChannel, textChannel } from '@skerry/studio/bridge/text-channel';
import { DESKTOP_OPTIONS, type DesktopOptions, type FromDesktop, type ToDesktop } from '../main/desktop-options.ts';

const READY_LIMIT_MS = 20_000;

export interface DesktopStart {
  readonly binary: string;
  /** The built main script, after anything else that the binary is to be told. */
  readonly args: readonly string[];
  readonly options: DesktopOptions;
  readonly host: ServedHost;
  readonly log: DefectLog;
  readonly readyLimitMs?: number;
}

export interface RunningDesktop {
  /** Resolves when the last window has closed. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Opens the desktop window on the host of this process. Undefined when it does not come up: the browser is next. */
export async function startDesktop(start: DesktopStart): Promise<RunningDesktop | undefined> {
  const child = spawn(start.binary, [...start.args], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, [DESKTOP_OPTIONS]: JSON.stringify(start.options) },
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const ready = serveWindows(child, start.host, start.log);
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill();
    await ended;
  };
  if (await inTime(ready, ended, start.readyLimitMs ?? READY_LIMIT_MS)) return { ended, stop };
  await stop();
  return undefined;
}

/** One channel for each window that opens. @returns when the desktop says that it is ready */
function serveWindows(child: ChildProcess, host: ServedHost, log: DefectLog): Promise<void> {
  const windows = new Map<number, TextChannel>();
  const post = (message: ToDesktop) => {
    if (child.connected) child.send(message);
  };
  child.once('exit', () => {
    for (const { ended } of windows.values()) ended();
  });
  return new Promise((resolve) => {
    child.on('message', (message: FromDesktop) => {
      if (message.kind === 'ready') {
        resolve();
        return;
      }
      const { window } = message;
      if (message.kind === 'opened') {
        const opened = textChannel({
          send: (text) => post({ kind: 'text', window, text }),
          close: () => post({ kind: 'closed', window }),
        });
        windows.set(window, opened);
        serveHost(opened.channel, host, log);
      } else if (message.kind === 'text') windows.get(window)?.receive(message.text);
      else {
        windows.get(window)?.ended();
        windows.delete(window);
      }
    });
  });
}

async function inTime(ready: Promise<void>, ended: Promise<void>, limitMs: number): Promise<boolean> {
  let limit: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    limit = setTimeout(() => resolve(false), limitMs);
  });
  const isReady = await Promise.race([ready.then(() => true), ended.then(() => false), late]);
  clearTimeout(limit);
  return isReady;
}
