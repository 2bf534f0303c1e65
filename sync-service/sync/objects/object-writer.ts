import type { Cell, Cells } from '@skerry/shared/base/cell';
import { derivedElementId, type ElementId, type ObjectId } from '@skerry/shared/base/ids';
import { SYSTEM_MEMBERS } from '@skerry/shared/metamodel/system-module';
import type { Links } from '@skerry/shared/sync/change';
import type { WriteUnit } from '../../base/sql.ts';
import type { Author } from '../../change-log/index.ts';
import { claimFileBody } from '../../db/repositories/files.repository.ts';
import type { EntityInfo } from '../../releases/index.ts';
import {
  addLink,
  insertObject,
  readObject,
  removeLink,
  type StoredObject,
  targetsOf,
  updateObject,
} from '../object-rows.ts';
import type { Viewpoint } from '../viewpoint.ts';
import { nextNumbers } from './autonumbers.ts';
import { calculate } from './calculate.ts';
import { cascadeOf, deleteDoomed, type Found, locate } from './delete-cascade.ts';
import { validate } from './validate.ts';
import { WriteRefused } from './write-refused.ts';

/** The member by which a file's row names its body. */
const FILE_HASH = derivedElementId('System.FileDocument/Hash');

export interface LinkChanges {
  readonly add?: Links | undefined;
  readonly remove?: Links | undefined;
}

/**
 * The one way by which rows change, whoever changes them: with the values that the service owns, calculated ones,
 * links, claims on file bodies and the change log. It judges no rights.
 */
export class ObjectWriter {
  /** Whose rows changed. */
  readonly entities = new Set<ElementId>();
  /** New objects that are about to be written: what refers to them points to something. */
  readonly arriving = new Set<ObjectId>();
  readonly #touched = new Map<ObjectId, EntityInfo>();
  readonly #unit: WriteUnit;
  readonly #viewpoint: Viewpoint;

  constructor(unit: WriteUnit, viewpoint: Viewpoint) {
    this.#unit = unit;
    this.#viewpoint = viewpoint;
  }

