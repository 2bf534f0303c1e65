import type { Cell } from '@skerry/shared/base/cell';
import { fromBind } from '@skerry/shared/relational/bind';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import Database from 'better-sqlite3';
import type { AppRules } from '../oracle/app-rules.ts';
import type { Held, State } from '../oracle/objects.ts';
import { Violation } from './violation.ts';
import type { Watch } from './watch.ts';

/** The service's objects as they stand in its database, read past the service. */
export function readService(databasePath: string, rules: AppRules): State {
  const database = new Database(databasePath, { readonly: true });
  database.defaultSafeIntegers(true);
  try {
    const [row] = database.prepare('SELECT "plan" FROM "release" WHERE "version" = ?').all(rules.version) as {
      plan: string;
    }[];
    return readObjects(database, JSON.parse(row?.plan ?? '{}') as RelationalPlan, rules);
  } finally {
    database.close();
  }
}

function readObjects(database: Database.Database, plan: RelationalPlan, rules: AppRules): State {
  const links = new Map<string, { [association: string]: string[] }>();
  for (const table of plan.tables) {
    if (table.kind !== 'link') continue;
    const rows = database.prepare(`SELECT "$owner", "$target" FROM "${table.name}" ORDER BY "$target"`).all() as {
      $owner: string;
      $target: string;
    }[];
    for (const { $owner, $target } of rows) {
      const own = links.get($owner) ?? {};
      links.set($owner, own);
      own[table.associationId] ??= [];
      own[table.associationId]?.push($target);
    }
  }
  const objects = new Map<string, Held>();
  for (const table of plan.tables) {
    if (table.kind !== 'entity') continue;
    for (const row of database.prepare(`SELECT * FROM "${table.name}"`).all() as {
      readonly [column: string]: unknown;
    }[]) {
      const id = String(row.$id);
      objects.set(id, {
        id,
        entity: rules.names.get(table.entityId) ?? table.entityId,
        rev: Number(row.$rev),
        cells: Object.fromEntries(
          table.columns.map((column) => [column.memberId, fromBind(row[column.name] as Cell, column.type, 'sqlite')]),
        ),
        links: links.get(id) ?? {},
        history: [],
      });
    }
  }
  return objects;
}

/** The service holds what the reference model holds, and keeps a record of whatever it refused and nobody settled. */
export function checkService(databasePath: string, watch: Watch): void {
  const actual = readService(databasePath, watch.rules);
  for (const object of watch.state.values()) {
    const row = actual.get(object.id);
    const what = `${object.entity} ${object.id}`;
    if (!row) throw new Violation('L1', `The service has lost ${what}.`);
    if (row.rev !== object.rev)
      throw new Violation('L1', `The service has ${what} at revision ${row.rev}; it should be at ${object.rev}.`);
    for (const [member, cell] of Object.entries(row.cells)) {
      const expected = object.cells[member] ?? null;
      if (cell !== expected)
        throw new Violation('L1', `The service has ${what} with ${member} = ${cell}; it should be ${expected}.`);
    }
    for (const association of new Set([...Object.keys(row.links), ...Object.keys(object.links)])) {
      const [here, expected] = [row.links[association] ?? [], object.links[association] ?? []].map((ids) =>
        [...ids].sort().join(' '),
      );
      if (here !== expected) throw new Violation('L1', `The service has other links of ${what} over ${association}.`);
    }
  }
  for (const id of actual.keys())
    if (!watch.state.has(id)) throw new Violation('L1', `The service has ${id}, which should not be there.`);
  checkRecords(databasePath, watch);
}

function checkRecords(databasePath: string, watch: Watch): void {
  const database = new Database(databasePath, { readonly: true });
  try {
    const rows = database.prepare('SELECT "id", "transaction", "outcome" FROM "record"').all() as {
      id: string;
      transaction: string;
      outcome: string | null;
    }[];
    const open = new Map(rows.filter((row) => row.outcome === null).map((row) => [row.id, row.transaction]));
    for (const [record, { transaction }] of watch.openRecords()) {
      if (!open.has(record))
        throw new Violation('L1', `The service has lost the record ${record} of a refused transaction.`);
      const kept = JSON.parse(open.get(record) ?? '{}') as { id: string };
      if (kept.id !== transaction.id) throw new Violation('L1', `The record ${record} keeps another transaction.`);
    }
  } finally {
    database.close();
  }
}
