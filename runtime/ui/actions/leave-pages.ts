import type { ObjectId } from '@skerry/shared/base/ids';
import type { Device, ObjectSnapshot } from '../../engine/device-face.ts';
import type { PageState } from '../app-context.ts';
import { comparable } from '../data/member-value.ts';

/** A page as far as leaving it goes. */
export interface OpenPage {
  readonly state: PageState;
  /** The object it was opened for. */
  readonly current: ObjectId | null;
  /** Saves as its own button does and tells whether that went well; null where it has no such button. */
  readonly save: (() => Promise<boolean>) | null;
}

export interface LeaveSurroundings {
  readonly device: Pick<Device, 'load' | 'rollback'>;
  /** Whether objects of the entity are ever stored: what is not is nobody's work. */
  isStored(entity: string): boolean;
  ask(canSave: boolean): Promise<'keep' | 'discard' | 'save' | null>;
}

/**
 * Whether these pages, the top one last, may be left: asks where something would be lost. Afterwards nothing of them
 * is left in memory that stays on no other page.
 */
export async function mayLeave(
  leaving: readonly OpenPage[],
  staying: readonly OpenPage[],
  around: LeaveSurroundings,
): Promise<boolean> {
  for (const { state } of leaving) for (const flush of [...state.flushes]) await flush();
  const touched = new Set(leaving.flatMap(({ state, current }) => [...state.edited, ...(current ? [current] : [])]));
  const objects = (await around.device.load([...touched])).filter(
    (object) => (object.isChanged || object.isNew) && around.isStored(object.entity),
  );
  const unsaved = leaving.filter(
    ({ state }) => state.unreadable.size > 0 || objects.some((object) => isEdited(object, state)),
  );
  if (unsaved.length > 0) {
    const saves = unsaved.map(({ save }) => save);
    const canSave = saves.every((save) => save !== null);
    const answer = await around.ask(canSave);
    if (answer === 'save') {
      for (const save of saves.toReversed()) if (!save || !(await save())) return false;
      return true;
    }
    if (answer !== 'discard') return false;
  }
  const kept = new Set(staying.flatMap(({ state, current }) => [...state.edited, ...(current ? [current] : [])]));
  const dropped = objects
    .filter(
      (object) => leaving.some(({ state }) => state.edited.has(object.id)) || (object.isNew && !kept.has(object.id)),
    )
    .map(({ id }) => id);
  if (dropped.length > 0) await around.device.rollback(dropped);
  for (const { state } of leaving) state.forget();
  return true;
}

/** Whether the user has changed it here, and not back again. */
function isEdited(object: ObjectSnapshot, state: PageState): boolean {
  if (!state.edited.has(object.id)) return false;
  const before = state.before.get(object.id);
  if (!before) return true;
  return [...before].some(([member, value]) => comparable(object, member) !== value);
}
