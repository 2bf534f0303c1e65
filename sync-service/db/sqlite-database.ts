import type { DataSource, QueryRunner } from 'typeorm';
import { exclusive } from '../base/exclusive.ts';
import type { Database, Sql, SqlRow, SqlValue, WriteUnit } from '../base/sql.ts';
import { openReader, openWriter } from './data-source.ts';

const READERS = 2;

/**
 * SQLite as design 6.3 wants it: one writer behind a queue, each unit from start to end. TypeORM's own `transaction`
 * is never entered twice: a second one would become a savepoint of the first and be lost with it.
 */
export async function openSqliteDatabase(dataFolder: string): Promise<Database> {
  const writer = await openWriter(dataFolder);
  const readers = await Promise.all(Array.from({ length: READERS }, () => openReader(dataFolder)));
  const writeInTurn = exclusive();
  const lanes = readers.map((source) => ({ source, inTurn: exclusive(), waiting: 0 }));
  return {
    write: (work) => writeInTurn(() => writeUnit(writer, work)),
    async read(work) {
      const lane = lanes.reduce((best, one) => (one.waiting < best.waiting ? one : best));
      lane.waiting++;
      try {
        return await lane.inTurn(() => readUnit(lane.source, work));
      } finally {
        lane.waiting--;
      }
    },
    async close() {
      await writeInTurn(() => writer.destroy());
      for (const lane of lanes) await lane.inTurn(() => lane.source.destroy());
    },
  };
}

async function writeUnit<T>(source: DataSource, work: (unit: WriteUnit) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  const afterwards: (() => void)[] = [];
  let result: T;
  await runner.startTransaction();
  try {
    let depth = 0;
    result = await work({
      ...sqlOf(runner),
      async savepoint(inner) {
        const name = `unit${++depth}`;
        await runner.query(`SAVEPOINT ${name}`);
        let keep = false;
        try {
          const answer = await inner();
          keep = answer.keep;
          return answer;
        } finally {
          depth--;
          if (!keep) await runner.query(`ROLLBACK TO ${name}`);
          await runner.query(`RELEASE ${name}`);
        }
      },
      afterCommit: (action) => afterwards.push(action),
    });
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  }
  for (const action of afterwards) action();
  return result;
}

async function readUnit<T>(source: DataSource, work: (sql: Sql) => Promise<T>): Promise<T> {
  const runner = source.createQueryRunner();
  await runner.query('BEGIN');
  try {
    return await work(sqlOf(runner));
  } finally {
    await runner.query('COMMIT');
  }
}

function sqlOf(runner: QueryRunner): Sql {
  return {
    manager: runner.manager,
    all: async (sql, parameters = []) => (await runner.query(sql, parameters as SqlValue[])) as readonly SqlRow[],
    async run(sql, parameters = []) {
      const answer = await runner.query(sql, parameters as SqlValue[], true);
      return answer.affected ?? 0;
    },
  };
}
