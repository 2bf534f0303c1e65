import type { ObjectId } from '@skerry/shared/base/ids';
import { fromCell } from '@skerry/shared/expression/convert';
import type { ObjectStatus } from '@skerry/shared/expression/environment';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { MemberRead } from '@skerry/shared/flow/effect';
import { cellType } from '../engine/cell-type.ts';
import { followObjects } from '../engine/follow.ts';
import { loadObjects } from '../engine/object-reader.ts';
import { cellOf, isReadable, type LoadedObject, type ReaderContext, statusOf } from '../engine/stored-object.ts';
import type { SqlReader } from '../store/sql-queue.ts';

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

  /** Undefined when the object is not at hand. */
  status({ id }: ObjectValue, status: ObjectStatus, isSyncing: boolean): boolean | undefined {
    const known = this.#objects.get(id);
    return known === undefined ? undefined : known !== null && statusOf(known, status, isSyncing);
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

function keyOf(id: ObjectId, association: string): string {
  return `${id} ${association}`;
}
