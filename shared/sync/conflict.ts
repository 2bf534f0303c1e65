import type { Cell, Cells } from '../base/cell.ts';
import type { ElementId } from '../base/ids.ts';
import type { DeleteOperation, UpdateOperation } from './change.ts';
import type { MemberPolicy, NumberType, Policy } from './policy.ts';
import { sumOf } from './policy-sum.ts';
import type { Conflict, Resolution } from './verdict.ts';

/** What the server knows of an object that an operation meets. */
export interface Met {
  readonly policy: Policy;
  /** Members whose own policy is not `inherit`. */
  readonly memberPolicies: { readonly [member: string]: MemberPolicy };
  readonly numbers: { readonly [member: string]: NumberType };
  /** The server's values of the members that are set, before the operation. */
  readonly theirs: Cells;
  /** SY10: whether somebody else raised the revision since `baseRev`. */
  readonly moved: boolean;
  /** SY9: members that this device was the last to change on the server. */
  readonly ownLast: ReadonlySet<string>;
}

export type Settled =
  /** Write `set`; the members a policy gave to the server are left out. */
  | { readonly kind: 'write'; readonly set: Cells; readonly resolutions: readonly Resolution[] }
  | { readonly kind: 'park'; readonly code: string; readonly conflicts: readonly Conflict[] }
  | { readonly kind: 'overflow'; readonly member: ElementId };

type Decided = {
  readonly outcome: 'mine' | 'theirs' | 'park' | 'overflow';
  readonly value?: Cell;
  readonly policy?: Resolution['policy'];
};

/** SY9–SY18 for an update. */
export function settleUpdate(operation: UpdateOperation, met: Met): Settled {
  const members = Object.keys(operation.set);
  const inherits = (member: string) => policyOf(met, member) === 'inherit';
  const setMembers = [...Object.keys(operation.add ?? {}), ...Object.keys(operation.remove ?? {})];
  const objectLevel = met.policy.kind === 'review' || met.policy.kind === 'microflow';
  if (objectLevel && met.moved && (members.some(inherits) || setMembers.some(inherits))) {
    return park(operation, met, met.policy.kind === 'microflow' ? 'sync/microflow-policy-waits' : 'sync/review');
  }
  const set: { [member: string]: Cell } = {};
  const resolutions: Resolution[] = [];
  for (const member of members) {
    const decided = decide(operation, met, member);
    if (decided.outcome === 'park') return park(operation, met, 'sync/review');
    if (decided.outcome === 'overflow') return { kind: 'overflow', member: member as ElementId };
    if (decided.outcome === 'mine') set[member] = decided.value ?? null;
    if (decided.policy) {
      const outcome = decided.policy === 'sum' ? 'combined' : decided.outcome;
      resolutions.push({ ...place(operation), member: member as ElementId, policy: decided.policy, outcome });
    }
  }
  return { kind: 'write', set, resolutions };
}

function decide(operation: UpdateOperation, met: Met, member: string): Decided {
  const mine = operation.set[member] ?? null;
  const differs = isDifferent(operation, met, member);
  const conflicts = differs && !met.ownLast.has(member);
  const own = policyOf(met, member);
  if (own === 'sum') {
    if (!differs) return { outcome: 'mine', value: mine };
    const type = met.numbers[member];
    if (type === undefined) return { outcome: 'mine', value: mine, policy: 'lastWins' };
    const value = sumOf(type, met.theirs[member] ?? null, operation.was[member] ?? null, mine);
    return value === undefined ? { outcome: 'overflow' } : { outcome: 'mine', value, policy: 'sum' };
  }
  if (own === 'inherit' && met.policy.kind === 'firstWins') {
    return met.moved ? { outcome: 'theirs', policy: 'firstWins' } : { outcome: 'mine', value: mine };
  }
  if (!conflicts) return { outcome: 'mine', value: mine };
  const kind = own === 'inherit' ? met.policy.kind : own;
  if (kind === 'lastWins') return { outcome: 'mine', value: mine, policy: 'lastWins' };
  if (kind === 'firstWins') return { outcome: 'theirs', policy: 'firstWins' };
  if (kind === 'merge' && met.policy.kind === 'merge' && met.policy.overlap === 'firstWins') {
    return { outcome: 'theirs', policy: 'merge' };
  }
  // review of a member, merge with overlap review; review and microflow of an object that did not move cannot conflict.
  return { outcome: 'park' };
}

