import type { Cells } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Documents } from '@skerry/shared/metamodel/model';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import { anApp, idOf } from '../../support/model-builder.ts';
import { type BenchRow, benchRows } from './rows.ts';

export const PROFILE = 'Phone';
export const ITEM = 'Bench.Item';
/** `client` is measured, `writer` changes rows elsewhere. */
export const USERS = ['client', 'writer'] as const;
export const passwordOf = (user: string) => `${user}-password`;

/**
 * `attributes`: constraints over the row's own columns. `membership`: rows belong to teams, and users see the rows of
 * teams that they are members of, which costs one more column and two more tables.
 */
export type Rules = 'attributes' | 'membership';
const TEAMS = 10;

/** An app with one entity whose rows are the bench's, under three access rules of which each row meets two or three. */
export function benchApp(rules: Rules): Documents {
  const isMine = "[Bench.Item_Team/Bench.Team/Bench.Team_Member = '[%CurrentUser%]']";
  const seen = rules === 'membership' ? isMine : "[Status != 'gone']";
  const app = anApp()
    .withUserRole('User', ['Bench.User'])
    .withSecurity({
      demoUsers: USERS.map((name) => ({
        name,
        password: passwordOf(name),
        userRoles: ['User'],
        caption: { en: name },
      })),
    })
    .withEntity(ITEM, {
      attributes: {
        Owner: 'String',
        Name: 'String',
        Email: 'String',
        Status: 'String',
        Amount: 'Decimal',
        Qty: 'Integer',
        Note: 'String',
        Created: 'DateTime',
        Updated: 'DateTime',
      },
      ...(rules === 'membership' ? { associations: { Item_Team: 'Bench.Team' } } : {}),
      rules: [
        { read: 'all', constraint: seen },
        { write: 'all', create: true, constraint: '[Qty >= 0]' },
        { read: ['Name'], delete: true, constraint: "[Status = 'done']" },
      ],
      more: { conflictPolicy: { kind: 'merge' } },
    })
    .withPage('Bench.Items', [
      { kind: 'listView', source: { kind: 'database', entity: ITEM, constraint: '' }, widgets: [] },
    ])
    .withProfile(PROFILE, { home: 'Bench.Items' });
  if (rules === 'membership') {
    app.withEntity('Bench.Team', {
      attributes: { Name: 'String' },
      associations: { Team_Member: 'System.User*' },
      rules: [{ read: 'all' }],
    });
  }
  return app.build();
}

/** @param users ids of the users, who are members of every team */
export function* benchObjects(count: number, rules: Rules, users: readonly ObjectId[]): Generator<DemoObject> {
  if (rules === 'membership') {
    for (let team = 0; team < TEAMS; team++) {
      yield {
        entity: 'Bench.Team',
        id: teamId(team),
        cells: { [idOf('Bench.Team/Name')]: `Team ${team}` },
        links: { [idOf('Bench.Team_Member')]: users },
      };
    }
  }
  let index = 0;
  for (const row of benchRows(count)) {
    const team = rules === 'membership' ? { [idOf('Bench.Item_Team')]: teamId(index++ % TEAMS) } : {};
    yield { entity: ITEM, id: row.id as ObjectId, cells: { ...itemCells(row), ...team }, links: {} };
  }
}

/** A row's values by member id. */
export function itemCells(row: BenchRow): Cells {
  return Object.fromEntries(Object.entries(itemValues(row)).map(([name, cell]) => [idOf(`${ITEM}/${name}`), cell]));
}

/** A row's values by attribute. */
export function itemValues(row: BenchRow): Cells {
  const { owner, name, email, status, amount, qty, note, created, updated } = row;
  return {
    Owner: owner,
    Name: name,
    Email: email,
    Status: status,
    Amount: String(amount),
    Qty: qty,
    Note: note,
    Created: created,
    Updated: updated,
  };
}

export function teamId(team: number): ObjectId {
  return `00000000-0000-7000-8000-${team.toString(16).padStart(12, '0')}` as ObjectId;
}
