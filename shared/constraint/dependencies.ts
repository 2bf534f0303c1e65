import type { ElementId } from '../base/ids.ts';
import type {
  ResolvedCondition,
  ResolvedConstraint,
  ResolvedObjects,
  ResolvedStep,
  ResolvedValue,
} from './resolved.ts';

export interface DependencyStep {
  readonly association: ElementId;
  readonly direction: 'forward' | 'reverse';
  /** Entity reached. */
  readonly entity: ElementId;
}

/** Something read of the objects reached over `steps` from the context object; no steps: of the object itself. */
export interface MemberRead {
  readonly steps: readonly DependencyStep[];
  /** Whose member it is, as far as the path says. */
  readonly entity: ElementId;
  readonly member: ElementId;
}

export interface ConstraintDependencies {
  readonly members: readonly MemberRead[];
  /** Every path that is followed, prefixes included, each once; the last step of one may be a bare link. */
  readonly paths: readonly (readonly DependencyStep[])[];
  /** Each once. */
  readonly associations: readonly ElementId[];
  /** Entities whose rows are looked at, the context's first; each once. */
  readonly entities: readonly ElementId[];
  /** Names of the variables, `currentUser` apart. */
  readonly variables: readonly string[];
  readonly constants: readonly string[];
  readonly classes: {
    /** Decided by the object's own values and links and by what the session and variables say. */
    readonly rowLocal: boolean;
    /** Goes over associations to other objects. */
    readonly path: boolean;
    readonly user: {
      /** Compares with the user as an object, or reads the user's members. */
      readonly reads: boolean;
      /** Members of the user's own object, and associations that are followed from it. */
      readonly members: readonly ElementId[];
    };
    readonly time: {
      /** Reads the clock. */
      readonly reads: boolean;
      /** DateTime members compared with a moment of the clock: objects move in and out as it runs. */
      readonly members: readonly MemberRead[];
      /** The clock is read other than by comparing a member with it. */
      readonly elsewhere: boolean;
    };
    /** Depends on the session's zone or first day of the week. */
    readonly zone: boolean;
  };
}

/** What has to be looked at to decide a constraint. */
export function constraintDependencies({ entity, condition }: ResolvedConstraint): ConstraintDependencies {
  const collector = new Collector(entity);
  collector.condition(condition, []);
  return collector.result();
}

class Collector {
  readonly #members = new Map<string, MemberRead>();
  readonly #paths = new Map<string, readonly DependencyStep[]>();
  readonly #associations = new Set<ElementId>();
  readonly #entities: Set<ElementId>;
  readonly #variables = new Set<string>();
  readonly #constants = new Set<string>();
  readonly #userMembers = new Set<ElementId>();
  readonly #clock = new Map<string, MemberRead>();
  #readsUser = false;
  #readsClock = false;
  #clockElsewhere = false;
  #zone = false;
  #leaves = false;
  readonly #root: ElementId;

  constructor(root: ElementId) {
    this.#root = root;
    this.#entities = new Set([root]);
  }

  condition(condition: ResolvedCondition, at: readonly DependencyStep[]): void {
    switch (condition.kind) {
      case 'and':
      case 'or':
        for (const operand of condition.operands) this.condition(operand, at);
        return;
      case 'not':
        this.condition(condition.operand, at);
        return;
      case 'always':
        return;
      case 'compare':
        this.#comparison(condition, at);
        return;
      case 'isEmpty':
      case 'truth':
        this.#value(condition.value, at);
        return;
      case 'match':
        this.#value(condition.value, at);
        this.#value(condition.search, at);
        return;
      case 'exists':
        this.#objects(condition.objects, at);
        return;
      case 'same':
        this.#objects(condition.left, at);
        this.#objects(condition.right, at);
    }
  }

  #comparison({ left, right }: Extract<ResolvedCondition, { kind: 'compare' }>, at: readonly DependencyStep[]): void {
    this.#value(left, at);
    this.#value(right, at);
    for (const [value, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (value.kind !== 'moment') continue;
      if (other.kind === 'member') {
        const read = this.#read(other, at);
        this.#clock.set(JSON.stringify(read), read);
      } else this.#clockElsewhere = true;
    }
  }

  #value(value: ResolvedValue, at: readonly DependencyStep[]): void {
    switch (value.kind) {
      case 'member': {
        this.#steps(value.steps, at);
        const read = this.#read(value, at);
        this.#members.set(JSON.stringify(read), read);
        return;
      }
      case 'variable':
        this.#variable(value.name, [...value.steps.map((step) => step.id), ...(value.member ? [value.member.id] : [])]);
        return;
      case 'literal':
        return;
      case 'moment':
        this.#readsClock = true;
        if (
          value.wallClock ||
          value.terms.length > 0 ||
          (value.token !== 'CurrentDateTime' && !value.token.endsWith('UTC'))
        )
          this.#zone = true;
        if (value.token.includes('Week')) this.#zone = true;
        return;
      case 'constant':
        this.#constants.add(value.name);
        return;
      case 'length':
        this.#value(value.value, at);
        return;
      case 'datePart':
        this.#value(value.value, at);
        if (value.zone === null) this.#zone = true;
        if (value.value.kind === 'moment') this.#clockElsewhere = true;
    }
  }

  #objects(objects: ResolvedObjects, at: readonly DependencyStep[]): void {
    if (objects.kind === 'objects') this.#steps(objects.steps, at);
    else if (objects.kind === 'user') this.#readsUser = true;
    else if (objects.kind === 'variable')
      this.#variable(
        objects.name,
        objects.steps.map((step) => step.id),
      );
  }

  #variable(name: string, members: readonly ElementId[]): void {
    if (name !== 'currentUser') {
      this.#variables.add(name);
      return;
    }
    this.#readsUser = true;
    // What lies beyond the user's own object is reached by its first member.
    if (members[0] !== undefined) this.#userMembers.add(members[0]);
  }

  #steps(steps: readonly ResolvedStep[], at: readonly DependencyStep[]): void {
    let path = at;
    for (const step of steps) {
      path = [...path, { association: step.association, direction: step.direction, entity: step.entity }];
      this.#paths.set(JSON.stringify(path), path);
      this.#associations.add(step.association);
      if (step.named || step.direction === 'reverse') this.#entities.add(step.entity);
      if (step.named || step.direction === 'reverse' || path.length > 1) this.#leaves = true;
      for (const filter of step.filters) this.condition(filter, path);
    }
  }

  #read(
    { steps, entity, member }: Extract<ResolvedValue, { kind: 'member' }>,
    at: readonly DependencyStep[],
  ): MemberRead {
    const path = steps.map((step) => ({
      association: step.association,
      direction: step.direction,
      entity: step.entity,
    }));
    return { steps: [...at, ...path], entity, member };
  }

  result(): ConstraintDependencies {
    return {
      members: [...this.#members.values()],
      paths: [...this.#paths.values()],
      associations: [...this.#associations],
      entities: [this.#root, ...[...this.#entities].filter((entity) => entity !== this.#root)],
      variables: [...this.#variables],
      constants: [...this.#constants],
      classes: {
        rowLocal: !this.#leaves,
        path: this.#leaves,
        user: { reads: this.#readsUser, members: [...this.#userMembers] },
        time: { reads: this.#readsClock, members: [...this.#clock.values()], elsewhere: this.#clockElsewhere },
        zone: this.#zone,
      },
    };
  }
}