export type SettledDelete =
  | { readonly kind: 'delete'; readonly resolutions: readonly Resolution[] }
  | { readonly kind: 'keep'; readonly resolutions: readonly Resolution[] }
  | { readonly kind: 'park'; readonly code: string; readonly conflicts: readonly Conflict[] };

/** SY20. */
export function settleDelete(operation: DeleteOperation, policy: Policy, moved: boolean): SettledDelete {
  if (!moved) return { kind: 'delete', resolutions: [] };
  const resolution = { ...place(operation), member: null } as const;
  switch (policy.kind) {
    case 'lastWins':
      return { kind: 'delete', resolutions: [{ ...resolution, policy: 'lastWins', outcome: 'mine' }] };
    case 'firstWins':
    case 'merge':
      return { kind: 'keep', resolutions: [{ ...resolution, policy: policy.kind, outcome: 'theirs' }] };
    case 'review':
      return { kind: 'park', code: 'sync/review', conflicts: [{ ...resolution, mine: null, base: null }] };
    case 'microflow':
      return {
        kind: 'park',
        code: 'sync/microflow-policy-waits',
        conflicts: [{ ...resolution, mine: null, base: null }],
      };
  }
}

/** SY21: what an update of an object that is gone becomes. */
export function meetsDelete(policy: Policy): 'reject' | 'park' {
  return policy.kind === 'review' || policy.kind === 'microflow' ? 'park' : 'reject';
}

/** A change of an object, as the log tells it. */
export interface LoggedChange {
  /** The revision it made. */
  readonly rev: number;
  readonly deviceId: string | null;
  /** Members it changed, system members and calculated values left out. */
  readonly members: readonly string[];
}

/**
 * SY10.
 *
 * @param log changes with a revision above `baseRev`, as far as the log reaches
 */
export function hasMoved(baseRev: number, rev: number, deviceId: string, log: readonly LoggedChange[]): boolean {
  const between = log.filter((change) => change.rev > baseRev && change.rev <= rev);
  if (between.some((change) => change.deviceId !== deviceId && change.members.length > 0)) return true;
  const seen = new Set(between.map((change) => change.rev));
  for (let at = baseRev + 1; at <= rev; at++) if (!seen.has(at)) return true;
  return false;
}

/** SY9: of `members`, those whose last logged change was made by `deviceId`. */
export function ownLastOf(
  members: readonly string[],
  deviceId: string,
  log: readonly LoggedChange[],
): ReadonlySet<string> {
  const latestFirst = log.toSorted((a, b) => b.rev - a.rev);
  return new Set(
    members.filter((member) => latestFirst.find((change) => change.members.includes(member))?.deviceId === deviceId),
  );
}

function isDifferent(operation: UpdateOperation, met: Met, member: string): boolean {
  return (met.theirs[member] ?? null) !== (operation.was[member] ?? null);
}

function policyOf(met: Met, member: string): MemberPolicy {
  return Object.hasOwn(met.memberPolicies, member) ? (met.memberPolicies[member] ?? 'inherit') : 'inherit';
}

function park(operation: UpdateOperation, met: Met, code: string): Settled {
  const members = Object.keys(operation.set);
  const conflicting = members.filter((member) => isDifferent(operation, met, member) && !met.ownLast.has(member));
  // An object moved elsewhere than in these members: all of them wait for the decision.
  const shown = conflicting.length > 0 ? conflicting : members;
  const conflicts = shown.map((member) => ({
    ...place(operation),
    member: member as ElementId,
    mine: operation.set[member] ?? null,
    base: operation.was[member] ?? null,
  }));
  return { kind: 'park', code, conflicts };
}

function place(operation: UpdateOperation | DeleteOperation) {
  return { entityId: operation.entityId, objectId: operation.objectId };
}
