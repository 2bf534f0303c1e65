import type { Clock, Transport } from '../platform/ports.ts';
import { backoffDelayMs } from './backoff.ts';

export interface PingStreamOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly random: () => number;
  /** Null while nobody is signed in. */
  readonly token: () => string | null;
  readonly onPing: () => void;
}

/** Listens for word that pulling is worthwhile, and listens again when the stream breaks. A lost ping costs time, never data. */
export class PingStream {
  readonly #options: PingStreamOptions;
  #stream: { close(): void } | null = null;
  #retry: (() => void) | null = null;
  #breaks = 0;
  #wanted = false;

  constructor(options: PingStreamOptions) {
    this.#options = options;
  }

  open(): void {
    this.#wanted = true;
    if (this.#stream || this.#retry) return;
    const token = this.#options.token();
    if (token === null) return;
    const stream = this.#options.transport.stream(
      '/api/sync/pings',
      { authorization: `Bearer ${token}` },
      () => {
        this.#breaks = 0;
        this.#options.onPing();
      },
      () => this.#broken(stream),
    );
    this.#stream = stream;
  }

  close(): void {
    this.#wanted = false;
    this.#retry?.();
    this.#retry = null;
    const stream = this.#stream;
    this.#stream = null;
    stream?.close();
  }

  #broken(stream: { close(): void }): void {
    if (this.#stream !== stream) return;
    this.#stream = null;
    if (!this.#wanted) return;
    this.#breaks++;
    this.#retry = this.#options.clock.after(backoffDelayMs(this.#breaks, this.#options.random()), () => {
      this.#retry = null;
      // What was said while nobody listened is made up for by a pull.
      if (this.#wanted) this.#options.onPing();
      if (this.#wanted) this.open();
    });
  }
}
