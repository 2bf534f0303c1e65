import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { assignValue, fromCell, toCell } from '@skerry/shared/expression/convert';
import type { EvaluationEnvironment } from '@skerry/shared/expression/environment';
import { evaluateExpression } from '@skerry/shared/expression/evaluate';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import { MissingData } from '../flow/missing-data.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import { cellType } from './cell-type.ts';
import { constantValue, standing } from './environment-values.ts';
import { reach } from './reach.ts';
import type { CalculatedAttribute } from './running-app.ts';
import { cellOf, isReadable, type LoadedObject, loadStored, type ReaderContext, statusOf } from './stored-object.ts';

/** How far calculated attributes may stand on one another; what goes further is taken for a circle. */
const LONGEST_CHAIN = 100;

/** An input is not on this device, or not for this user: only the service knows the value. */
class Withheld extends Error {}

/** A value that needs itself. */
class Circular extends Error {}

/**
 * Objects with their calculated attributes, from what rows and memory hold now. One whose inputs are not all here keeps
 * the service's last value; one that stands on itself, and one whose expression fails, is empty.
 */
export async function calculate(
  reader: SqlReader,
  context: ReaderContext,
  objects: readonly LoadedObject[],
): Promise<readonly LoadedObject[]> {
  if (!objects.some(({ entity }) => entity.calculated.length > 0)) return objects;
  const calculation = new Calculation(context, objects);
  const results = new Map<ObjectId, LoadedObject>();
  let waiting = objects;
  while (waiting.length > 0) {
    const missing: MissingData['read'][] = [];
    const next: LoadedObject[] = [];
    for (const object of waiting) {
      try {
        results.set(object.id, { ...object, cells: { ...object.cells, ...calculation.cells(object) } });
      } catch (thrown) {
        if (!(thrown instanceof MissingData)) throw thrown;
        missing.push(thrown.read);
        next.push(object);
      }
    }
    if (missing.length > 0) await calculation.load(reader, missing);
    waiting = next;
  }
  return objects.map((object) => results.get(object.id) ?? object);
}

class Calculation {
  readonly #context: ReaderContext;
  readonly #environment: EvaluationEnvironment;
  /** Null: not on this device. */
  readonly #objects: Map<ObjectId, LoadedObject | null>;
  /** Owners that refer to an object, by association. */
  readonly #owners = new Map<string, readonly ObjectId[]>();
  readonly #done = new Map<string, Cell>();
  readonly #underWay = new Set<string>();
  #current: ObjectValue | null = null;

  constructor(context: ReaderContext, objects: readonly LoadedObject[]) {
    this.#context = context;
    this.#objects = new Map(objects.map((object) => [object.id, object]));
    this.#environment = this.#environmentOf();
  }

  /** @throws MissingData */
  cells(object: LoadedObject): { readonly [memberId: string]: Cell } {
    const cells: { [memberId: string]: Cell } = {};
    for (const member of object.entity.calculated) {
      if (!isReadable(object, member.id)) continue;
      try {
        cells[member.id] = this.#cell(object, member);
      } catch (thrown) {
        if (!(thrown instanceof Circular)) throw thrown;
        cells[member.id] = null;
      }
    }
    return cells;
  }

