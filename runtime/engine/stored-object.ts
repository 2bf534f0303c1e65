import type { Cell, Cells } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { ObjectStatus } from '@skerry/shared/expression/environment';
import type { Session } from '@skerry/shared/expression/session';
import type { Links } from '@skerry/shared/sync/change';
import type { Locale } from '../platform/ports.ts';
import type { StoredRow } from '../store/app-tables.ts';
import { inInbox } from '../store/inbox-table.ts';
import { deletedAmong } from '../store/pending-work.ts';
import { NO_STORED_RIGHTS, type RightsDictionary, type StoredRights } from '../store/rights-dictionary.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import type { Member, RunningApp, RunningEntity } from './running-app.ts';
import type { WorkingObject, WorkingSet } from './working-set.ts';

/** An object as the engine sees it now: its row, what is changed in memory, and what its user may do. */
export interface LoadedObject {
  readonly id: ObjectId;
  readonly entity: RunningEntity;
  /** Null for what stands in memory only. */
  readonly row: StoredRow | null;
  readonly working: WorkingObject | undefined;
  /**
   * Row and changes together, and from `loadObjects` also calculated attributes. References to what has been deleted
   * here are empty.
   */
  readonly cells: Cells;
  readonly links: Links;
  readonly rights: StoredRights;
  readonly isPending: boolean;
  readonly inInbox: boolean;
}

/** Rights in objects that no rule has been evaluated for: new ones, and rows with pending work. */
export interface LocalRights {
  /** For an object that is in memory only: unknown bits count as true. */
  ofNew(entity: RunningEntity): StoredRights;
  /** What the rules that the device can evaluate say of the rows now; for rows whose pending work may have changed it. */
  ofPending(
    reader: SqlReader,
    entity: RunningEntity,
    rows: readonly StoredRow[],
    stored: ReadonlyMap<ObjectId, StoredRights>,
  ): Promise<ReadonlyMap<ObjectId, StoredRights>>;
}

export interface Evaluation {
  readonly session: Session;
  readonly locale: Locale;
  /** At least 0, below 1. */
  readonly random: () => number;
  /** Whether the device is synchronising now. */
  readonly isSyncing: boolean;
}

export interface ReaderContext {
  readonly app: RunningApp;
  readonly working: WorkingSet;
  readonly rights: RightsDictionary;
  readonly localRights: LocalRights;
  /** Remembers where objects stand: an object never changes its entity. */
  readonly entityIds: Map<ObjectId, ElementId>;
  /** What expressions of the model are evaluated with. */
  evaluation(): Evaluation;
  /** The signed-in user's own object as it came with the session, for devices that hold no users. */
  ownUser(): { readonly id: ObjectId; readonly entity: string; readonly cells: Cells } | null;
}

/** Objects by id, in the order asked for, as rows and memory hold them; those that are gone are left out. */
export async function loadStored(
  reader: SqlReader,
  context: ReaderContext,
  ids: readonly ObjectId[],
): Promise<readonly LoadedObject[]> {
  const unique = [...new Set(ids)];
  const rows = await loadRows(reader, context, unique);
  const pending = await pendingAmong(reader, unique);
  const inbox = await inInbox(reader);
  const stored = new Map<ObjectId, StoredRights>();
  for (const row of rows.values()) stored.set(row.objectId, await context.rights.read(reader, row.rights));
  const local = await pendingRights(reader, context, rows, pending, stored);
  const withDead = unique.flatMap((id): LoadedObject[] => {
    const row = rows.get(id) ?? null;
    const working = context.working.get(id);
    const entity = working ? context.app.entity(working.entity) : row && context.app.entityById(row.entityId);
    if (!row && !working) return ownUser(context, id);
    if (!entity) return [];
    // Changed in memory, and gone meanwhile by synchronisation: gone.
    if (!row && working && !working.isNew && entity.persistable) return [];
    const rights = row ? (local.get(id) ?? stored.get(id) ?? NO_STORED_RIGHTS) : rightsInMemory(context, entity);
    return [
      {
        id,
        entity,
        row,
        working,
        cells: { ...row?.cells, ...working?.cells },
        links: { ...row?.links, ...working?.links },
        rights,
        isPending: pending.has(id),
        inInbox: inbox.has(id),
      },
    ];
  });
  return withoutDeleted(reader, withDead);
}

/** A member's present cell; the one far object of a reference that is kept in a link table. */
export function cellOf(object: Pick<LoadedObject, 'cells' | 'links'>, member: Member): Cell {
  return member.kind === 'link' ? (object.links[member.id]?.[0] ?? null) : (object.cells[member.id] ?? null);
}

/** Objects of non-persistable entities belong to who holds them. */
export function isFree(object: Pick<LoadedObject, 'entity'>): boolean {
  return !object.entity.persistable;
}

