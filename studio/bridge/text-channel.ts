import type { Channel } from './channel.ts';

/** What an adapter gives: a line that carries texts, each whole and in order. */
export interface TextLine {
  send(text: string): void;
  close(): void;
}

/** What an adapter calls when its line has news. */
export interface TextChannel {
  readonly channel: Channel;
  /** Anything but the text of a JSON object closes the channel: whoever sends that speaks another language. */
  readonly receive: (text: unknown) => void;
  /** The line has ended, whoever ended it. */
  readonly ended: () => void;
}

/** The part of a channel that is the same over every line. */
export function textChannel(line: TextLine): TextChannel {
  const waiting: object[] = [];
  let listener: ((message: object) => void) | undefined;
  const closeListeners: (() => void)[] = [];
  let isClosed = false;

  const ended = () => {
    if (isClosed) return;
    isClosed = true;
    for (const told of closeListeners.splice(0)) told();
  };
  const close = () => {
    if (isClosed) return;
    line.close();
    ended();
  };
  return {
    channel: {
      send(message) {
        if (!isClosed) line.send(JSON.stringify(message));
      },
      onMessage(newListener) {
        listener = newListener;
        for (const message of waiting.splice(0)) newListener(message);
      },
      onClose(told) {
        if (isClosed) told();
        else closeListeners.push(told);
      },
      close,
    },
    receive(text) {
      if (isClosed) return;
      const message = objectIn(text);
      if (message === undefined) close();
      else if (listener) listener(message);
      else waiting.push(message);
    },
    ended,
  };
}

function objectIn(text: unknown): object | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
