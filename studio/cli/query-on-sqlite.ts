import type { ObjectId } from '@skerry/shared/base/ids';
import { toSql } from '@skerry/shared/constraint/to-sql';
import { toBind } from '@skerry/shared/relational/bind';
import { createTablesSql } from '@skerry/shared/relational/create-tables';
import { quoteName } from '@skerry/shared/relational/dialect';
import type { EntityTable, LinkTable, RelationalPlan } from '@skerry/shared/relational/plan';
import { planTables } from '@skerry/shared/relational/plan-tables';
import type { DemoObjects } from '@skerry/shared/scope/demo-objects';
import Database from 'better-sqlite3';
import type { DemoQuery, PreparedQuery } from '../host/query/query-demo-data.ts';

/** The same question asked of a database in memory, filled with the demo data: one statement per table of the entity. */
export function queryOnSqlite(
  query: DemoQuery,
  { resolved, environment, readable }: PreparedQuery,
): readonly ObjectId[] {
  const plan = planTables(query.model);
  const database = new Database(':memory:');
  try {
    for (const statement of createTablesSql(plan, 'sqlite')) database.exec(statement);
    fill(database, plan, query.objects);
    const found: ObjectId[] = [];
    for (const entity of plan.entities.find((one) => one.id === resolved.entity)?.concrete ?? []) {
      const table = plan.tables.find((one): one is EntityTable => one.kind === 'entity' && one.entityId === entity);
      if (!table) continue;
      const { sql: text, parameters } = toSql(resolved, plan, 'sqlite', { environment, alias: 'o', entity });
      const rows = database
        .prepare(`SELECT o."$id" AS id FROM ${quoteName(table.name)} o WHERE ${text}`)
        .all(...parameters);
      found.push(...(rows as { id: ObjectId }[]).map((row) => row.id));
    }
    return found.filter(readable).sort();
  } finally {
    database.close();
  }
}

function fill(database: Database.Database, plan: RelationalPlan, objects: DemoObjects): void {
  const names = new Map(plan.entities.map((entity) => [entity.id, entity.name]));
  for (const table of plan.tables) {
    if (table.kind === 'entity') fillEntity(database, table, names.get(table.entityId) ?? '', objects);
    else fillLinks(database, table, plan, objects);
  }
}

function fillEntity(database: Database.Database, table: EntityTable, entity: string, objects: DemoObjects): void {
  const columns = ['$id', ...table.columns.map((column) => column.name)];
  const insert = database.prepare(
    `INSERT INTO ${quoteName(table.name)} (${columns.map(quoteName).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  for (const object of objects.all.values()) {
    if (object.entity !== entity) continue;
    insert.run(
      object.id,
      ...table.columns.map((column) => toBind(object.cells[column.memberId] ?? null, column.type, 'sqlite')),
    );
  }
}

function fillLinks(database: Database.Database, table: LinkTable, plan: RelationalPlan, objects: DemoObjects): void {
  if (!plan.associations.some((association) => association.id === table.associationId)) return;
  const insert = database.prepare(`INSERT INTO ${quoteName(table.name)} ("$owner", "$target") VALUES (?, ?)`);
  for (const object of objects.all.values()) {
    for (const target of objects.reach(object.id, table.associationId, 'forward')) insert.run(object.id, target);
  }
}