export function isReadable(object: LoadedObject, memberId: string): boolean {
  return isFree(object) || object.rights.read.some((readable) => readable === memberId);
}

/** Whether memory holds changes of it that are not committed. */
export function isChanged({ working }: Pick<LoadedObject, 'working'>): boolean {
  if (!working) return false;
  return working.isNew || Object.keys(working.cells).length > 0 || Object.keys(working.links).length > 0;
}

/** What expressions ask of an object beside its members. @param isSyncing whether the device is synchronising now */
export function statusOf(object: LoadedObject, status: ObjectStatus, isSyncing: boolean): boolean {
  switch (status) {
    case 'isNew':
      return object.working?.isNew ?? false;
    case 'isSynced':
      return object.row !== null && !object.isPending && !isChanged(object);
    case 'isSyncing':
      return isSyncing && object.isPending;
    case 'hasConflict':
      return object.inInbox;
  }
}

function ownUser(context: ReaderContext, id: ObjectId): LoadedObject[] {
  const own = context.ownUser();
  const entity = own?.id === id ? context.app.entity(own.entity) : undefined;
  if (!own || !entity) return [];
  const rights: StoredRights = { ...NO_STORED_RIGHTS, read: Object.keys(own.cells) };
  const { cells } = own;
  return [{ id, entity, row: null, working: undefined, cells, links: {}, rights, isPending: false, inInbox: false }];
}

function rightsInMemory(context: ReaderContext, entity: RunningEntity): StoredRights {
  return entity.persistable ? context.localRights.ofNew(entity) : NO_STORED_RIGHTS;
}

async function loadRows(
  reader: SqlReader,
  context: ReaderContext,
  ids: readonly ObjectId[],
): Promise<ReadonlyMap<ObjectId, StoredRow>> {
  const { tables } = context.app;
  const unknown = ids.filter((id) => !context.entityIds.has(id));
  for (const [id, entityId] of await tables.entitiesOf(reader, unknown)) context.entityIds.set(id, entityId);
  const byEntity = Map.groupBy(ids, (id) => context.entityIds.get(id));
  const rows = new Map<ObjectId, StoredRow>();
  for (const [entityId, own] of byEntity) {
    if (!entityId) continue;
    for (const [id, row] of await tables.rows(reader, entityId, own)) rows.set(id, row);
  }
  return rows;
}

async function pendingAmong(reader: SqlReader, ids: readonly ObjectId[]): Promise<ReadonlySet<ObjectId>> {
  const rows = await reader.all('SELECT "object" FROM "$base" WHERE "object" IN (SELECT "value" FROM json_each(?))', [
    JSON.stringify(ids),
  ]);
  return new Set(rows.map((row) => String(row.object) as ObjectId));
}

async function pendingRights(
  reader: SqlReader,
  context: ReaderContext,
  rows: ReadonlyMap<ObjectId, StoredRow>,
  pending: ReadonlySet<ObjectId>,
  stored: ReadonlyMap<ObjectId, StoredRights>,
): Promise<ReadonlyMap<ObjectId, StoredRights>> {
  const found = new Map<ObjectId, StoredRights>();
  const changed = [...rows.values()].filter((row) => pending.has(row.objectId));
  for (const [entityId, own] of Map.groupBy(changed, (row) => row.entityId)) {
    const entity = context.app.entityById(entityId);
    if (!entity) continue;
    for (const [id, rights] of await context.localRights.ofPending(reader, entity, own, stored)) found.set(id, rights);
  }
  return found;
}

/** A delete shows at once also where others refer to the object; their rows and the outbox stay as they are. */
async function withoutDeleted(reader: SqlReader, objects: readonly LoadedObject[]): Promise<readonly LoadedObject[]> {
  const targets = new Set(objects.flatMap(referred));
  const deleted = await deletedAmong(reader, [...targets]);
  if (deleted.size === 0) return objects;
  return objects.map((object) => {
    const cells: { [memberId: string]: Cell } = { ...object.cells };
    for (const member of object.entity.membersById.values()) {
      if (member.kind === 'reference' && deleted.has(String(cells[member.id]))) cells[member.id] = null;
    }
    const links = Object.fromEntries(
      Object.entries(object.links).map(([id, ids]) => [id, ids.filter((target) => !deleted.has(target))]),
    );
    return { ...object, cells, links };
  });
}

function referred({ entity, cells, links }: LoadedObject): readonly string[] {
  const targets: string[] = Object.values(links).flat();
  for (const member of entity.membersById.values()) {
    const cell = member.kind === 'reference' ? cells[member.id] : null;
    if (typeof cell === 'string') targets.push(cell);
  }
  return targets;
}
