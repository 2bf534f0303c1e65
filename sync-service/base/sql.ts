import type { EntityManager } from 'typeorm';

/** A value as the database binds and yields it. */
export type SqlValue = string | number | bigint | Uint8Array | null;
export type SqlRow = { readonly [column: string]: SqlValue };

/** Statements against one connection. Parameters are `?` in every dialect; values never stand in the text. */
export interface Sql {
  all(sql: string, parameters?: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** @returns number of rows changed */
  run(sql: string, parameters?: readonly SqlValue[]): Promise<number>;
  /** The service's own tables, on the same connection and in the same transaction. */
  readonly manager: EntityManager;
}

/** One database transaction that may write. */
export interface WriteUnit extends Sql {
  /** Runs `work`; when it answers `keep: false`, or throws, what it wrote is taken back. */
  savepoint<T extends { readonly keep: boolean }>(work: () => Promise<T>): Promise<T>;
  /** Runs after the commit; never after a rollback. */
  afterCommit(action: () => void): void;
}

/** Where the service keeps everything. */
export interface Database {
  /** One transaction from start to end; units wait for each other, so nothing of another unit comes between. */
  write<T>(work: (unit: WriteUnit) => Promise<T>): Promise<T>;
  /** Statements that see one snapshot. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
