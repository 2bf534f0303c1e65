import { grantsFor } from '@skerry/shared/access/rights';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { PlanGrant } from '@skerry/shared/scope/plan';
import type { Holding } from '@skerry/shared/sync/admission-access';
import type { StoredRow } from '../store/app-tables.ts';
import type { StoredRights } from '../store/rights-dictionary.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import type { RunningEntity } from './running-app.ts';
import type { LocalRights } from './stored-object.ts';

/** Whether a constraint is true of stored objects, as the rows are now: the ids for which it is. */
export type Holds = (
  reader: SqlReader,
  entity: RunningEntity,
  constraint: string,
  objects: readonly ObjectId[],
) => Promise<ReadonlySet<ObjectId>>;

/** Grants of the signed-in user that hold for one object, in the state the rows show. */
export interface HeldGrants {
  readonly grants: readonly PlanGrant[];
  /** Fixes each grant's `holdsAfter` once the operation is written. */
  holdings(reader: SqlReader): Promise<readonly Holding[]>;
}

/**
 * What the device can say of access. A rule it can evaluate it evaluates on its rows; of any other it believes the
 * service's bit that came with the row; for an object the service has not seen, an unknown bit counts as true and the
 * service decides.
 */
export class LocalAccess implements LocalRights {
  readonly #roles: () => readonly ElementId[];
  readonly #holds: Holds;

  constructor(roles: () => readonly ElementId[], holds: Holds) {
    this.#roles = roles;
    this.#holds = holds;
  }

  ofNew(entity: RunningEntity): StoredRights {
    return sum(this.#grants(entity));
  }

  async ofPending(
    reader: SqlReader,
    entity: RunningEntity,
    rows: readonly StoredRow[],
    stored: ReadonlyMap<ObjectId, StoredRights>,
  ): Promise<ReadonlyMap<ObjectId, StoredRights>> {
    const ids = rows.map((row) => row.objectId);
    const held = await this.#heldBy(reader, entity, ids, (id) => stored.get(id)?.rules ?? null);
    return new Map(
      ids.map((id) => {
        const now = sum(held.get(id) ?? []);
        // What can be read is what the service sent; a rule that holds only here brings no values.
        const read = stored.get(id)?.read ?? now.read;
        return [id, { ...now, read, write: now.write.filter((member) => read.includes(member)) }];
      }),
    );
  }

  /** @param rules those that the service said to hold; null for an object it has not confirmed */
  async held(
    reader: SqlReader,
    entity: RunningEntity,
    objectId: ObjectId,
    rules: readonly string[] | null,
  ): Promise<HeldGrants> {
    const grants = (await this.#heldBy(reader, entity, [objectId], () => rules)).get(objectId) ?? [];
    return {
      grants,
      holdings: async (later) => {
        const holdings: Holding[] = [];
        for (const grant of grants) {
          const { constraintAfter } = grant;
          const judged = constraintAfter === undefined || !grant.onDevice;
          const after = judged || (await this.#holds(later, entity, constraintAfter, [objectId])).has(objectId);
          holdings.push({ write: new Set(grant.write), create: grant.create, delete: grant.delete, holdsAfter: after });
        }
        return holdings;
      },
    };
  }

  async #heldBy(
    reader: SqlReader,
    entity: RunningEntity,
    ids: readonly ObjectId[],
    rulesOf: (id: ObjectId) => readonly string[] | null,
  ): Promise<ReadonlyMap<ObjectId, readonly PlanGrant[]>> {
    const grants = this.#grants(entity);
    const kept = new Map<string, ReadonlySet<ObjectId>>();
    for (const grant of grants) {
      if (grant.constraint === '' || !grant.onDevice || kept.has(grant.constraint)) continue;
      kept.set(grant.constraint, await this.#holds(reader, entity, grant.constraint, ids));
    }
    const holds = (grant: PlanGrant, id: ObjectId) => {
      if (grant.constraint === '') return true;
      if (grant.onDevice) return kept.get(grant.constraint)?.has(id) ?? false;
      return rulesOf(id)?.includes(grant.rule) ?? true;
    };
    return new Map(ids.map((id) => [id, grants.filter((grant) => holds(grant, id))]));
  }

  #grants(entity: RunningEntity): readonly PlanGrant[] {
    return grantsFor(entity.scope?.grants ?? [], this.#roles()) as readonly PlanGrant[];
  }
}

/** Grants added up, in the form rows keep. */
export function sum(grants: readonly PlanGrant[]): StoredRights {
  return {
    rules: grants.map((grant) => grant.rule),
    read: [...new Set(grants.flatMap((grant) => grant.read))],
    write: [...new Set(grants.flatMap((grant) => grant.write))],
    delete: grants.some((grant) => grant.delete),
  };
}
