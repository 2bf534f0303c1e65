import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { type CellType, fromCell } from '@skerry/shared/expression/convert';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { MemberRead } from '@skerry/shared/flow/effect';
import type { AssociationEnd } from '@skerry/shared/metamodel/domain-view';
import type { Sql } from '../../base/sql.ts';
import type { EntityInfo } from '../../releases/index.ts';
import { readObject, type StoredObject, targetsOf } from '../object-rows.ts';
import { holdingGrants } from '../rights.ts';
import type { Viewpoint } from '../viewpoint.ts';
import { locate, owners } from './delete-cascade.ts';
import { type WorkingObject, WorkingSet } from './working-set.ts';

/** An object as flows see it: its row with what was changed in memory laid over. */
interface Loaded {
  readonly entity: string;
  readonly stored: StoredObject | null;
  readonly working: WorkingObject | undefined;
}

/** Data that are not at hand. Thrown out of evaluation, which is synchronous; what is missing is loaded and it begins again. */
export class MissingData extends Error {
  readonly read: MemberRead;

  constructor(read: MemberRead) {
    super('Data are not loaded yet.');
    this.read = read;
  }
}

/**
 * Objects at hand while something is evaluated in one unit. `guarded` questions see no more than the user may read.
 * What was read is forgotten whenever data change, so that a value is always the present one.
 */
export class ObjectData {
  readonly working = new WorkingSet();
  readonly #sql: Sql;
  readonly #viewpoint: Viewpoint;
  readonly #objects = new Map<ObjectId, Loaded | null>();
  readonly #reached = new Map<string, readonly ObjectValue[]>();
  readonly #readable = new Map<ObjectId, ReadonlySet<string>>();

  constructor(sql: Sql, viewpoint: Viewpoint) {
    this.#sql = sql;
    this.#viewpoint = viewpoint;
  }

  clear(): void {
    this.#objects.clear();
    this.#reached.clear();
    this.#readable.clear();
  }

  info(entity: string): EntityInfo | undefined {
    const { view, entities } = this.#viewpoint.model;
    return entities.get(view.entity(entity)?.id ?? '');
  }

  /** Undefined when it is not at hand; empty for members that may not be read and objects that are gone. */
  read(object: ObjectValue, name: string, guarded: boolean): Value | undefined {
    const loaded = this.#objects.get(object.id);
    if (loaded === undefined) return undefined;
    const member = loaded ? this.#viewpoint.model.view.attributes(loaded.entity).get(name) : undefined;
    if (!loaded || !member) return null;
    if (guarded && !this.#isFree(loaded)) {
      const readable = this.#readable.get(object.id);
      if (!readable) return undefined;
      if (!readable.has(member.id)) return null;
    }
    return fromCell(cellOf(loaded, member.id), member.type as CellType);
  }

  /** An object or null over a step that reaches at most one, else a list. */
  follow(object: ObjectValue, association: string, guarded: boolean): Value | undefined {
    const end = this.#viewpoint.model.view.step(object.entity, association);
    if (!end) return null;
    const reached = this.#reached.get(keyOf(object.id, association, guarded));
    if (!reached) return undefined;
    return end.single ? (reached[0] ?? null) : { kind: 'list', entity: end.far, items: reached };
  }

