import type { Cell } from '../base/cell.ts';
import type { ElementId, ObjectId } from '../base/ids.ts';
import { partsOf, toWallClock } from '../expression/local-time.ts';
import { foldAscii } from '../expression/text-order.ts';
import { type BindingEnvironment, bindObjects, bindValue, codePoints, zoneOf } from './bind-values.ts';
import { comparison, type Truth } from './compare.ts';
import type {
  ResolvedCondition,
  ResolvedConstraint,
  ResolvedObjects,
  ResolvedStep,
  ResolvedValue,
} from './resolved.ts';

/** Objects in memory, as a predicate looks at them. */
export interface ObjectReader {
  /** The object's own entity; undefined when there is no such object. */
  entityOf(id: ObjectId): ElementId | undefined;
  /** An attribute's cell, `null` for empty. */
  cell(id: ObjectId, memberId: ElementId): Cell;
  /** Ids that are linked, whether or not such objects are there. */
  reach(id: ObjectId, association: ElementId, direction: 'forward' | 'reverse'): Iterable<ObjectId>;
}

/** Whether an object is kept. Entities are not looked at: ask it for objects of the constrained entity. */
export type Predicate = (id: ObjectId, objects: ObjectReader) => boolean;

type Test = (id: ObjectId, objects: ObjectReader) => Truth;
/** The value or values for an object; the visitor ends the visit by answering true. */
type Visit = (id: ObjectId, objects: ObjectReader, visitor: (cell: Cell) => boolean) => boolean;
type VisitObjects = (id: ObjectId, objects: ObjectReader, visitor: (id: ObjectId) => boolean) => boolean;

/** Variables, tokens and constants are read once, now. */
export function toPredicate({ condition }: ResolvedConstraint, environment: BindingEnvironment): Predicate {
  const test = compile(condition, environment);
  return (id, objects) => test(id, objects) === true;
}

function compile(condition: ResolvedCondition, environment: BindingEnvironment): Test {
  switch (condition.kind) {
    case 'and':
      return all(
        condition.operands.map((operand) => compile(operand, environment)),
        false,
      );
    case 'or':
      return all(
        condition.operands.map((operand) => compile(operand, environment)),
        true,
      );
    case 'not': {
      const operand = compile(condition.operand, environment);
      return (id, objects) => {
        const truth = operand(id, objects);
        return truth === null ? null : !truth;
      };
    }
    case 'always':
      return () => condition.value;
    case 'compare': {
      const compare = comparison(condition.operator, condition.type, condition.order);
      return atom([condition.left, condition.right], ([a, b]) => compare(a!, b!), environment);
    }
    case 'isEmpty':
      return atom([condition.value], ([cell]) => (cell === null) !== condition.negated, environment);
    case 'truth':
      return atom([condition.value], ([cell]) => cell as Truth, environment);
    case 'match':
      return atom(
        [condition.value, condition.search],
        ([text, part]) => match(condition.how, text!, part!),
        environment,
      );
    case 'exists': {
      const visit = compileObjects(condition.objects, environment);
      return (id, objects) => visit(id, objects, () => true);
    }
    case 'same': {
      const left = compileObjects(condition.left, environment);
      const right = compileObjects(condition.right, environment);
      const { negated } = condition;
      return (id, objects) => left(id, objects, (a) => right(id, objects, (b) => (a === b) !== negated));
    }
  }
}

/** Kleene's and (ends at the first false), or with `ending` true his or. */
function all(tests: readonly Test[], ending: boolean): Test {
  return (id, objects) => {
    let truth: Truth = !ending;
    for (const test of tests) {
      const one = test(id, objects);
      if (one === ending) return ending;
      if (one === null) truth = null;
    }
    return truth;
  };
}

function match(how: 'contains' | 'startsWith' | 'endsWith', text: Cell, part: Cell): Truth {
  if (text === null || part === null) return null;
  const folded = foldAscii(text as string);
  const wanted = foldAscii(part as string);
  if (how === 'contains') return folded.includes(wanted);
  return how === 'startsWith' ? folded.startsWith(wanted) : folded.endsWith(wanted);
}

