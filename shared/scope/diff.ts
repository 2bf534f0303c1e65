import type { SyncMode } from '../metamodel/navigation-profile.ts';
import type { PlanEntity, ScopePlan } from './plan.ts';

/** What moved between two plans of a profile, entities by name. */
export interface PlanDiff {
  readonly entered: readonly string[];
  readonly left: readonly string[];
  readonly changedMode: readonly { readonly entity: string; readonly from: SyncMode; readonly to: SyncMode }[];
  /** Entities that stayed in the same mode and whose rows, members or rights may differ. */
  readonly changed: readonly {
    readonly entity: string;
    readonly what: readonly ('constraint' | 'members' | 'grants')[];
  }[];
}

export const NO_DIFF: PlanDiff = { entered: [], left: [], changedMode: [], changed: [] };

/** Entities are the same when their ids are: a rename moves nothing. */
export function diffPlans(before: ScopePlan, after: ScopePlan): PlanDiff {
  const old = new Map(before.entities.map((entity) => [entity.id, entity]));
  const now = new Map(after.entities.map((entity) => [entity.id, entity]));
  const both = after.entities.flatMap((entity) => {
    const was = old.get(entity.id);
    return was && was !== entity ? [{ was, entity }] : [];
  });
  return {
    entered: after.entities.filter((entity) => !old.has(entity.id)).map((entity) => entity.entity),
    left: before.entities.filter((entity) => !now.has(entity.id)).map((entity) => entity.entity),
    changedMode: both
      .filter(({ was, entity }) => was.mode !== entity.mode)
      .map(({ was, entity }) => ({ entity: entity.entity, from: was.mode, to: entity.mode })),
    changed: both
      .filter(({ was, entity }) => was.mode === entity.mode)
      .map(({ was, entity }) => ({ entity: entity.entity, what: differences(was, entity) }))
      .filter(({ what }) => what.length > 0),
  };
}

function differences(was: PlanEntity, now: PlanEntity): ('constraint' | 'members' | 'grants')[] {
  const differs = (pick: (entity: PlanEntity) => unknown) => JSON.stringify(pick(was)) !== JSON.stringify(pick(now));
  return [
    ...(differs((entity) => entity.constraint) ? ['constraint' as const] : []),
    ...(differs((entity) => entity.members.map((member) => [member.id, member.readableBy]))
      ? ['members' as const]
      : []),
    ...(differs((entity) => entity.grants) ? ['grants' as const] : []),
  ];
}
