import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { median } from './bench.ts';
import { benchRows, COLUMNS, DDL } from './sync/rows.ts';

/** What this machine can do with the same rows when nothing but the rows is to be moved. */
export interface RawLimits {
  /** Prepared inserts in one transaction: WAL, synchronous FULL. */
  readonly insertRowsPerSecond: number;
  /** Rows as JSON arrays over HTTP on the loopback device, received and thrown away. */
  readonly transferRowsPerSecond: number;
  /** The same, parsed and inserted, in one process. */
  readonly naiveRowsPerSecond: number;
  /** An empty answer to `fetch` over a kept connection. */
  readonly roundTripMs: number;
  /** Size of the plain SQLite file. */
  readonly fileBytes: number;
  readonly wireBytes: number;
}

const RUNS = 3;
const ROUND_TRIPS = 200;

/** @param folder for the SQLite files */
export async function rawLimits(count: number, folder: string): Promise<RawLimits> {
  const rows = [...benchRows(count)].map((row) => COLUMNS.map((column) => row[column]));
  const body = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const server = createServer((request, answer) => void answer.end(request.url === '/rows' ? body : '{}'));
  // Inserting holds up the one thread for longer than connections are kept by default.
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  let files = 0;
  const freshFile = () => join(folder, `raw-${files++}.db`);
  const each = async (work: () => Promise<number> | number) => {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run++) times.push(await work());
    return (count / median(times)) * 1000;
  };
  try {
    let last = '';
    const insertRowsPerSecond = await each(() => {
      last = freshFile();
      return insert(last, rows);
    });
    const transferRowsPerSecond = await each(async () => {
      const start = performance.now();
      await (await fetch(`${url}/rows`)).arrayBuffer();
      return performance.now() - start;
    });
    const naiveRowsPerSecond = await each(async () => {
      const start = performance.now();
      const text = await (await fetch(`${url}/rows`)).text();
      const received = text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown[]);
      insert(freshFile(), received);
      return performance.now() - start;
    });
    const trips: number[] = [];
    for (let trip = 0; trip < ROUND_TRIPS; trip++) {
      const start = performance.now();
      await (await fetch(`${url}/`)).text();
      trips.push(performance.now() - start);
    }
    const fileBytes = statSync(last).size;
    return {
      insertRowsPerSecond,
      transferRowsPerSecond,
      naiveRowsPerSecond,
      roundTripMs: median(trips),
      fileBytes,
      wireBytes: body.length,
    };
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** @returns milliseconds until the commit is on the disk; closing moves the rows into the file, as a device's does */
function insert(file: string, rows: readonly (readonly unknown[])[]): number {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec(`CREATE TABLE items ${DDL}`);
  const statement = db.prepare(`INSERT INTO items VALUES (${COLUMNS.map(() => '?').join(', ')})`);
  const start = performance.now();
  db.transaction(() => {
    for (const row of rows) statement.run(...row);
  })();
  const ms = performance.now() - start;
  db.close();
  return ms;
}