/**
 * A test of some values. When none of them is reached over an association it may be unknown; otherwise it is true if
 * some combination makes it true, and false if none does.
 */
function atom(
  values: readonly ResolvedValue[],
  test: (cells: readonly Cell[]) => Truth,
  environment: BindingEnvironment,
): Test {
  const parts = values.map((value) => ({
    visit: compileValue(value, environment),
    isExistential: isExistential(value, environment),
  }));
  if (!parts.some((part) => part.isExistential)) {
    return (id, objects) => {
      const cells: Cell[] = [];
      for (const { visit } of parts) visit(id, objects, (cell) => cells.push(cell) < 0);
      return test(cells);
    };
  }
  return (id, objects) => {
    const cells: Cell[] = [];
    const visitFrom = (at: number): boolean => {
      const part = parts[at];
      if (!part) return test(cells) === true;
      return part.visit(id, objects, (cell) => {
        cells[at] = cell;
        return visitFrom(at + 1);
      });
    };
    return visitFrom(0);
  };
}

function isExistential(value: ResolvedValue, environment: BindingEnvironment): boolean {
  if (value.kind === 'length' || value.kind === 'datePart') return isExistential(value.value, environment);
  if (value.kind === 'member') return value.steps.length > 0;
  return bindValue(value, environment)?.kind === 'many';
}

function compileValue(value: ResolvedValue, environment: BindingEnvironment): Visit {
  const bound = bindValue(value, environment);
  if (bound?.kind === 'one') return (_id, _objects, visitor) => visitor(bound.cell);
  if (bound) return (_id, _objects, visitor) => bound.cells.some(visitor);
  switch (value.kind) {
    case 'member': {
      const { member } = value;
      const visit = compileSteps(value.steps, environment);
      return (id, objects, visitor) => visit(id, objects, (reached) => visitor(objects.cell(reached, member)));
    }
    case 'length': {
      const visit = compileValue(value.value, environment);
      return (id, objects, visitor) =>
        visit(id, objects, (cell) => visitor(cell === null ? null : codePoints(cell as string)));
    }
    case 'datePart': {
      const visit = compileValue(value.value, environment);
      const zone = zoneOf(value.zone, environment);
      const { part } = value;
      return (id, objects, visitor) =>
        visit(id, objects, (cell) =>
          visitor(cell === null || !zone ? null : partsOf(toWallClock(cell as number, zone))[part]),
        );
    }
    default:
      // Every other kind is bound above.
      return () => false;
  }
}

function compileObjects(objects: ResolvedObjects, environment: BindingEnvironment): VisitObjects {
  if (objects.kind === 'objects') return compileSteps(objects.steps, environment);
  const ids = bindObjects(objects, environment) ?? [];
  return (_id, _objects, visitor) => ids.some(visitor);
}

function compileSteps(steps: readonly ResolvedStep[], environment: BindingEnvironment): VisitObjects {
  let visit: VisitObjects = (id, _objects, visitor) => visitor(id);
  for (const step of steps) visit = then(visit, compileStep(step, environment));
  return visit;
}

function then(first: VisitObjects, second: VisitObjects): VisitObjects {
  return (id, objects, visitor) => first(id, objects, (reached) => second(reached, objects, visitor));
}

function compileStep(step: ResolvedStep, environment: BindingEnvironment): VisitObjects {
  const { association, direction, named } = step;
  const entities = new Set(step.entities);
  const filters = step.filters.map((filter) => compile(filter, environment));
  return (id, objects, visitor) => {
    for (const reached of objects.reach(id, association, direction)) {
      if (named) {
        const entity = objects.entityOf(reached);
        if (entity === undefined || !entities.has(entity)) continue;
        if (!filters.every((filter) => filter(reached, objects) === true)) continue;
      }
      if (visitor(reached)) return true;
    }
    return false;
  };
}
