import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type BetterSqlite3 from 'better-sqlite3';
import { DataSource } from 'typeorm';
import { entities } from './entities/index.ts';
import { migrations } from './migrations/index.ts';

/** The one connection that writes: WAL, and every commit on the disk before it is answered. */
export async function openWriter(dataFolder: string): Promise<DataSource> {
  mkdirSync(dataFolder, { recursive: true });
  const source = new DataSource({
    type: 'better-sqlite3',
    database: databaseFile(dataFolder),
    entities,
    migrations,
    migrationsTableName: 'migration',
    synchronize: false,
    statementCacheSize: 500,
    prepareDatabase: (database: BetterSqlite3.Database) => {
      database.pragma('journal_mode = WAL');
      database.pragma('synchronous = FULL');
      database.pragma('busy_timeout = 5000');
    },
  });
  await source.initialize();
  await source.runMigrations();
  return source;
}

/** A connection that can only read. */
export async function openReader(dataFolder: string): Promise<DataSource> {
  const source = new DataSource({
    type: 'better-sqlite3',
    database: databaseFile(dataFolder),
    entities,
    synchronize: false,
    readonly: true,
    statementCacheSize: 200,
    prepareDatabase: (database: BetterSqlite3.Database) => {
      database.pragma('busy_timeout = 5000');
    },
  });
  return source.initialize();
}

export function databaseFile(dataFolder: string): string {
  return join(dataFolder, 'skerry.sqlite');
}
