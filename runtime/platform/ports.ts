import type { Session, ZoneTransitions } from '@skerry/shared/expression/session';

/** A value SQLite binds and yields. Integers beyond 2^53 come back as bigint, never rounded. */
export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = { readonly [column: string]: SqlValue };

/** One SQLite database file. Calls are serialised by the store: at most one transaction is open, and nobody else writes. */
export interface SqlDriver {
  all(sql: string, parameters?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** @returns number of rows changed */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  /** The same statement once per row; one call over a bridge or worker however many rows. */
  runMany(sql: string, rows: readonly (readonly SqlValue[])[]): Promise<void>;
  /** Several statements without parameters. */
  exec(sql: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the store's files by name in the app's private place. */
export interface SqlOpener {
  open(name: string): Promise<SqlDriver>;
  exists(name: string): Promise<boolean>;
  delete(name: string): Promise<void>;
  /** Sets a file aside under another name, for a corrupt store. */
  rename(from: string, to: string): Promise<void>;
  readonly durability: 'persistent' | 'bestEffort' | 'memory';
  /**
   * A new store does without a log until its second opening: it is being filled, new pages need no journal, and a log
   * would write each of them twice. For platforms on which each write is dear.
   */
  readonly fillsDirectly?: boolean;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path on the service, beginning with `/`. */
  readonly path: string;
  readonly headers?: { readonly [name: string]: string };
  readonly body?: string | Uint8Array;
  readonly timeoutMs?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
  /** Bytes as they crossed the wire where the platform knows, else the body's length. */
  readonly wireBytes: number;
}

/** Reaches the service. Rejects only when no answer came: that is what offline means to the engine. */
export interface Transport {
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Server-sent events, until closed; `onEnd` when the stream breaks. */
  stream(
    path: string,
    headers: { readonly [name: string]: string },
    onEvent: (data: string) => void,
    onEnd: () => void,
  ): { close(): void };
}

/** File bodies on the device, by SHA-256 (lower-case hex). */
export interface FileStore {
  has(hash: string): Promise<boolean>;
  read(hash: string): Promise<Uint8Array | null>;
  write(hash: string, body: Uint8Array): Promise<void>;
  delete(hash: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `delayMs`; the returned function cancels. */
  after(delayMs: number, callback: () => void): () => void;
}

export interface Random {
  bytes(count: number): Uint8Array;
}

/** Where the device is: what sessions take from the host. */
export interface Locale {
  readonly zone: string;
  readonly locale: string;
  transitions(zone: string): ZoneTransitions;
}

export interface Connectivity {
  /** The platform's guess; the engine judges by its requests and takes this only as a hint to try again. */
  onHint(listener: (online: boolean) => void): () => void;
}

export interface Log {
  write(
    level: 'debug' | 'info' | 'warning' | 'error',
    message: string,
    details?: { readonly [key: string]: unknown },
  ): void;
}

/** Everything the engine needs of the world; a host supplies one of each. */
export interface Ports {
  readonly sql: SqlOpener;
  readonly transport: Transport;
  readonly files: FileStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly locale: Locale;
  readonly connectivity: Connectivity;
  readonly log: Log;
  /** Name of the platform for the fleet view: 'web', 'node'… */
  readonly platform: string;
  /** SHA-256 of large bodies, by whatever the platform does fastest. */
  digest(body: Uint8Array): Promise<string>;
}

export type { Session };
