import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import { selectSql } from '@skerry/shared/constraint/select-sql';
import { toPredicate } from '@skerry/shared/constraint/to-predicate';
import { createTablesSql } from '@skerry/shared/relational/create-tables';
import { quoteName } from '@skerry/shared/relational/dialect';
import { planTables } from '@skerry/shared/relational/plan-tables';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnPostgres, useDatabase } from '../support/postgres-database.ts';
import { environmentOf, model, readerOf, variableTypes, view } from './fixture.ts';
import { randomConstraint, randomRows, randomSurroundings } from './random.ts';
import { insertSql } from './sqlite.ts';

describeOnPostgres('random constraints', () => {
  const plan = planTables(model);
  const database = useDatabase();
  let client: pg.Client;

  beforeAll(async () => {
    client = new pg.Client({ connectionString: database().url });
    await client.connect();
    for (const statement of createTablesSql(plan, 'postgres')) await client.query(statement);
  });
  afterAll(() => client.end());

  it('[CX1–CX13] keep the same rows as in memory', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomRows,
        randomSurroundings,
        fc.array(randomConstraint, { minLength: 20, maxLength: 40 }),
        async (rows, surroundings, constraints) => {
          await client.query(`TRUNCATE ${plan.tables.map(({ name }) => quoteName(name)).join(', ')}`);
          for (const { sql, parameters } of insertSql(plan, rows, 'postgres')) await client.query(sql, [...parameters]);
          const reader = readerOf(rows);
          const environment = environmentOf(surroundings);
          for (const { entity, text } of constraints) {
            const { resolved } = resolveConstraint(text, { view, entity, variables: variableTypes(surroundings) });
            const keeps = toPredicate(resolved!, environment);
            const inMemory = rows
              .filter((row) => resolved!.entities.includes(row.entityId) && keeps(row.id, reader))
              .map(({ id }) => id);
            const query = selectSql({ constraint: resolved! }, plan, 'postgres', environment);
            const found = await client.query<{ $id: string }>(query.sql, [...query.parameters]);
            expect({ text, ids: found.rows.map((row) => row.$id) }).toEqual({ text, ids: inMemory.toSorted() });
          }
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);
});
