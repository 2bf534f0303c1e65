import type { JsonObject } from '@skerry/shared/base/json';
import { readModel } from '@skerry/shared/metamodel/model';
import { createTablesSql, indexesOf } from '@skerry/shared/relational/create-tables';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import { planTables } from '@skerry/shared/relational/plan-tables';
import { planUpgrade, upgradeSql } from '@skerry/shared/relational/upgrade';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { anApp } from '../../support/model-builder.ts';

type Edit = (documents: Map<string, JsonObject>) => void;

const start = anApp()
  .withEntity('M.A', {
    attributes: { X: 'String', Y: 'String', N: 'Integer' },
    associations: { A_B: 'M.B', A_Bs: 'M.B*' },
  })
  .withEntity('M.B', { attributes: { Z: 'Decimal' } })
  .build();

function planAfter(edit: Edit): RelationalPlan {
  const documents = new Map([...start].map(([path, document]) => [path, structuredClone(document) as JsonObject]));
  edit(documents);
  return planTables(readModel(documents));
}

const before = planTables(readModel(start));

function change(path: string, from: string, to: string): Edit {
  return (documents) =>
    documents.set(path, JSON.parse(JSON.stringify(documents.get(path)).replaceAll(from, to)) as JsonObject);
}

/** Upgrades a database with a row in each table, and gives its tables and columns, and that of a fresh one. */
function upgrade(after: RelationalPlan) {
  const upgraded = new Database(':memory:');
  for (const sql of createTablesSql(before, 'sqlite')) upgraded.exec(sql);
  upgraded.exec(
    `INSERT INTO "M$A" ("$id", "X", "Y", "N", "A_B") VALUES ('a', 'x', 'y', 7, 'b'); INSERT INTO "M$B" ("$id", "Z") VALUES ('b', '1'); INSERT INTO "M$A_Bs" VALUES ('a', 'b')`,
  );
  const steps = planUpgrade(before, after);
  for (const sql of upgradeSql(steps, 'sqlite')) upgraded.exec(sql);
  const fresh = new Database(':memory:');
  for (const sql of createTablesSql(after, 'sqlite')) fresh.exec(sql);
  expect(shapeOf(upgraded)).toEqual(shapeOf(fresh));
  return { upgraded, steps };
}

