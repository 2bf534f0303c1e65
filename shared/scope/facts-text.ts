import type { Condition, ConstraintSegment, Operand } from '../constraint/ast.ts';
import { parseConstraint } from '../constraint/parse.ts';
import type { Expression } from '../expression/ast.ts';
import { parseExpression } from '../expression/parse.ts';
import type { FactCollector } from './fact-collector.ts';
import type { Place } from './facts.ts';
import { entityRef, type TypeRef, UNKNOWN, USER } from './type-ref.ts';

/** The entities of the variables in reach of a text. */
export interface Variables {
  readonly currentObject: TypeRef;
  variable(name: string): TypeRef;
}

export function typeOfVariable(name: string, variables: Variables): TypeRef {
  if (name === 'currentObject') return variables.currentObject;
  if (name === 'currentUser') return USER;
  return variables.variable(name);
}

/** Facts of an expression that runs on the device. Text that does not parse gives the facts of what can be read of it. */
export function expressionFacts(
  text: string | undefined,
  variables: Variables,
  place: Place,
  into: FactCollector,
): void {
  if (text === undefined || text.trim() === '') return;
  visitExpression(parseExpression(text).tree, variables, place, into);
}

function visitExpression(tree: Expression, variables: Variables, place: Place, into: FactCollector): void {
  switch (tree.kind) {
    case 'path':
      into.path(typeOfVariable(tree.variable, variables), tree.segments, place);
      break;
    case 'call':
      if (tree.name.includes('.')) into.edge('rule', tree.name, { ...place, span: tree.span });
      for (const argument of tree.arguments) visitExpression(argument, variables, place, into);
      break;
    case 'negate':
      visitExpression(tree.operand, variables, place, into);
      break;
    case 'binary':
      visitExpression(tree.left, variables, place, into);
      visitExpression(tree.right, variables, place, into);
      break;
    case 'if':
      for (const part of [tree.condition, tree.then, tree.else]) visitExpression(part, variables, place, into);
      break;
    default:
  }
}

/** Facts of a constraint over `entity` that runs on the device. */
export function constraintFacts(
  text: string | undefined,
  entity: TypeRef,
  variables: Variables,
  place: Place,
  into: FactCollector,
): void {
  if (text === undefined || text.trim() === '') return;
  for (const bracket of parseConstraint(text).tree.brackets) visitCondition(bracket, entity, variables, place, into);
}

function visitCondition(
  tree: Condition,
  entity: TypeRef,
  variables: Variables,
  place: Place,
  into: FactCollector,
): void {
  switch (tree.kind) {
    case 'or':
    case 'and':
      for (const operand of tree.operands) visitCondition(operand, entity, variables, place, into);
      break;
    case 'not':
      visitCondition(tree.operand, entity, variables, place, into);
      break;
    case 'comparison':
      visitOperand(tree.left, entity, variables, place, into);
      visitOperand(tree.right, entity, variables, place, into);
      break;
    case 'alone':
      visitOperand(tree.operand, entity, variables, place, into);
      break;
  }
}

function visitOperand(tree: Operand, entity: TypeRef, variables: Variables, place: Place, into: FactCollector): void {
  switch (tree.kind) {
    case 'path':
      segments(tree.segments, entity, variables, place, into);
      break;
    case 'variable':
      segments(tree.segments, typeOfVariable(tree.name, variables), variables, place, into);
      break;
    case 'call':
      for (const argument of tree.arguments) visitOperand(argument, entity, variables, place, into);
      break;
    default:
  }
}

/** A path, and the filters of its steps in the context of the entity each stands at. */
function segments(
  steps: readonly ConstraintSegment[],
  start: TypeRef,
  variables: Variables,
  place: Place,
  into: FactCollector,
): void {
  into.path(start, steps, place);
  for (const step of steps) {
    const here = step.name.includes('.') ? entityRef(step.name) : UNKNOWN;
    for (const filter of step.filters) visitCondition(filter, here, variables, place, into);
  }
}
