import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { PlannedAssociation } from '@skerry/shared/relational/plan';
import type { StoredRow } from '../store/app-tables.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import type { RunningApp } from './running-app.ts';

export interface Deletion {
  /** Objects that go with the root, in the order found. The server computes its own. */
  readonly implied: readonly { readonly entityId: ElementId; readonly objectId: ObjectId }[];
  /** Why the root may not go, as far as this device can see. */
  readonly refusal: string | null;
}

interface Root {
  readonly id: ObjectId;
  readonly entity: { readonly id: ElementId };
  readonly row: StoredRow | null;
}

/** Follows delete behaviour over the rows on this device. */
export async function whatGoes(reader: SqlReader, app: RunningApp, root: Root): Promise<Deletion> {
  const implied = new Map<ObjectId, ElementId>();
  const waiting: { readonly id: ObjectId; readonly entityId: ElementId }[] = [
    { id: root.id, entityId: root.entity.id },
  ];
  for (let at = waiting.shift(); at; at = waiting.shift()) {
    for (const association of app.tables.plan.associations) {
      for (const side of ['from', 'to'] as const) {
        const behavior = association.deleteBehavior[side];
        if (behavior === 'keep' || !app.tables.isA(at.entityId, association[side])) continue;
        const others = (await linked(reader, app, association, side, at)).filter((other) => other.id !== root.id);
        if (behavior === 'deleteIfNoReferences') {
          if (others.some((other) => !implied.has(other.id)))
            return { implied: [], refusal: refusalOf(app, association) };
          continue;
        }
        for (const other of others) {
          if (implied.has(other.id)) continue;
          implied.set(other.id, other.entityId);
          waiting.push(other);
        }
      }
    }
  }
  return { implied: [...implied].map(([objectId, entityId]) => ({ entityId, objectId })), refusal: null };
}

/** Objects at the far end of an association from `at`, which stands at its `side`. */
async function linked(
  reader: SqlReader,
  app: RunningApp,
  association: PlannedAssociation,
  side: 'from' | 'to',
  at: { readonly id: ObjectId; readonly entityId: ElementId },
): Promise<readonly { readonly id: ObjectId; readonly entityId: ElementId }[]> {
  if (side === 'to') {
    const owners = await app.tables.owners(reader, association, [at.id]);
    return owners.map(({ owner, entityId }) => ({ id: owner, entityId }));
  }
  const row = await app.tables.row(reader, at.entityId, at.id);
  const cell = row?.cells[association.id];
  const targets =
    association.storage.kind === 'table' ? (row?.links[association.id] ?? []) : cell ? [cell as ObjectId] : [];
  const entities = await app.tables.entitiesOf(reader, targets);
  return [...entities].map(([id, entityId]) => ({ id, entityId }));
}

function refusalOf(app: RunningApp, association: PlannedAssociation): string {
  const message = app.view.association(association.name)?.association?.deleteBehavior.message;
  return message ? app.say(message, app.language()) : `Other objects still refer to it over ${association.name}.`;
}
