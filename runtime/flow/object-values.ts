import type { ObjectId } from '@skerry/shared/base/ids';
import { type CellType, fromCell } from '@skerry/shared/expression/convert';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { MemberRead } from '@skerry/shared/flow/effect';
import type { AttributeType } from '@skerry/shared/metamodel/entity';
import { followObjects } from '../engine/follow.ts';
import { cellOf, isFree, type LoadedObject, loadObjects, type ReaderContext } from '../engine/object-reader.ts';
import type { SqlReader } from '../store/sql-queue.ts';

/** Data that are not at hand. Thrown out of evaluation, which is synchronous; what is missing is loaded and it begins again. */
export class MissingData extends Error {
  readonly read: MemberRead;

  constructor(read: MemberRead) {
    super('Data are not loaded yet.');
    this.read = read;
  }
}

/** Objects at hand while something is evaluated. Dropped whenever data change, so that a value is always the present one. */
export class ObjectValues {
  readonly #objects = new Map<ObjectId, LoadedObject | null>();
  readonly #reached = new Map<string, readonly ObjectValue[]>();

  clear(): void {
    this.#objects.clear();
    this.#reached.clear();
  }

  /** Undefined when it is not at hand; empty for members that may not be read and objects that are gone. */
  read(object: ObjectValue, name: string): Value | undefined {
    const known = this.#objects.get(object.id);
    if (known === undefined) return undefined;
    const member = known?.entity.members.get(name);
    if (!known || member?.kind !== 'attribute' || !isReadable(known, member.id)) return null;
    return fromCell(cellOf(known, member), cellType(member.type));
  }

  /** An object or null over a step that reaches at most one, else a list. */
  follow(context: ReaderContext, object: ObjectValue, association: string): Value | undefined {
    const end = context.app.view.step(object.entity, association);
    if (!end) return null;
    const reached = this.#reached.get(keyOf(object.id, association));
    if (!reached) return undefined;
    return end.single ? (reached[0] ?? null) : { kind: 'list', entity: end.far, items: reached };
  }

  async load(reader: SqlReader, context: ReaderContext, reads: readonly MemberRead[]): Promise<void> {
    const ids = reads.filter(({ kind }) => kind === 'attribute').map(({ object }) => object.id);
    if (ids.length > 0) {
      const found = new Map((await loadObjects(reader, context, ids)).map((object) => [object.id, object]));
      for (const id of ids) this.#objects.set(id, found.get(id) ?? null);
    }
    for (const { object, member } of reads.filter(({ kind }) => kind === 'association')) {
      const links = await followObjects(reader, context, [object.id], member);
      this.#reached.set(keyOf(object.id, member), (links.get(object.id) ?? []).map(objectValue));
    }
  }
}

export function objectValue(object: LoadedObject): ObjectValue {
  return { kind: 'object', entity: object.entity.name, id: object.id };
}

/** How an attribute's cells read as values. */
export function cellType(type: AttributeType): CellType {
  return type.kind === 'Enumeration' ? { kind: 'Enumeration', enumeration: type.enumeration } : { kind: type.kind };
}

export function isReadable(object: LoadedObject, memberId: string): boolean {
  return isFree(object) || object.rights.read.some((readable) => readable === memberId);
}

function keyOf(id: ObjectId, association: string): string {
  return `${id} ${association}`;
}
