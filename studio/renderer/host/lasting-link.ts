import type { Channel } from '@skerry/studio/bridge/channel';
import { connectWindow, type WindowConnection } from '@skerry/studio/bridge/connect-window';
import type { ConnectionState } from './connection-store.ts';
import { BridgeFault, type HostLink } from './host-link.ts';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

export interface LastingLinkParts {
  /** A channel that is open; rejects with BridgeFault `bridge/no-session` when trying again is of no use, else with anything. */
  readonly open: () => Promise<Channel>;
  /** After a connection was lost and another stands: what was told in between is unknown. */
  readonly onReconnect: () => void;
  readonly onState: (state: ConnectionState) => void;
  readonly wait: (milliseconds: number) => Promise<void>;
  readonly log?: (message: string) => void;
}

export interface LastingLink extends HostLink {
  close(): void;
}

/**
 * A link to the host that outlives its channels: when one breaks, another is opened, after longer and longer waits.
 * Listeners stay. Calls wait for the first channel; later ones made while there is none reject with `bridge/closed`.
 */
export function lastingLink(parts: LastingLinkParts): LastingLink {
  const listeners: { readonly name: never; readonly listener: never; stop: () => void }[] = [];
  let current: WindowConnection | undefined;
  let isClosed = false;
  let connectedOnce = false;
  let firstSettled = () => {};
  const first = new Promise<void>((resolve) => {
    firstSettled = resolve;
  });
  let ended: BridgeFault | undefined;

  const keepOpen = async () => {
    for (let waitMs = FIRST_WAIT_MS; !isClosed; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      try {
        const channel = await parts.open();
        if (isClosed) {
          channel.close();
          return;
        }
        use(channel);
        return;
      } catch (error) {
        if (error instanceof BridgeFault && error.code === 'bridge/no-session') {
          ended = error;
          parts.onState({ status: 'ended', message: error.message });
          firstSettled();
          return;
        }
        parts.onState({ status: connectedOnce ? 'lost' : 'connecting' });
      }
      await parts.wait(waitMs);
    }
  };

  const use = (channel: Channel) => {
    const connection = connectWindow(channel, parts.log);
    current = connection;
    for (const one of listeners) one.stop = connection.listen(one.name, one.listener);
    channel.onClose(() => {
      current = undefined;
      if (isClosed) return;
      parts.onState({ status: 'lost' });
      void keepOpen();
    });
    parts.onState({ status: 'connected' });
    firstSettled();
    if (connectedOnce) parts.onReconnect();
    connectedOnce = true;
  };

  void keepOpen();
  return {
    async ask(call, request) {
      await first;
      if (current) return current.ask(call, request);
      throw ended ?? new BridgeFault('bridge/closed', 'There is no connection to the studio at the moment.');
    },
    listen(name, listener) {
      const one = { name: name as never, listener: listener as never, stop: () => {} };
      if (current) one.stop = current.listen(name, listener);
      listeners.push(one);
      return () => {
        one.stop();
        const index = listeners.indexOf(one);
        if (index >= 0) listeners.splice(index, 1);
      };
    },
    close() {
      isClosed = true;
      current?.close();
      firstSettled();
    },
  };
}