  /** @param cells all that the object begins with, defaults included */
  async insert(info: EntityInfo, id: ObjectId, cells: Cells, links: Links, author: Author): Promise<void> {
    const numbers = await nextNumbers(this.#unit, info);
    const whole: Cells = { ...cells, ...numbers, ...this.#systemCells(info, true, author) };
    const calculated = await calculate(this.#unit, this.#viewpoint, info, { id, cells: whole, links });
    await insertObject(this.#unit, info, id, { ...whole, ...calculated }, author);
    await this.#claimFile(id, cells);
    this.#touch(info, id);
    await this.#link(info, id, { add: links }, author);
  }

  /** Writes what differs; an object that would stay as it is keeps its revision. */
  async update(info: EntityInfo, before: StoredObject, set: Cells, links: LinkChanges, author: Author): Promise<void> {
    const changed = Object.fromEntries(
      Object.entries(set).filter(([member, cell]) => (before.cells[member] ?? null) !== cell),
    );
    const moved = await this.#differing(info, before.id, links);
    const linked = [...new Set([...Object.keys(moved.add), ...Object.keys(moved.remove)])];
    this.#touch(info, before.id);
    if (Object.keys(changed).length === 0 && linked.length === 0) return;
    const own = { ...changed, ...this.#systemCells(info, false, author) };
    const whole = { ...before.cells, ...own };
    const calculated = await calculate(this.#unit, this.#viewpoint, info, { id: before.id, cells: whole, ...moved });
    await updateObject(this.#unit, info, before.id, { ...own, ...calculated }, linked, author);
    await this.#claimFile(before.id, changed);
    await this.#link(info, before.id, moved, author);
  }

  /** The links that are not as asked yet; of associations that are, nothing. */
  async #differing(info: EntityInfo, owner: ObjectId, { add = {}, remove = {} }: LinkChanges) {
    const differing = {
      add: {} as { [id: string]: readonly ObjectId[] },
      remove: {} as { [id: string]: readonly ObjectId[] },
    };
    for (const associationId of new Set([...Object.keys(add), ...Object.keys(remove)])) {
      const set = info.sets.get(associationId);
      if (!set) continue;
      const there = new Set(await targetsOf(this.#unit, set.table, owner));
      const added = (add[associationId] ?? []).filter((target) => !there.has(target));
      const removed = (remove[associationId] ?? []).filter((target) => there.has(target));
      if (added.length > 0) differing.add[associationId] = added;
      if (removed.length > 0) differing.remove[associationId] = removed;
    }
    return differing;
  }

  /** What a delete would take along, the object first. */
  async doomedBy(info: EntityInfo, id: ObjectId): Promise<ReadonlyMap<ObjectId, Found>> {
    const cascade = await cascadeOf(this.#unit, this.#viewpoint.model, { info, id });
    if (cascade.kind === 'doomed') return cascade.doomed;
    throw new WriteRefused('sync/still-referenced', { entityId: info.id, objectId: id }, cascade.message);
  }

  async delete(doomed: ReadonlyMap<ObjectId, Found>, author: Author): Promise<void> {
    const entities = await deleteDoomed(this.#unit, this.#viewpoint.model, doomed, author);
    for (const entity of entities) this.entities.add(entity);
  }

  /** Validation and referential integrity of what was written so far. @param ids absent: of everything */
  async check(ids: Iterable<ObjectId> = this.#touched.keys()): Promise<void> {
    for (const id of [...ids]) {
      const info = this.#touched.get(id);
      const object = info ? await readObject(this.#unit, info, id) : null;
      if (!info || !object) continue;
      const invalid = await validate(this.#unit, this.#viewpoint.model, info, object);
      if (invalid) {
        const at = { entityId: info.id, objectId: id, member: invalid.member as ElementId };
        throw new WriteRefused(invalid.code, at, invalid.message);
      }
      await this.#checkReferences(info, object);
    }
  }

  async #checkReferences(info: EntityInfo, object: StoredObject): Promise<void> {
    for (const [member, entity] of info.references) {
      const cell = object.cells[member];
      if (typeof cell !== 'string' || info.kept.has(member) || this.arriving.has(cell as ObjectId)) continue;
      const there = await locate(this.#unit, this.#viewpoint.model, entity, [cell as ObjectId]);
      if (there.length === 0) throw referenceGone(info, object.id, member);
    }
  }

  #touch(info: EntityInfo, id: ObjectId): void {
    this.entities.add(info.id);
    this.#touched.set(id, info);
  }

  async #link(info: EntityInfo, owner: ObjectId, { add = {}, remove = {} }: LinkChanges, author: Author) {
    for (const [associationId, targets] of Object.entries(remove)) {
      const set = info.sets.get(associationId);
      if (!set) continue;
      for (const target of targets) await removeLink(this.#unit, { ...set, owner, target }, author);
    }
    for (const [associationId, targets] of Object.entries(add)) {
      const set = info.sets.get(associationId);
      if (!set) continue;
      // A reference kept in a table holds one: the new one takes the old one's place.
      const others = set.single ? await targetsOf(this.#unit, set.table, owner) : [];
      for (const other of others) {
        if (!targets.includes(other)) await removeLink(this.#unit, { ...set, owner, target: other }, author);
      }
      for (const target of targets) await addLink(this.#unit, { ...set, owner, target }, author);
      const needed = new Set(targets.filter((target) => !this.arriving.has(target)));
      const there = await locate(this.#unit, this.#viewpoint.model, set.target, [...needed]);
      if (there.length < needed.size) throw referenceGone(info, owner, associationId);
    }
  }

  async #claimFile(id: ObjectId, cells: Cells): Promise<void> {
    const hash = cells[FILE_HASH];
    if (typeof hash === 'string') await claimFileBody(this.#unit, id, hash, this.#viewpoint.user.id);
  }

  /** SY25. A handler works for the user whose work it handles. */
  #systemCells(info: EntityInfo, isNew: boolean, { atMs }: Author): Cells {
    const user = this.#viewpoint.user.id;
    const all: { [member: string]: Cell } = { [SYSTEM_MEMBERS.changedDate]: atMs, [SYSTEM_MEMBERS.changedBy]: user };
    if (isNew) Object.assign(all, { [SYSTEM_MEMBERS.createdDate]: atMs, [SYSTEM_MEMBERS.owner]: user });
    return Object.fromEntries(Object.entries(all).filter(([member]) => info.columnOf.has(member)));
  }
}

function referenceGone(info: EntityInfo, objectId: ObjectId, member: string): WriteRefused {
  return new WriteRefused('sync/reference-gone', { entityId: info.id, objectId, member: member as ElementId });
}
