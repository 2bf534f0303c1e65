import type { Cell } from '@skerry/shared/base/cell';
import type { UpdateOperation } from '@skerry/shared/sync/change';
import Big from 'big.js';
import type { EntityRules } from './app-rules.ts';
import type { Held } from './objects.ts';

export interface Resolution {
  readonly objectId: string;
  readonly member: string | null;
  readonly policy: string;
  readonly outcome: string;
}

export type Decision =
  | { readonly park: true }
  | {
      readonly park: false;
      readonly set: { readonly [member: string]: Cell };
      readonly resolutions: readonly Resolution[];
    };

/** Whether somebody else has changed the object since the device saw it (design 6.4). */
export function hasMoved(object: Held, baseRev: number, device: string): boolean {
  return object.history.some((change) => change.rev > baseRev && change.device !== device && change.members.length > 0);
}

/** Who changed a member last; undefined when nobody has since the beginning. */
function lastChanger(object: Held, member: string): string | null | undefined {
  return object.history.findLast((change) => change.members.includes(member))?.device;
}

/**
 * What becomes of an update: design 6.4 read member by member. An object-level policy looks at whether the object has
 * moved, a member-level one at whether the member's value is another than the device started from and somebody else's.
 */
export function decide(entity: EntityRules, object: Held, operation: UpdateOperation, device: string): Decision {
  const moved = hasMoved(object, operation.baseRev, device);
  const linked = [...Object.keys(operation.add ?? {}), ...Object.keys(operation.remove ?? {})];
  const ownPolicy = (member: string) => entity.attributes.get(member)?.policy ?? 'inherit';
  const members = Object.keys(operation.set);
  if (entity.policy === 'review' && moved && [...members, ...linked].some((member) => ownPolicy(member) === 'inherit'))
    return { park: true };
  const set: { [member: string]: Cell } = {};
  const resolutions: Resolution[] = [];
  const tell = (member: string, policy: string, outcome: string) =>
    resolutions.push({ objectId: object.id, member, policy, outcome });
  for (const member of members) {
    const mine = operation.set[member] ?? null;
    const base = operation.was[member] ?? null;
    const theirs = object.cells[member] ?? null;
    const differs = theirs !== base;
    const isForeign = differs && lastChanger(object, member) !== device;
    const policy = ownPolicy(member) === 'inherit' ? entity.policy : ownPolicy(member);
    const isInherited = ownPolicy(member) === 'inherit';
    if (policy === 'sum') {
      set[member] = differs ? added(entity.attributes.get(member)?.type ?? '', theirs, base, mine) : mine;
      if (differs) tell(member, 'sum', 'combined');
    } else if (policy === 'firstWins' && isInherited) {
      if (moved) tell(member, 'firstWins', 'theirs');
      else set[member] = mine;
    } else if (!isForeign || (policy === 'review' && isInherited)) {
      set[member] = mine;
    } else if (policy === 'lastWins') {
      set[member] = mine;
      tell(member, 'lastWins', 'mine');
    } else if (policy === 'firstWins') {
      tell(member, 'firstWins', 'theirs');
    } else if (policy === 'merge' && entity.overlap === 'firstWins') {
      tell(member, 'merge', 'theirs');
    } else {
      return { park: true };
    }
  }
  return { park: false, set, resolutions };
}

function added(type: string, theirs: Cell, base: Cell, mine: Cell): Cell {
  if (mine === null) return null;
  const sum = new Big(String(theirs ?? 0)).plus(String(mine)).minus(String(base ?? 0));
  return type === 'Integer' ? Number(sum.toFixed()) : sum.toFixed();
}