/** Tables, columns and indexes by name; columns have no order. */
function shapeOf(database: Database.Database) {
  const things = database
    .prepare<[], { type: string; name: string }>(
      "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  return things
    .map(({ type, name }) => {
      const columns = database
        .prepare<[string], { name: string; type?: string }>(
          type === 'table' ? 'SELECT name, type FROM pragma_table_info(?)' : 'SELECT name FROM pragma_index_info(?)',
        )
        .all(name);
      return `${type} ${name}: ${columns
        .map((column) => `${column.name} ${column.type ?? ''}`)
        .sort()
        .join(', ')}`;
    })
    .sort();
}

describe('upgrading tables', () => {
  it('does nothing between equal plans', () => {
    expect(
      planUpgrade(
        before,
        planAfter(() => {}),
      ),
    ).toEqual([]);
  });

  it('lets two attributes change names with each other and keeps their values', () => {
    const path = 'modules/M/entities/A.json';
    const swap: Edit = (documents) => {
      change(path, '"name":"X"', '"name":"Q"')(documents);
      change(path, '"name":"Y"', '"name":"X"')(documents);
      change(path, '"name":"Q"', '"name":"Y"')(documents);
    };
    const { upgraded } = upgrade(planAfter(swap));
    expect(upgraded.prepare('SELECT "X", "Y", "N" FROM "M$A"').get()).toEqual({ X: 'y', Y: 'x', N: 7 });
  });

  it('lets two entities change names with each other and keeps their rows', () => {
    const swap: Edit = (documents) => {
      change('modules/M/entities/A.json', '"name":"A"', '"name":"B"')(documents);
      change('modules/M/entities/A.json', '"to":"M.B"', '"to":"M.A"')(documents);
      change('modules/M/entities/B.json', '"name":"B"', '"name":"A"')(documents);
    };
    const { upgraded } = upgrade(planAfter(swap));
    expect(upgraded.prepare('SELECT "X", "A_B" FROM "M$B"').get()).toEqual({ X: 'x', A_B: 'b' });
    expect(upgraded.prepare('SELECT "Z" FROM "M$A"').get()).toEqual({ Z: '1' });
  });

  it('renames by case alone', () => {
    const { upgraded } = upgrade(planAfter(change('modules/M/entities/A.json', '"name":"X"', '"name":"x"')));
    expect(upgraded.prepare('SELECT "x" FROM "M$A"').get()).toEqual({ x: 'x' });
  });

  it('replaces a column whose type changed, and says that it is to be filled again', () => {
    const { upgraded, steps } = upgrade(
      planAfter(change('modules/M/entities/A.json', '"kind":"Integer"', '"kind":"Decimal"')),
    );
    expect(upgraded.prepare('SELECT "N" FROM "M$A"').get()).toEqual({ N: null });
    expect(steps.filter(({ kind }) => kind === 'refill')).toHaveLength(1);
  });

  it('adds and drops attributes, associations and entities', () => {
    upgrade(
      planAfter((documents) => {
        change('modules/M/entities/A.json', '"name":"A_B"', '"storage":"table","name":"A_B"')(documents);
        const entity = anApp()
          .withEntity('M.C', { attributes: { W: 'Boolean' }, associations: { C_B: 'M.B' } })
          .build();
        documents.set('modules/M/entities/C.json', entity.get('modules/M/entities/C.json')!);
      }),
    );
    upgrade(
      planAfter((documents) => {
        documents.delete('modules/M/entities/B.json');
        documents.set('modules/M/entities/A.json', {
          ...documents.get('modules/M/entities/A.json')!,
          associations: [],
        });
      }),
    );
  });
});

describe('planning tables', () => {
  it('cuts names over 60 bytes and ends them in the id', () => {
    const long = 'L'.repeat(70);
    const plan = planTables(
      anApp()
        .withEntity(`M.${long}`, {
          attributes: { [long]: 'String', [`${long}2`]: 'String' },
          associations: { [`${long}3`]: 'M.B*' },
        })
        .withEntity('M.B')
        .model(),
    );
    const names = plan.tables.flatMap((table) => [
      table.name,
      ...(table.kind === 'entity' ? table.columns.map(({ name }) => name) : []),
      ...indexesOf(table).map(({ name }) => name),
    ]);
    expect(names.every((name) => name.length <= 60)).toBe(true);
    const table = plan.tables.find((one) => one.kind === 'entity' && one.name.startsWith('M$LLL'));
    expect(table!.kind === 'entity' && new Set(table!.columns.map(({ name }) => name)).size).toBe(2);
    expect(table!.kind === 'entity' && table!.name.endsWith(`_${table!.entityId}`)).toBe(true);
  });

  it('holds a part of the model for a device', () => {
    const model = readModel(start);
    const members = new Map([['M.A', new Set<string>([columnId(before, 'X')])]]);
    const plan = planTables(model, {
      entities: new Set(['M.A']),
      members,
      associations: new Set([columnId(before, 'A_B')]),
    });
    expect(plan.tables).toMatchObject([{ name: 'M$A', columns: [{ name: 'X' }, { name: 'A_B' }] }]);
    expect(plan.entities.map(({ name }) => name)).toEqual(['M.A']);
    expect(plan.associations.map(({ name }) => name)).toEqual(['M.A_B']);
  });
});

function columnId(plan: RelationalPlan, name: string): string {
  return plan.tables
    .flatMap((table) => (table.kind === 'entity' ? table.columns : []))
    .find((column) => column.name === name)!.memberId;
}