  async load(reads: readonly MemberRead[], guarded: boolean): Promise<void> {
    for (const { object, member, kind } of reads) {
      if (kind === 'association') {
        this.#reached.set(keyOf(object.id, member, guarded), await this.reach(object, member, false, guarded));
        continue;
      }
      const loaded = await this.#load(object);
      if (guarded && loaded && !this.#isFree(loaded)) await this.readableMembers(object);
    }
  }

  /** Objects over one step. @param reversed for an association from an entity to itself: from target to owner */
  async reach(
    start: ObjectValue,
    association: string,
    reversed: boolean,
    guarded: boolean,
  ): Promise<readonly ObjectValue[]> {
    const end = this.#viewpoint.model.view.step(start.entity, association, reversed);
    const loaded = end && (await this.#load(start));
    if (!end || !loaded) return [];
    if (guarded && end.direction === 'forward' && !this.#isFree(loaded)) {
      if (!(await this.readableMembers(start)).has(end.id)) return [];
    }
    const reached =
      end.direction === 'forward' ? await this.#targets(loaded, start.id, end) : await this.#owners(start, end);
    return guarded ? this.onlyReadable(reached) : reached;
  }

  /** Those of which the user may read anything, and what is new in this unit. */
  async onlyReadable(objects: readonly ObjectValue[]): Promise<readonly ObjectValue[]> {
    const readable: ObjectValue[] = [];
    for (const object of objects) {
      const isFree = this.working.get(object.id)?.isNew || !this.info(object.entity);
      if (isFree || (await this.readableMembers(object)).size > 0) readable.push(object);
    }
    return readable;
  }

  async readableMembers(object: ObjectValue): Promise<ReadonlySet<string>> {
    let readable = this.#readable.get(object.id);
    if (!readable) {
      const info = this.info(object.entity);
      const grants = info ? await holdingGrants(this.#sql, this.#viewpoint, info, object.id) : [];
      readable = new Set<string>(grants.flatMap(({ grant }) => grant.read));
      this.#readable.set(object.id, readable);
    }
    return readable;
  }

  /** The row as it stands in the tables. */
  async stored(object: ObjectValue): Promise<StoredObject | null> {
    return (await this.#load(object))?.stored ?? null;
  }

  /** The present whole of a set, changes in memory laid over. */
  async set(object: ObjectValue, association: string): Promise<readonly ObjectId[]> {
    return this.working.get(object.id)?.links[association] ?? this.storedSet(object, association);
  }

  async storedSet(object: ObjectValue, association: string): Promise<readonly ObjectId[]> {
    const table = this.info(object.entity)?.sets.get(association)?.table;
    return table ? targetsOf(this.#sql, table, object.id) : [];
  }

  async #load({ id, entity }: ObjectValue): Promise<Loaded | null> {
    let loaded = this.#objects.get(id);
    if (loaded === undefined) {
      const working = this.working.get(id);
      const info = this.info(working?.entity ?? entity);
      const stored = info && !working?.isNew ? await readObject(this.#sql, info, id) : null;
      loaded = stored || working ? { entity: working?.entity ?? entity, stored, working } : null;
      this.#objects.set(id, loaded);
    }
    return loaded;
  }

  async #targets(loaded: Loaded, id: ObjectId, end: AssociationEnd): Promise<readonly ObjectValue[]> {
    const isSet = this.info(loaded.entity)?.sets.has(end.id) ?? end.type === 'referenceSet';
    if (isSet) return this.#values(end.to, await this.set({ kind: 'object', entity: loaded.entity, id }, end.id));
    const cell = cellOf(loaded, end.id);
    return typeof cell === 'string' ? this.#values(end.to, [cell as ObjectId]) : [];
  }

  /** Backwards: stored owners whose reference was not changed in memory, and those in memory. */
  async #owners(start: ObjectValue, end: AssociationEnd): Promise<readonly ObjectValue[]> {
    const { model } = this.#viewpoint;
    const planned = model.plan.associations.find((association) => association.id === end.id);
    const stored = planned ? await owners(this.#sql, model, planned, start.id) : [];
    const found = stored
      .filter(({ id }) => !changesReference(this.working.get(id), end))
      .map(({ info, id }): ObjectValue => ({ kind: 'object', entity: info.name, id }));
    for (const working of this.working.all()) {
      if (!changesReference(working, end)) continue;
      const referred = [working.cells[end.id], ...(working.links[end.id] ?? [])];
      if (referred.includes(start.id)) found.push({ kind: 'object', entity: working.entity, id: working.id });
    }
    return found.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** With the entity each is of; what is not there leads nowhere. */
  async #values(entity: string, ids: readonly ObjectId[]): Promise<readonly ObjectValue[]> {
    const { model } = this.#viewpoint;
    const target = model.view.entity(entity)?.id;
    const entityOf = new Map<ObjectId, string>();
    if (target) for (const { info, id } of await locate(this.#sql, model, target, ids)) entityOf.set(id, info.name);
    for (const id of ids) {
      const working = this.working.get(id);
      if (working) entityOf.set(id, working.entity);
    }
    return ids.flatMap((id): ObjectValue[] => {
      const own = entityOf.get(id);
      return own === undefined ? [] : [{ kind: 'object', entity: own, id }];
    });
  }

  /** What was made in this unit, and what is kept nowhere, is open to whoever works with it. */
  #isFree({ entity, working }: Loaded): boolean {
    return (working?.isNew ?? false) || !this.info(entity);
  }
}

function cellOf({ stored, working }: Loaded, member: string): Cell {
  if (working && Object.hasOwn(working.cells, member)) return working.cells[member] ?? null;
  return stored?.cells[member] ?? null;
}

function changesReference(working: WorkingObject | undefined, end: AssociationEnd): boolean {
  return working !== undefined && (Object.hasOwn(working.cells, end.id) || Object.hasOwn(working.links, end.id));
}

function keyOf(id: ObjectId, association: string, guarded: boolean): string {
  return `${id} ${association} ${guarded}`;
}
