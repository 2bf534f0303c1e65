import type { Cell, Cells } from '@skerry/shared/base/cell';
import { type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import type { Result } from '@skerry/shared/base/result';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { FlowError, Values } from '@skerry/shared/flow/effect';
import type { FlowProgram } from '@skerry/shared/flow/program';
import type { Links } from '@skerry/shared/sync/change';
import type { RandomBytes } from '../../base/clock.ts';
import type { WriteUnit } from '../../base/sql.ts';
import type { Author } from '../../change-log/index.ts';
import { type EntityInfo, type Event, type Handler, type Moment, microflowProgram } from '../../releases/index.ts';
import type { Found } from '../objects/delete-cascade.ts';
import { ObjectData } from '../objects/object-data.ts';
import { ObjectWriter } from '../objects/object-writer.ts';
import type { WorkingObject } from '../objects/working-set.ts';
import { WriteRefused } from '../objects/write-refused.ts';
import type { Viewpoint } from '../viewpoint.ts';
import { type Guard, guardOf } from './guard.ts';

/** A message for the user, or one that belongs to a member of an object. */
export interface Told {
  readonly level: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly object?: ObjectId;
  readonly member?: string;
}

export interface WorkspaceParts {
  readonly unit: WriteUnit;
  readonly viewpoint: Viewpoint;
  /** Of the device's or the flow's own writes; handlers write for the service. */
  readonly author: Author;
  readonly random: RandomBytes;
  readonly log: FlowLog;
}

/** Where flows write their log lines. */
export type FlowLog = (level: 'debug' | 'info' | 'warning' | 'error', message: string, flow: string) => void;

/** Runs a flow to its end within a workspace. */
export type RunFlow = (
  workspace: Workspace,
  program: FlowProgram,
  args: Values,
  depth: number,
) => Promise<Result<Value, FlowError>>;

export interface CommitOptions {
  readonly withEvents: boolean;
  /** Whether the user's rights are asked for. */
  readonly guarded: boolean;
  /** Whether rules are checked here, or by whoever commits more with it. */
  readonly check: boolean;
  /** Of the flow that commits. */
  readonly depth: number;
}

export interface DeleteOptions {
  readonly withEvents: boolean;
  readonly guarded: boolean;
  readonly depth: number;
}

/**
 * Objects in memory while flows and admission work on them in one unit, and the way from there into the tables: before
 * handlers, write, rules, after handlers. What is refused throws, and whoever handles it takes back the writes.
 */
export class Workspace {
  readonly data: ObjectData;
  readonly writer: ObjectWriter;
  readonly parts: WorkspaceParts;
  told: readonly Told[] = [];
  readonly #run: RunFlow;
  #handling = 0;

  constructor(parts: WorkspaceParts, run: RunFlow) {
    this.parts = parts;
    this.data = new ObjectData(parts.unit, parts.viewpoint);
    this.writer = new ObjectWriter(parts.unit, parts.viewpoint);
    this.#run = run;
  }

  newId(): ObjectId {
    return objectIdFrom(this.parts.author.atMs, this.parts.random(10));
  }

  /** A new object in memory, with its entity's defaults. */
  create(entity: string, id: ObjectId, set: Cells, links: Links): ObjectValue {
    const info = this.data.info(entity);
    const born = Object.fromEntries((info?.bornNow ?? []).map((member) => [member, this.parts.author.atMs]));
    this.put({ id, entity, isNew: true, cells: { ...info?.defaults, ...born, ...set }, links });
    return { kind: 'object', entity, id };
  }

  put(object: WorkingObject): void {
    this.data.working.put(object);
    this.data.clear();
  }

  /** The events of an object that comes to be. @returns whether it may */
  async arrive(object: ObjectValue, depth: number): Promise<boolean> {
    const info = this.data.info(object.entity);
    if (!info) return true;
    if (!(await this.handle('before', 'create', info, object, depth))) {
      this.data.working.drop(object.id);
      this.data.clear();
      return false;
    }
    await this.handle('after', 'create', info, object, depth);
    return true;
  }

  /**
   * Objects of non-persistable entities only lose their mark of being new.
   *
   * @returns what a handler kept from being committed without an error
   */
  async commit(objects: readonly ObjectValue[], options: CommitOptions): Promise<ReadonlySet<ObjectId>> {
    const all = this.#withReferred(objects).filter(({ id }) => !this.writer.arriving.has(id));
    const stored: { readonly object: ObjectValue; readonly info: EntityInfo; readonly guard: Guard | null }[] = [];
    for (const object of all) {
      const info = this.data.info(object.entity);
      if (info) stored.push({ object, info, guard: options.guarded ? await guardOf(this, info, object) : null });
      else this.#settle(object);
    }
    const vetoed = options.withEvents ? await this.#before('commit', stored, options.depth) : new Set<ObjectId>();
    const going = stored.filter(({ object }) => !vetoed.has(object.id));
    for (const { object, info, guard } of going) {
      await guard?.before();
      await this.#write(object, info);
      await guard?.after();
    }
    if (options.check) await this.writer.check(going.map(({ object }) => object.id));
    if (!options.withEvents) return vetoed;
    for (const { object, info } of going) await this.handle('after', 'commit', info, object, options.depth);
    return vetoed;
  }

  /** @returns false when a handler kept something from going without an error */
  async delete(objects: readonly ObjectValue[], { withEvents, guarded, depth }: DeleteOptions): Promise<boolean> {
    let isDone = true;
    for (const object of objects) {
      const info = this.data.info(object.entity);
      if (!info || this.data.working.get(object.id)?.isNew) {
        this.data.working.drop(object.id);
        this.data.clear();
        continue;
      }
      if (!(await this.data.stored(object))) continue;
      if (guarded) await (await guardOf(this, info, object)).delete();
      if (withEvents) isDone = (await this.#deleteWithEvents(info, object, depth)) && isDone;
      else await this.#deleteStored(await this.writer.doomedBy(info, object.id));
    }
    return isDone;
  }

  async #deleteWithEvents(info: EntityInfo, object: ObjectValue, depth: number): Promise<boolean> {
    const asked = new Set<ObjectId>();
    let doomed = await this.writer.doomedBy(info, object.id);
    // A handler may have changed what goes along: until all that goes has been asked.
    for (let found = true; found; ) {
      found = false;
      for (const { info: own, id } of doomed.values()) {
        if (asked.has(id)) continue;
        asked.add(id);
        found = true;
        if (!(await this.handle('before', 'delete', own, { kind: 'object', entity: own.name, id }, depth)))
          return false;
      }
      if (found) doomed = await this.writer.doomedBy(info, object.id);
    }
    await this.#deleteStored(doomed);
    for (const { info: own, id } of doomed.values()) {
      await this.handle('after', 'delete', own, { kind: 'object', entity: own.name, id }, depth);
    }
    return true;
  }

  async #deleteStored(doomed: ReadonlyMap<ObjectId, Found>): Promise<void> {
    await this.writer.delete(doomed, this.#author);
    for (const id of doomed.keys()) this.data.working.drop(id);
    this.data.clear();
  }

  /** Forgets what was changed and not committed. */
  async rollBack(objects: readonly ObjectValue[], depth: number): Promise<void> {
    for (const object of objects) {
      const info = this.data.info(object.entity);
      if (info && !(await this.handle('before', 'rollback', info, object, depth))) continue;
      this.data.working.drop(object.id);
      this.data.clear();
      if (info) await this.handle('after', 'rollback', info, object, depth);
    }
  }

  /** Runs an event's handlers on one object. @returns whether what they stand before may go on */
  async handle(moment: Moment, event: Event, info: EntityInfo, object: ObjectValue, depth: number): Promise<boolean> {
    for (const handler of info.handlers) {
      if (handler.moment !== moment || handler.event !== event) continue;
      const said = this.told.length;
      const answer = await this.#runHandler(handler, object, depth);
      if (moment === 'after' || answer !== false) continue;
      if (!handler.raiseErrorOnFalse) return false;
      const reason = this.told.slice(said).findLast(({ level }) => level === 'error') ?? this.told.slice(said).at(-1);
      throw refusedBy(handler, info, reason, object);
    }
    return true;
  }

  async #runHandler(handler: Handler, object: ObjectValue, depth: number): Promise<Value> {
    const found = microflowProgram(this.parts.viewpoint.model.model, handler.microflow);
    if (!found || 'problem' in found) {
      const because = found?.problem ?? 'It is not in the app.';
      throw new WriteRefused('flow/not-runnable', {}, `${handler.microflow} cannot run: ${because}`);
    }
    const { program } = found;
    const parameter = program.parameters[0]?.name;
    this.#handling++;
    try {
      const args = handler.passObject && parameter !== undefined ? { [parameter]: object } : {};
      const result = await this.#run(this, program, args, depth + 1);
      if (result.ok) return result.value;
      throw new WriteRefused(result.error.code, {}, result.error.message);
    } finally {
      this.#handling--;
    }
  }

  /** @returns what a handler keeps from going on without an error */
  async #before(
    event: Event,
    stored: readonly { readonly object: ObjectValue; readonly info: EntityInfo }[],
    depth: number,
  ): Promise<ReadonlySet<ObjectId>> {
    const vetoed = new Set<ObjectId>();
    // A commit in its own before handler is the one that is under way.
    for (const { object } of stored) this.writer.arriving.add(object.id);
    try {
      for (const { object, info } of stored) {
        if (!(await this.handle('before', event, info, object, depth))) vetoed.add(object.id);
      }
    } finally {
      for (const { object } of stored) this.writer.arriving.delete(object.id);
    }
    return vetoed;
  }

  async #write(object: ObjectValue, info: EntityInfo): Promise<void> {
    const working = this.data.working.get(object.id);
    if (!working) return;
    if (working.isNew) {
      await this.writer.insert(info, object.id, stripped(info, working.cells), working.links, this.#author);
    } else {
      const before = await this.data.stored(object);
      if (!before) throw new WriteRefused('sync/object-gone', { entityId: info.id, objectId: object.id });
      await this.writer.update(info, before, working.cells, await this.#linkChanges(object, working), this.#author);
    }
    this.data.working.drop(object.id);
    this.data.clear();
  }

  async #linkChanges(object: ObjectValue, working: WorkingObject) {
    const add: { [association: string]: readonly ObjectId[] } = {};
    const remove: { [association: string]: readonly ObjectId[] } = {};
    for (const [association, wanted] of Object.entries(working.links)) {
      const present = await this.data.storedSet(object, association);
      const [more, fewer] = [
        wanted.filter((id) => !present.includes(id)),
        present.filter((id) => !wanted.includes(id)),
      ];
      if (more.length > 0) add[association] = more;
      if (fewer.length > 0) remove[association] = fewer;
    }
    return { add, remove };
  }

  /** New objects that those to be committed refer to come first: a reference must never point to nothing. */
  #withReferred(objects: readonly ObjectValue[]): readonly ObjectValue[] {
    const ordered: ObjectValue[] = [];
    const seen = new Set<ObjectId>();
    const visit = (object: ObjectValue) => {
      if (seen.has(object.id)) return;
      seen.add(object.id);
      const working = this.data.working.get(object.id);
      if (working && this.data.info(working.entity)) {
        for (const cell of [...Object.values(working.cells), ...Object.values(working.links).flat()]) {
          const other = typeof cell === 'string' ? this.data.working.get(cell as ObjectId) : undefined;
          if (other?.isNew) visit({ kind: 'object', entity: other.entity, id: other.id });
        }
      }
      ordered.push(object);
    };
    for (const object of objects) visit(object);
    return ordered;
  }

  #settle(object: ObjectValue): void {
    const working = this.data.working.get(object.id);
    if (working) this.put({ ...working, isNew: false });
  }

  /** What a handler does is the service's own work, yet caused by the device: it is no conflict for it (SY9). */
  get #author(): Author {
    return this.#handling > 0 ? { ...this.parts.author, userId: null } : this.parts.author;
  }
}

/** A new object's values that the service does not own. */
function stripped(info: EntityInfo, cells: Cells): Cells {
  const kept: { [member: string]: Cell } = {};
  for (const [member, cell] of Object.entries(cells)) if (!info.kept.has(member)) kept[member] = cell;
  return kept;
}

function refusedBy(handler: Handler, info: EntityInfo, reason: Told | undefined, object: ObjectValue): WriteRefused {
  const at = { entityId: info.id, objectId: object.id };
  if (!reason) {
    const message = `${handler.microflow} does not allow this.`;
    return new WriteRefused('sync/handler-refused', at, message);
  }
  const member = reason.object === object.id ? reason.member : undefined;
  return new WriteRefused(
    'sync/handler-refused',
    { ...at, ...(member ? { member: member as never } : {}) },
    reason.text,
  );
}
