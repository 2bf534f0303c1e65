import { selectSql } from '@skerry/shared/constraint/select-sql';
import { createTablesSql } from '@skerry/shared/relational/create-tables';
import { planTables } from '@skerry/shared/relational/plan-tables';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeOnPostgres, useDatabase } from '../support/postgres-database.ts';
import { inOrder, resolveCase, runnableCases, titleOf } from './constraint-cases.ts';
import { environmentOf, keyOf, model, rows } from './fixture.ts';
import { insertSql } from './sqlite.ts';

describeOnPostgres('constraints', () => {
  const plan = planTables(model);
  const database = useDatabase();
  let client: pg.Client;

  beforeAll(async () => {
    client = new pg.Client({ connectionString: database().url });
    await client.connect();
    for (const statement of createTablesSql(plan, 'postgres')) await client.query(statement);
    for (const { sql, parameters } of insertSql(plan, rows, 'postgres')) await client.query(sql, [...parameters]);
  });
  afterAll(() => client.end());

  for (const one of runnableCases) {
    it(titleOf(one), async () => {
      const { constraint, sort } = resolveCase(one);
      const { limit, offset } = one;
      const query = selectSql({ constraint: constraint!, sort, limit, offset }, plan, 'postgres', environmentOf(one));
      const found = await client.query<{ $id: string }>(query.sql, [...query.parameters]);
      expect(
        inOrder(
          one,
          found.rows.map((row) => keyOf(row.$id)),
        ),
      ).toEqual(inOrder(one, one.expected!));
    });
  }
});
