import type { ElementId } from '../base/ids.ts';
import type { ResolvedCondition, ResolvedObjects, ResolvedStep, ResolvedValue } from '../constraint/resolved.ts';
import type { CandidateStep } from './plan.ts';

/** Something a constraint reads, reached over `steps` (none: the object itself). */
export interface Read {
  readonly steps: readonly CandidateStep[];
  readonly member: ElementId;
}

/** What may change a constraint's answer for an object (SC10). */
export interface ConstraintReads {
  readonly members: readonly Read[];
  /** Members compared with the clock. */
  readonly clocks: readonly Read[];
  /** Names of the signed-in user's own members. */
  readonly userMembers: readonly string[];
  readonly roles: boolean;
  readonly zone: boolean;
  /** What none of the above can follow, in words. */
  readonly beyond: readonly string[];
}

/** Everything the condition reads, in the order of the text. */
export function constraintReads(condition: ResolvedCondition): ConstraintReads {
  const collector = new ReadCollector();
  collector.condition(condition, []);
  return collector.reads();
}

class ReadCollector {
  readonly #members = new Map<string, Read>();
  readonly #clocks = new Map<string, Read>();
  readonly #userMembers = new Set<string>();
  readonly #beyond = new Set<string>();
  #zone = false;

  reads(): ConstraintReads {
    return {
      members: [...this.#members.values()], clocks: [...this.#clocks.values()], userMembers: [...this.#userMembers],
      roles: this.#userMembers.has('System.UserRoles'), zone: this.#zone, beyond: [...this.#beyond],
    };
  }

  condition(tree: ResolvedCondition, at: readonly CandidateStep[]): void {
    switch (tree.kind) {
      case 'and':
      case 'or':
        for (const operand of tree.operands) this.condition(operand, at);
        break;
      case 'not': this.condition(tree.operand, at); break;
      case 'compare':
        this.#value(tree.left, at);
        this.#value(tree.right, at);
        this.#clock(tree.left, tree.right, at);
        break;
      case 'isEmpty': case 'truth': this.#value(tree.value, at); break;
      case 'match':
        this.#value(tree.value, at);
        this.#value(tree.search, at);
        break;
      case 'exists': this.#objects(tree.objects, at); break;
      case 'same':
        this.#objects(tree.left, at);
        this.#objects(tree.right, at);
        break;
      case 'always': break;
    }
  }

  /** Only a plain member against a plain moment has objects that change sides one by one as time passes. */
  #clock(left: ResolvedValue, right: ResolvedValue, at: readonly CandidateStep[]): void {
    const moment = hasMoment(left) ? left : hasMoment(right) ? right : undefined;
    if (!moment) return;
    const other = moment === left ? right : left;
    if (moment.kind === 'moment' && other.kind === 'member') {
      const read = { steps: [...at, ...other.steps.map(candidateStep)], member: other.member };
      this.#clocks.set(keyOf(read), read);
    } else this.#beyond.add('a part of the present moment is compared');
  }

  #value(value: ResolvedValue, at: readonly CandidateStep[]): void {
    switch (value.kind) {
      case 'member':
        this.#read({ steps: this.#steps(value.steps, at), member: value.member });
        break;
      case 'variable': this.#variable(value); break;
      case 'moment':
        // Days and longer begin where the session's zone says; the present moment is the same everywhere.
        if (value.token !== 'CurrentDateTime' && !value.token.endsWith('UTC')) this.#zone = true;
        break;
      case 'length': this.#value(value.value, at); break;
      case 'datePart':
        if (value.zone === null) this.#zone = true;
        this.#value(value.value, at);
        break;
      case 'literal': case 'constant': break;
    }
  }

  #objects(objects: ResolvedObjects, at: readonly CandidateStep[]): void {
    if (objects.kind === 'objects') this.#steps(objects.steps, at);
    if (objects.kind === 'variable') this.#variable(objects);
  }

  #variable(value: { readonly name: string; readonly steps: readonly { readonly association: string }[]; readonly member?: string }): void {
    if (value.name !== 'currentUser') return;
    const [first, ...more] = value.steps;
    if (first) this.#userMembers.add(first.association);
    if (!first && value.member) this.#userMembers.add(value.member);
    if (more.length > 0 || (first && value.member)) {
      this.#beyond.add(`$currentUser/${value.steps.map((step) => step.association).join('/')} reads other objects than the user`);
    }
  }

  /** Each step reads its link, which its owner's row holds: the near object going forward, the far one going back. */
  #steps(steps: readonly ResolvedStep[], at: readonly CandidateStep[]): readonly CandidateStep[] {
    let here = at;
    for (const step of steps) {
      const there = [...here, candidateStep(step)];
      this.#read({ steps: step.direction === 'forward' ? here : there, member: step.association });
      for (const filter of step.filters) this.condition(filter, there);
      here = there;
    }
    return here;
  }

  #read(read: Read): void {
    this.#members.set(keyOf(read), read);
  }
}

function hasMoment(value: ResolvedValue): boolean {
  if (value.kind === 'datePart' || value.kind === 'length') return hasMoment(value.value);
  return value.kind === 'moment';
}

function candidateStep(step: ResolvedStep): CandidateStep {
  return { association: step.association, direction: step.direction, entity: step.entity };
}

/** Equal paths are one. */
export function stepsKey(steps: readonly CandidateStep[]): string {
  return steps.map((step) => `${step.association}${step.direction === 'forward' ? '>' : '<'}${step.entity}`).join('/');
}

function keyOf(read: Read): string {
  return `${stepsKey(read.steps)}.${read.member}`;
}
