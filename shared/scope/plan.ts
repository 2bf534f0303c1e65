import type { Grant } from '../access/grant.ts';
import type { ElementId } from '../base/ids.ts';
import type { SyncMode } from '../metamodel/navigation-profile.ts';

/** A chain from a root of the profile to a use: `['navigation:Phone', 'menu:Inspections', 'page:Field.Inspections', …]`. */
export type ReasonChain = readonly string[];

/** A step of a path in a constraint along which a change elsewhere may move objects in or out of scope. */
export interface CandidateStep {
  readonly association: ElementId;
  /** From the scoped entity outwards. */
  readonly direction: 'forward' | 'reverse';
  /** Entity reached. */
  readonly entity: ElementId;
}

/** SC10: how the objects of an entity that may have entered or left a scope are found. */
export type Candidate =
  /** Logged objects of the entity itself, when one of `members` (or a link, creation, deletion) changed; always present. */
  | { readonly kind: 'own'; readonly members: readonly ElementId[] }
  /** Objects reached backwards along `steps` from a logged object of the last step's entity that changed in `members`. */
  | { readonly kind: 'path'; readonly steps: readonly CandidateStep[]; readonly members: readonly ElementId[] }
  /** Objects whose `member` (compared with a moment of the clock), reached over `steps`, lies between the two instants. */
  | { readonly kind: 'clock'; readonly steps: readonly CandidateStep[]; readonly member: ElementId }
  /** What has no cheap candidates: the entity is reconciled whenever `because` may have changed. */
  | { readonly kind: 'reconcile'; readonly because: string };

export interface PlanGrant extends Grant {
  /** Whether the device holds all that the constraint reads, so that it can judge after local changes (SC9). */
  readonly onDevice: boolean;
}

export interface PlanMember {
  readonly id: ElementId;
  readonly name: string;
  readonly kind: 'attribute' | 'association';
  /** User roles (ids) that some grant lets read it. */
  readonly readableBy: readonly ElementId[];
}

export interface PlanEntity {
  readonly entity: string;
  readonly id: ElementId;
  readonly mode: SyncMode;
  readonly configured: boolean;
  /** The profile's constraint; '' for none. */
  readonly constraint: string;
  /** Members that stand on the device: readable by some role, less hashed strings. */
  readonly members: readonly PlanMember[];
  readonly grants: readonly PlanGrant[];
  readonly candidates: readonly Candidate[];
  /** SC10, what the entity's frame hashes beside columns and grants: members of the user's own record the rules name. */
  readonly frame: { readonly userMembers: readonly ElementId[]; readonly roles: boolean; readonly zone: boolean };
}

/**
 * What one profile's devices hold and may do: goes into the bundle, drives device and service. Only what machines need;
 * reasons, estimates and diagnostics travel beside it (see analyze), so that they do not move the plan's hash.
 */
export interface ScopePlan {
  readonly profile: string;
  readonly profileId: ElementId;
  readonly roles: readonly { readonly id: ElementId; readonly name: string }[];
  readonly entities: readonly PlanEntity[];
  /** Associations whose links stand on the device. */
  readonly associations: readonly ElementId[];
  /** Ids of what ships in the bundle. */
  readonly pages: readonly ElementId[];
  readonly nanoflows: readonly ElementId[];
  readonly actions: readonly ElementId[];
  readonly microflowCalls: readonly ElementId[];
}
