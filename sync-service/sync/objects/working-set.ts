import type { Cells } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Links } from '@skerry/shared/sync/change';

/**
 * What was changed of an object and is not in the tables. `links` are whole sets by association. New objects, and those
 * of non-persistable entities, are nowhere else.
 */
export interface WorkingObject {
  readonly id: ObjectId;
  /** Qualified name. */
  readonly entity: string;
  readonly isNew: boolean;
  readonly cells: Cells;
  readonly links: Links;
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

  drop(id: ObjectId): void {
    const kept = new Map(this.#objects);
    kept.delete(id);
    this.#objects = kept;
  }

  save(): ReadonlyMap<ObjectId, WorkingObject> {
    return this.#objects;
  }

  restore(saved: ReadonlyMap<ObjectId, WorkingObject>): void {
    this.#objects = saved;
  }
}
