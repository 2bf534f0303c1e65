import type { Cells } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Links } from '@skerry/shared/sync/change';

/**
 * An object as it is being worked on, in memory: what was changed and not committed. `links` are whole sets by
 * association. New objects and those of non-persistable entities have no row: `cells` and `links` are all there is.
 */
export interface WorkingObject {
  readonly id: ObjectId;
  /** Qualified name. */
  readonly entity: string;
  /** Neither stored nor committed yet. */
  readonly isNew: boolean;
  readonly cells: Cells;
  readonly links: Links;
  /** File body attached by hash, to be sent once the row is committed. */
  readonly body?: { readonly hash: string; readonly mediaType: string; readonly bytes: number };
}

/** Objects in memory. Values are replaced, never changed in place, so that a copy of the map is a savepoint. */
export class WorkingSet {
  #objects: ReadonlyMap<ObjectId, WorkingObject> = new Map();

  get(id: ObjectId): WorkingObject | undefined {
    return this.#objects.get(id);
  }

  all(): Iterable<WorkingObject> {
    return this.#objects.values();
  }

  put(object: WorkingObject): void {
    this.#objects = new Map(this.#objects).set(object.id, object);
  }

  drop(ids: readonly ObjectId[]): void {
    const kept = new Map(this.#objects);
    for (const id of ids) kept.delete(id);
    this.#objects = kept;
  }

  clear(): void {
    this.#objects = new Map();
  }

  save(): ReadonlyMap<ObjectId, WorkingObject> {
    return this.#objects;
  }

  restore(saved: ReadonlyMap<ObjectId, WorkingObject>): void {
    this.#objects = saved;
  }
}
