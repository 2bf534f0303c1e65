import type { SqlDriver } from '@skerry/runtime/platform/ports';
import { AppTables, type StoredRow } from '@skerry/runtime/store/app-tables';
import { CheckpointWriter } from '@skerry/runtime/store/apply-checkpoint';
import { CONTROL_TABLES } from '@skerry/runtime/store/control-tables';
import { writeLocally } from '@skerry/runtime/store/lay-over';
import { readOutbox, type TransactionHeader } from '@skerry/runtime/store/pending-work';
import { RightsDictionary } from '@skerry/runtime/store/rights-dictionary';
import { type SqlQueue, sqlQueue } from '@skerry/runtime/store/sql-queue';
import { derivedElementId, type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import type { ColumnType, RelationalPlan } from '@skerry/shared/relational/plan';
import type { PendingOperation } from '@skerry/shared/sync/rebase';

/** A case answers what it found and what should be there; who runs it compares. */
export interface StoreCase {
  readonly name: string;
  run(driver: SqlDriver): Promise<{ readonly found: unknown; readonly wanted: unknown }>;
}

const id = (name: string) => derivedElementId(`contract/${name}`);
const object = (number: number): ObjectId => objectIdFrom(number, new Uint8Array(10).fill(number));
const TYPES: readonly ColumnType[] = [
  'text',
  'integer',
  'long',
  'decimal',
  'boolean',
  'dateTime',
  'enumeration',
  'binary',
  'reference',
];
const THING = id('Thing');
const LINKS = id('Thing_Others');

export const contractPlan: RelationalPlan = {
  entities: [{ id: THING, name: 'C.Thing', table: 'C$Thing', concrete: [THING] }],
  associations: [
    {
      id: LINKS,
      name: 'C.Thing_Others',
      from: THING,
      to: THING,
      type: 'referenceSet',
      owner: 'default',
      storage: { kind: 'table', table: 'C$Thing_Others' },
      deleteBehavior: { from: 'keep', to: 'keep' },
    },
  ],
  enumerations: [],
  tables: [
    {
      kind: 'entity',
      entityId: THING,
      name: 'C$Thing',
      columns: TYPES.map((type) => ({ memberId: id(type), name: type, type })),
      indexes: [],
    },
    { kind: 'link', associationId: LINKS, name: 'C$Thing_Others' },
  ],
};

interface Opened {
  readonly queue: SqlQueue;
  readonly tables: AppTables;
  readonly rights: RightsDictionary;
}

async function open(driver: SqlDriver): Promise<Opened> {
  await driver.exec(CONTROL_TABLES);
  const tables = new AppTables(contractPlan);
  for (const sql of tables.statements()) await driver.exec(sql);
  return { queue: sqlQueue(driver), tables, rights: new RightsDictionary() };
}

const header = (name: string): TransactionHeader => ({
  id: name,
  user: object(99),
  bundleVersion: '1',
  flow: null,
  atMs: 0,
});
const update = (number: number, text: string, was: string | null): PendingOperation => ({
  kind: 'update',
  entityId: THING,
  objectId: object(number),
  baseRev: 1,
  set: { [id('text')]: text },
  was: { [id('text')]: was },
});
const row = (number: number, text: string): StoredRow => ({
  entityId: THING,
  objectId: object(number),
  rev: 1,
  rights: null,
  cells: { [id('text')]: text },
  links: {},
});

function answer(
  rows: readonly (readonly [number, number, string])[],
  covers: number,
  more: Partial<DownloadAnswer> = {},
): DownloadAnswer {
  return {
    encoding: 'json-rows-1',
    rights: [{ rules: [], read: [id('text')], write: [id('text')], delete: true }],
    upserts: [
      {
        entityId: THING,
        columns: [id('text')],
        rows: rows.map(([number, rev, text]) => [object(number), rev, 0, text]),
        links: [],
      },
    ],
    removals: [],
    reconciled: [],
    settled: [],
    totalRows: null,
    pageToken: null,
    checkpoint: { cursor: 'c', coversSequence: covers, nextScopeChangeMs: null, atMs: 0 },
    ...more,
  };
}

async function pull({ queue, tables, rights }: Opened, page: DownloadAnswer, whole = false): Promise<void> {
  await queue.transact(async (transaction) => {
    const writer = new CheckpointWriter(transaction, { tables, rights, mirrored: new Set([THING]), held: new Set() });
    await writer.page(page, whole);
    if (page.checkpoint) await writer.finish(page.checkpoint, whole);
  });
}

async function texts({ queue, tables }: Opened): Promise<unknown> {
  return queue.read(async (reader) => {
    const ids = await tables.ids(reader, THING);
    return Object.fromEntries(
      [...(await tables.rows(reader, THING, ids)).values()].map((one) => [one.objectId, one.cells[id('text')]]),
    );
  });
}

export const storeCases: readonly StoreCase[] = [
  {
    name: '[CX4] folds A to Z and leaves other letters: lower(Ä) stays Ä',
    async run(driver) {
      const [found] = await driver.all("SELECT lower('ÄBC') AS folded, 'Ä' = 'ä' COLLATE NOCASE AS same");
      return { found: { ...found, same: Number(found?.same) }, wanted: { folded: 'Äbc', same: 0 } };
    },
  },
  {
    name: 'gives back every kind of cell as it was, integers of 64 bits included',
    async run(driver) {
      const { queue, tables } = await open(driver);
      const cells = {
        [id('text')]: '\u{1F30A} ä "quoted"',
        [id('integer')]: -2147483648,
        [id('long')]: '9223372036854775807',
        [id('decimal')]: '-12.00000001',
        [id('boolean')]: false,
        [id('dateTime')]: -62135596800000,
        [id('enumeration')]: id('value'),
        [id('binary')]: 'AAECAw==',
        [id('reference')]: object(2),
      };
      const links = { [LINKS]: [object(3), object(4)] };
      await queue.transact((transaction) =>
        tables.write(transaction, THING, [{ entityId: THING, objectId: object(1), rev: 7, rights: 3, cells, links }]),
      );
      const found = await queue.read((reader) => tables.row(reader, THING, object(1)));
      return { found, wanted: { entityId: THING, objectId: object(1), rev: 7, rights: 3, cells, links } };
    },
  },
  {
    name: '[L4] undoes a transaction that throws, whole',
    async run(driver) {
      const opened = await open(driver);
      const { queue, tables } = opened;
      const thrown = await queue
        .transact(async (transaction) => {
          await tables.write(transaction, THING, [row(1, 'a')]);
          throw new Error('stop');
        })
        .catch((error: Error) => error.message);
      return { found: [thrown, await texts(opened)], wanted: ['stop', {}] };
    },
  },
  {
    name: 'lets no read see the middle of a transaction',
    async run(driver) {
      const opened = await open(driver);
      const { queue, tables } = opened;
      const writing = queue.transact(async (transaction) => {
        await tables.write(transaction, THING, [row(1, 'a')]);
        await tables.remove(transaction, THING, [object(1)]);
        await tables.write(transaction, THING, [row(1, 'b')]);
      });
      const reading = texts(opened);
      await writing;
      return { found: await reading, wanted: { [object(1)]: 'b' } };
    },
  },
  {
    name: 'lays pending work over what is downloaded, in order, and lifts what a checkpoint covers',
    async run(driver) {
      const opened = await open(driver);
      const { queue } = opened;
      await pull(
        opened,
        answer(
          [
            [1, 1, 'server'],
            [2, 1, 'two'],
          ],
          0,
        ),
      );
      await queue.transact(async (transaction) => {
        await writeLocally(transaction, opened, header('t1'), update(1, 'mine', 'server'));
        await writeLocally(transaction, opened, header('t2'), update(1, 'mine again', 'mine'));
        await transaction.run('UPDATE "$outbox" SET "sequence" = "ordinal"');
      });
      const before = await texts(opened);
      await pull(opened, answer([[1, 2, 'theirs']], 0));
      const pending = await texts(opened);
      // Covers the first only, whose verdict is still to come.
      await pull(opened, answer([[1, 3, 'mine']], 1));
      const half = await texts(opened);
      const entries = (await queue.read(readOutbox)).map(({ id: name, covered }) => [name, covered]);
      await queue.transact((transaction) =>
        transaction
          .run(
            `UPDATE "$outbox" SET "verdict" = json_object('kind', 'applied', 'sequence', "sequence", 'transaction', "id", 'resolutions', json_array())`,
          )
          .then(() => {}),
      );
      await pull(opened, answer([[1, 4, 'settled']], 2));
      const left = await driver.all(
        'SELECT (SELECT count(*) FROM "$outbox") + (SELECT count(*) FROM "$base") + (SELECT count(*) FROM "$operation") AS n',
      );
      return {
        found: [before, pending, half, entries, await texts(opened), Number(left[0]?.n)],
        wanted: [
          { [object(1)]: 'mine again', [object(2)]: 'two' },
          { [object(1)]: 'mine again', [object(2)]: 'two' },
          { [object(1)]: 'mine again', [object(2)]: 'two' },
          [
            ['t1', true],
            ['t2', false],
          ],
          { [object(1)]: 'settled', [object(2)]: 'two' },
          0,
        ],
      };
    },
  },
  {
    name: 'takes a swap of two values, which a unique column would refuse for ever',
    async run(driver) {
      const opened = await open(driver);
      await pull(
        opened,
        answer(
          [
            [1, 1, 'a'],
            [2, 1, 'b'],
          ],
          0,
        ),
      );
      await pull(
        opened,
        answer(
          [
            [1, 2, 'b'],
            [2, 2, 'a'],
          ],
          0,
        ),
      );
      return { found: await texts(opened), wanted: { [object(1)]: 'b', [object(2)]: 'a' } };
    },
  },
  {
    name: 'drops what a whole pull does not list, and keeps what only this device knows',
    async run(driver) {
      const opened = await open(driver);
      await pull(
        opened,
        answer(
          [
            [1, 1, 'a'],
            [2, 1, 'b'],
          ],
          0,
        ),
      );
      await opened.queue.transact((transaction) =>
        writeLocally(transaction, opened, header('t'), {
          kind: 'create',
          entityId: THING,
          objectId: object(3),
          set: { [id('text')]: 'new' },
        }),
      );
      await pull(opened, answer([[2, 1, 'b']], 0), true);
      return { found: await texts(opened), wanted: { [object(2)]: 'b', [object(3)]: 'new' } };
    },
  },
];
