import type { Cell } from '@skerry/shared/base/cell';
import type { BundleContent } from '@skerry/shared/bundle/content';
import { fromBind } from '@skerry/shared/relational/bind';
import { quoteName } from '@skerry/shared/relational/dialect';
import type { EntityTable, PlannedAssociation } from '@skerry/shared/relational/plan';
import type { DigestedEntity, DigestedObject } from '@skerry/shared/sync/digest';
import type { RemoteDevice } from './device-process.ts';

/** What a device holds of one entity. */
export interface HeldEntity extends DigestedEntity {
  readonly objects: ReadonlyMap<string, DigestedObject>;
}

const NO_RIGHTS: DigestedObject['rights'] = { read: [], write: [], delete: false };

/** Everything in the app's tables of a device, by entity id, read from its store and not through its engine's eyes. */
export async function deviceRows(
  device: Pick<RemoteDevice, 'inspect'>,
  bundle: BundleContent,
): Promise<ReadonlyMap<string, HeldEntity>> {
  const plan = bundle.relational;
  const rights = new Map<number, DigestedObject['rights']>();
  for (const row of await device.inspect('SELECT "key", "content" FROM "$rights"')) {
    rights.set(Number(row.key), JSON.parse(String(row.content)) as DigestedObject['rights']);
  }
  const held = new Map<string, HeldEntity>();
  for (const table of plan.tables) {
    if (table.kind !== 'entity') continue;
    const sets = plan.associations.filter(
      (association) => association.storage.kind === 'table' && owns(bundle, association, table.entityId),
    );
    held.set(table.entityId, await entityRows(device, table, sets, rights));
  }
  return held;
}

function owns({ relational }: BundleContent, association: PlannedAssociation, entityId: string): boolean {
  const concrete = relational.entities.find(({ id }) => id === association.from)?.concrete ?? [];
  return association.from === entityId || concrete.some((id) => id === entityId);
}

async function entityRows(
  device: Pick<RemoteDevice, 'inspect'>,
  table: EntityTable,
  sets: readonly PlannedAssociation[],
  rights: ReadonlyMap<number, DigestedObject['rights']>,
): Promise<HeldEntity> {
  const links = await Promise.all(sets.map((set) => linksOf(device, set)));
  const objects = new Map<string, DigestedObject>();
  for (const row of await device.inspect(`SELECT * FROM ${quoteName(table.name)}`)) {
    const id = String(row.$id);
    const cells: { [member: string]: Cell } = {};
    for (const column of table.columns) cells[column.memberId] = fromBind(row[column.name], column.type, 'sqlite');
    objects.set(id, {
      rev: Number(row.$rev),
      rights: rights.get(Number(row.$rights)) ?? NO_RIGHTS,
      cells,
      links: Object.fromEntries(sets.map((set, at) => [set.id, links[at]?.get(id) ?? []])),
    });
  }
  return { columns: table.columns.map(({ memberId }) => memberId), sets: sets.map(({ id }) => id), objects };
}

async function linksOf(
  device: Pick<RemoteDevice, 'inspect'>,
  { storage }: PlannedAssociation,
): Promise<ReadonlyMap<string, string[]>> {
  const byOwner = new Map<string, string[]>();
  if (storage.kind !== 'table') return byOwner;
  for (const row of await device.inspect(`SELECT "$owner", "$target" FROM ${quoteName(storage.table)}`)) {
    const targets = byOwner.get(String(row.$owner)) ?? [];
    targets.push(String(row.$target));
    byOwner.set(String(row.$owner), targets);
  }
  return byOwner;
}
