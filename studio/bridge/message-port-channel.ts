import type { Channel } from './channel.ts';
import { textChannel } from './text-channel.ts';

/** What a window's, Node's and Electron's message ports have in common, whatever they call it. */
export interface PortLine {
  post(text: string): void;
  onText(listener: (text: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

/**
 * A channel over a message port. Not every port tells its far end that it has closed, so the last text of a channel is
 * a farewell.
 */
export function messagePortChannel(port: PortLine): Channel {
  const { channel, receive, ended } = textChannel({
    send: (text) => port.post(text),
    close() {
      port.post(FAREWELL);
      port.close();
    },
  });
  port.onText((text) => {
    if (text !== FAREWELL) {
      receive(text);
      return;
    }
    ended();
    port.close();
  });
  port.onClose(ended);
  return channel;
}

const FAREWELL = '';
