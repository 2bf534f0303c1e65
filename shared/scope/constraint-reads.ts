import type { ElementId } from '../base/ids.ts';
import { constraintDependencies } from '../constraint/dependencies.ts';
import type { ResolvedConstraint } from '../constraint/resolved.ts';
import type { CandidateStep } from './plan.ts';

/** Something a constraint reads, reached over `steps` (none: the object itself). */
export interface Read {
  readonly steps: readonly CandidateStep[];
  readonly member: ElementId;
}

/** What may change a constraint's answer for an object (SC10). */
export interface ConstraintReads {
  /** Attributes and links; a link is a member of the object that owns it. */
  readonly members: readonly Read[];
  /** Members compared with the clock. */
  readonly clocks: readonly Read[];
  /** Of the signed-in user's own object. */
  readonly userMembers: readonly ElementId[];
  readonly zone: boolean;
  /** What none of the above can follow, in words. */
  readonly beyond: readonly string[];
}

export const NO_READS: ConstraintReads = { members: [], clocks: [], userMembers: [], zone: false, beyond: [] };

export function constraintReads(constraint: ResolvedConstraint): ConstraintReads {
  const { members, paths, classes } = constraintDependencies(constraint);
  const links = paths.map((path): Read => {
    const last = path[path.length - 1] as CandidateStep;
    return { steps: last.direction === 'forward' ? path.slice(0, -1) : path, member: last.association };
  });
  const beyond = [
    ...(classes.time.elsewhere ? ['a part of the present moment is compared'] : []),
    ...(leavesUser(constraint.condition) ? ['it follows associations of $currentUser to other objects'] : []),
  ];
  return {
    members: [...members.map(({ steps, member }) => ({ steps, member })), ...links],
    clocks: classes.time.members.map(({ steps, member }) => ({ steps, member })),
    userMembers: classes.user.members,
    zone: classes.zone,
    beyond,
  };
}

/** Whether more than the user's own object is read from $currentUser: such objects change without the user's row changing. */
function leavesUser(part: unknown): boolean {
  if (part === null || typeof part !== 'object') return false;
  if (Array.isArray(part)) return part.some(leavesUser);
  const { kind, name, steps, member } = part as {
    kind?: string;
    name?: string;
    steps?: readonly unknown[];
    member?: unknown;
  };
  if (kind === 'variable' && name === 'currentUser' && (steps?.length ?? 0) + (member ? 1 : 0) > 1) return true;
  return Object.values(part).some(leavesUser);
}

/** Equal paths have equal keys. */
export function stepsKey(steps: readonly CandidateStep[]): string {
  return steps.map((step) => `${step.association}${step.direction === 'forward' ? '>' : '<'}${step.entity}`).join('/');
}
