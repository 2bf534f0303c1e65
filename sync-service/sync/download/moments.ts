import type { ElementId } from '@skerry/shared/base/ids';
import type {
  ResolvedCondition,
  ResolvedConstraint,
  ResolvedStep,
  ResolvedValue,
} from '@skerry/shared/constraint/resolved';
import { momentOf } from '@skerry/shared/expression/moment';
import type { CandidateStep } from '@skerry/shared/scope/plan';
import type { Viewpoint } from '../viewpoint.ts';

type Moment = Extract<ResolvedValue, { kind: 'moment' }>;

/** A member that is compared with a moment of the clock, and over which steps it is reached. */
export interface ClockRead {
  readonly steps: readonly CandidateStep[];
  readonly entity: ElementId;
  readonly member: ElementId;
  readonly moment: Moment;
}

export function clockReads(constraint: ResolvedConstraint): readonly ClockRead[] {
  const found: ClockRead[] = [];
  visit(constraint.condition, [], found);
  return found;
}

/** The moment as it stands at the viewpoint's instant, epoch milliseconds. */
export function momentAt({ token, terms, wallClock }: Moment, viewpoint: Viewpoint, nowMs: number): number {
  return momentOf(token, terms, { ...viewpoint.environment.session, now: nowMs }, wallClock);
}

function visit(tree: ResolvedCondition, at: readonly CandidateStep[], found: ClockRead[]): void {
  switch (tree.kind) {
    case 'and':
    case 'or':
      for (const operand of tree.operands) visit(operand, at, found);
      break;
    case 'not':
      visit(tree.operand, at, found);
      break;
    case 'compare': {
      for (const value of [tree.left, tree.right]) if (value.kind === 'member') visitSteps(value.steps, at, found);
      const moment = [tree.left, tree.right].find((value) => value.kind === 'moment');
      const member = [tree.left, tree.right].find((value) => value.kind === 'member');
      if (moment?.kind !== 'moment' || member?.kind !== 'member') break;
      found.push({ steps: [...at, ...member.steps.map(plain)], entity: member.entity, member: member.member, moment });
      break;
    }
    case 'isEmpty':
    case 'truth':
      if (tree.value.kind === 'member') visitSteps(tree.value.steps, at, found);
      break;
    case 'match':
      if (tree.value.kind === 'member') visitSteps(tree.value.steps, at, found);
      break;
    case 'exists':
      if (tree.objects.kind === 'objects') visitSteps(tree.objects.steps, at, found);
      break;
    case 'same':
      for (const objects of [tree.left, tree.right])
        if (objects.kind === 'objects') visitSteps(objects.steps, at, found);
      break;
    case 'always':
      break;
  }
}

function visitSteps(steps: readonly ResolvedStep[], at: readonly CandidateStep[], found: ClockRead[]): void {
  let here = at;
  for (const step of steps) {
    here = [...here, plain(step)];
    for (const filter of step.filters) visit(filter, here, found);
  }
}

function plain({ association, direction, entity }: ResolvedStep): CandidateStep {
  return { association, direction, entity };
}
