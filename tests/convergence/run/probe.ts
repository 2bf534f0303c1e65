import type { Cell } from '@skerry/shared/base/cell';
import { fromBind } from '@skerry/shared/relational/bind';
import type { EntityTable, RelationalPlan } from '@skerry/shared/relational/plan';
import type { Verdict } from '@skerry/shared/sync/verdict';
import type { Disk } from '../world/sql-store.ts';

/** A row as it lies on the disk. */
export interface DiskRow {
  readonly id: string;
  readonly entityId: string;
  readonly rev: number;
  readonly rights: DiskRights;
  readonly cells: { readonly [member: string]: Cell };
  readonly links: { readonly [association: string]: readonly string[] };
}
export interface DiskRights {
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly delete: boolean;
}
export interface DiskBase extends DiskRow {
  readonly state: 'none' | 'present' | 'gone';
}
export interface DiskOperation {
  readonly kind: 'create' | 'update' | 'delete' | 'impliedDelete';
  readonly objectId: string;
  readonly entityId: string;
  readonly baseRev?: number;
  readonly set?: { readonly [member: string]: Cell };
  readonly was?: { readonly [member: string]: Cell };
  readonly add?: { readonly [association: string]: readonly string[] };
  readonly remove?: { readonly [association: string]: readonly string[] };
}
export interface DiskEntry {
  readonly id: string;
  readonly sequence: number | null;
  readonly verdict: Verdict | null;
  readonly covered: boolean;
  readonly settles: string | null;
  readonly operations: readonly DiskOperation[];
}

/** Everything a device keeps, read behind its back: this looks at the disk and not through the engine. */
export interface DiskContent {
  /** Names the checkpoint it stands on: two may share a cursor when nothing was logged between them. */
  readonly cursor: string | null;
  readonly runningBundle: string | null;
  readonly rows: ReadonlyMap<string, DiskRow>;
  readonly bases: ReadonlyMap<string, DiskBase>;
  readonly outbox: readonly DiskEntry[];
  readonly inbox: ReadonlyMap<string, { readonly record: string; readonly kind: string }>;
}

export function checkpointName(cursor: string, coversSequence: number): string {
  return `${coversSequence} ${cursor}`;
}

const NO_RIGHTS: DiskRights = { read: [], write: [], delete: false };

/** @param planOf the tables of a bundle version */
export function readDisk(disk: Disk, planOf: (version: string) => RelationalPlan): DiskContent {
  const meta = new Map(
    disk
      .read('SELECT "key", "value" FROM "$meta"')
      .map((row) => [String(row.key), JSON.parse(String(row.value)) as unknown]),
  );
  const rights = new Map(
    disk
      .read('SELECT "key", "content" FROM "$rights"')
      .map((row) => [Number(row.key), JSON.parse(String(row.content)) as DiskRights]),
  );
  const rightsOf = (key: unknown) => (key === null ? NO_RIGHTS : (rights.get(Number(key)) ?? NO_RIGHTS));
  const runningBundle = (meta.get('runningBundle') as string | undefined) ?? null;
  const operations = Map.groupBy(
    disk.read('SELECT "entry", "content" FROM "$operation" ORDER BY "entry", "place"'),
    (row) => Number(row.entry),
  );
  const parsed = (value: unknown) => JSON.parse(String(value)) as never;
  return {
    cursor: meta.has('cursor')
      ? checkpointName(String(meta.get('cursor')), Number(meta.get('coversSequence') ?? 0))
      : null,
    runningBundle,
    rows: runningBundle === null ? new Map() : readRows(disk, planOf(runningBundle), rightsOf),
    bases: new Map(
      disk.read('SELECT * FROM "$base"').map((row) => [
        String(row.object),
        {
          id: String(row.object),
          entityId: String(row.entity),
          state: row.state as DiskBase['state'],
          rev: Number(row.rev),
          rights: rightsOf(row.rights),
          cells: parsed(row.cells),
          links: parsed(row.links),
        },
      ]),
    ),
    outbox: disk.read('SELECT * FROM "$outbox" ORDER BY "ordinal"').map((row) => ({
      id: String(row.id),
      sequence: row.sequence === null ? null : Number(row.sequence),
      verdict: row.verdict === null ? null : parsed(row.verdict),
      covered: Number(row.covered) === 1,
      settles: row.settles === null ? null : String(row.settles),
      operations: (operations.get(Number(row.ordinal)) ?? []).map((one) => parsed(one.content)),
    })),
    inbox: new Map(
      disk.read('SELECT "id", "verdict" FROM "$inbox"').map((row) => {
        const verdict = parsed(row.verdict) as Exclude<Verdict, { kind: 'applied' }>;
        return [String(row.id), { record: verdict.record, kind: verdict.kind }];
      }),
    ),
  };
}

function readRows(disk: Disk, plan: RelationalPlan, rightsOf: (key: unknown) => DiskRights): Map<string, DiskRow> {
  const links = new Map<string, { [association: string]: string[] }>();
  for (const table of plan.tables) {
    if (table.kind !== 'link') continue;
    for (const row of disk.read(`SELECT "$owner", "$target" FROM "${table.name}" ORDER BY "$target"`)) {
      const own = links.get(String(row.$owner)) ?? {};
      links.set(String(row.$owner), own);
      own[table.associationId] ??= [];
      own[table.associationId]?.push(String(row.$target));
    }
  }
  const rows = new Map<string, DiskRow>();
  for (const table of plan.tables) {
    if (table.kind !== 'entity') continue;
    for (const row of disk.read(`SELECT * FROM "${table.name}"`)) {
      const id = String(row.$id);
      const cells = cellsOf(table, row);
      rows.set(id, {
        id,
        entityId: table.entityId,
        rev: Number(row.$rev),
        rights: rightsOf(row.$rights),
        cells,
        links: links.get(id) ?? {},
      });
    }
  }
  return rows;
}

function cellsOf(table: EntityTable, row: { readonly [column: string]: unknown }): DiskRow['cells'] {
  return Object.fromEntries(
    table.columns.map((column) => [column.memberId, fromBind(row[column.name] as Cell, column.type, 'sqlite')]),
  );
}