  async load(reader: SqlReader, reads: readonly MissingData['read'][]): Promise<void> {
    const ids = reads.filter(({ kind }) => kind === 'attribute').map(({ object }) => object.id);
    if (ids.length > 0) {
      const found = new Map((await loadStored(reader, this.#context, ids)).map((object) => [object.id, object]));
      for (const id of ids) this.#objects.set(id, found.get(id) ?? null);
    }
    const steps = reads.filter(({ kind }) => kind === 'association');
    for (const [association, own] of Map.groupBy(steps, ({ member }) => member)) {
      const starts = own.flatMap(({ object }) => this.#objects.get(object.id) ?? []);
      for (const [entity, alike] of Map.groupBy(starts, (start) => start.entity.name)) {
        const end = this.#context.app.view.step(entity, association);
        if (!end) continue;
        const reached = await reach(reader, this.#context, alike, end);
        for (const { id } of alike) this.#owners.set(ownersKey(id, association), reached.get(id) ?? []);
      }
    }
  }

  #cell(object: LoadedObject, member: CalculatedAttribute): Cell {
    const key = `${object.id} ${member.id}`;
    const done = this.#done.get(key);
    if (done !== undefined) return done;
    if (this.#underWay.has(key) || this.#underWay.size >= LONGEST_CHAIN) throw new Circular();
    const outer = this.#current;
    this.#underWay.add(key);
    this.#current = { kind: 'object', entity: object.entity.name, id: object.id };
    try {
      const cell = this.#evaluate(object, member);
      this.#done.set(key, cell);
      return cell;
    } finally {
      this.#underWay.delete(key);
      this.#current = outer;
    }
  }

  #evaluate(object: LoadedObject, member: CalculatedAttribute): Cell {
    const type = cellType(member.type);
    try {
      const value = assignValue(evaluateExpression(member.calculation, this.#environment), type);
      return isKind(value, 'error') || isKind(value, 'list') ? null : toCell(value, type);
    } catch (thrown) {
      if (!(thrown instanceof Withheld)) throw thrown;
      return object.row?.cells[member.id] ?? null;
    }
  }

  #environmentOf(): EvaluationEnvironment {
    const { app, evaluation } = this.#context;
    const { session, locale, random, isSyncing } = evaluation();
    return {
      session,
      variable: (name) => (name === 'currentObject' ? this.#current : standing(name, session)),
      read: (object, name) => this.#read(object, name),
      follow: (object, association) => this.#follow(object, association),
      constant: (name) => constantValue(app, name),
      enumeration: (name) => app.bundle.model.find('enumeration', name)?.content,
      isA: (entity, ancestor) => app.view.isA(entity, ancestor),
      status: (object, status) =>
        object === null ? status === 'isSyncing' && isSyncing : statusOf(this.#at(object, status), status, isSyncing),
      userRole: (name) => app.bundle.scope.roles.find((role) => role.name === name)?.id,
      random,
      zone: (name) => locale.transitions(name),
    };
  }

  #read(object: ObjectValue, name: string): Value {
    const at = this.#at(object, name);
    const member = at.entity.members.get(name);
    if (member?.kind !== 'attribute' || !isReadable(at, member.id)) throw new Withheld();
    const calculated = at.entity.calculated.find(({ id }) => id === member.id);
    return fromCell(calculated ? this.#cell(at, calculated) : cellOf(at, member), cellType(member.type));
  }

  #follow(object: ObjectValue, association: string): Value {
    const at = this.#at(object, association);
    const end = this.#context.app.view.step(at.entity.name, association);
    if (!end) throw new Withheld();
    const member = at.entity.membersById.get(end.id);
    if (end.direction === 'forward' && (!member || !isReadable(at, member.id))) throw new Withheld();
    const ids = this.#owners.get(ownersKey(at.id, association));
    if (!ids) throw new MissingData({ object, member: association, kind: 'association' });
    const items = ids.map((id): ObjectValue => {
      const reached = this.#at({ kind: 'object', entity: end.far, id }, association);
      return { kind: 'object', entity: reached.entity.name, id };
    });
    return end.single ? (items[0] ?? null) : { kind: 'list', entity: end.far, items };
  }

  #at(object: ObjectValue, member: string): LoadedObject {
    const known = this.#objects.get(object.id);
    if (known === undefined) throw new MissingData({ object, member, kind: 'attribute' });
    if (known === null) throw new Withheld();
    return known;
  }
}

function ownersKey(id: ObjectId, association: string): string {
  return `${id} ${association}`;
}

function isKind(value: Value, kind: 'error' | 'list'): boolean {
  return value !== null && typeof value === 'object' && 'kind' in value && value.kind === kind;
}
