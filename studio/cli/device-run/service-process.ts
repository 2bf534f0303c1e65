import { operationalFault, userFault } from '@skerry/shared/base/fault';
import { type Child, forkChild } from './child.ts';
import type { FromServiceHost, ServiceCommand, ServiceHostOptions, ToServiceHost } from './service-messages.ts';

/** A service in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly port: number;
  /** @returns what was done, for people */
  perform(command: ServiceCommand): Promise<string>;
  /** SIGKILL. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const STOP_MS = 10_000;

export async function startService(options: ServiceHostOptions): Promise<ServiceProcess> {
  const child: Child<ToServiceHost, FromServiceHost> = forkChild('./service-host.ts');
  const started = child.awaited((message) =>
    message.kind === 'ready' || message.kind === 'refused' ? message : undefined,
  );
  child.send({ kind: 'open', options });
  const answer = await started;
  if (answer.kind === 'refused') {
    await child.kill();
    throw operationalFault(answer.code, answer.message);
  }
  let calls = 0;
  return {
    url: answer.url,
    port: answer.port,
    async perform(command) {
      const call = ++calls;
      const done = child.awaited((message) =>
        message.kind !== 'ready' && message.call === call ? message : undefined,
      );
      child.send({ kind: 'command', call, command });
      const outcome = await done;
      if (outcome.kind === 'refused') throw userFault(outcome.code, outcome.message);
      return outcome.note;
    },
    async kill() {
      await child.kill();
    },
    async stop() {
      child.send({ kind: 'close' });
      const timer = setTimeout(() => void child.kill(), STOP_MS);
      await child.ended;
      clearTimeout(timer);
    },
  };
}
