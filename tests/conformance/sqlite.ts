import { toBind } from '@skerry/shared/relational/bind';
import { createTablesSql } from '@skerry/shared/relational/create-tables';
import { type BindValue, type Dialect, quoteName, type Sql } from '@skerry/shared/relational/dialect';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import Database from 'better-sqlite3';
import type { Row } from './fixture.ts';

/** Statements that write rows into the tables of a plan. */
export function insertSql(plan: RelationalPlan, all: readonly Row[], dialect: Dialect): Sql[] {
  const statements: Sql[] = [];
  const place = (at: number) => (dialect === 'sqlite' ? '?' : `$${at + 1}`);
  const insert = (table: string, columns: readonly string[], parameters: readonly BindValue[]) =>
    statements.push({
      sql: `INSERT INTO ${quoteName(table)} (${columns.map(quoteName).join(', ')}) VALUES (${columns.map((_, at) => place(at)).join(', ')})`,
      parameters,
    });
  for (const row of all) {
    for (const table of plan.tables) {
      if (table.kind === 'entity' && table.entityId === row.entityId) {
        const cells = table.columns.map((column) =>
          toBind(row.cells.get(column.memberId) ?? row.links.get(column.memberId)?.[0] ?? null, column.type, dialect),
        );
        insert(table.name, ['$id', ...table.columns.map((column) => column.name)], [row.id, ...cells]);
      }
      if (table.kind === 'link')
        for (const target of row.links.get(table.associationId) ?? [])
          insert(table.name, ['$owner', '$target'], [row.id, target]);
    }
  }
  return statements;
}

export interface QueryDatabase {
  /** Ids in the order of the result. */
  select(query: Sql): string[];
}

export function openSqlite(plan: RelationalPlan, all: readonly Row[]): QueryDatabase {
  const database = new Database(':memory:');
  for (const statement of createTablesSql(plan, 'sqlite')) database.exec(statement);
  for (const { sql, parameters } of insertSql(plan, all, 'sqlite')) database.prepare(sql).run(...parameters);
  return {
    select: ({ sql, parameters }) =>
      database
        .prepare<BindValue[], { $id: string }>(sql)
        .all(...parameters)
        .map((row) => row.$id),
  };
}
