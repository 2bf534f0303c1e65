import { unreachable } from '../base/invariant.ts';
import { quoteText } from '../expression/print.ts';
import type { Condition, Constraint, ConstraintSegment, Operand } from './ast.ts';
import { printTokenText } from './token-text.ts';

/** Canonical text on one line, with the brackets as written. Parses to the same tree. */
export function printConstraint(tree: Constraint): string {
  return tree.brackets.map((condition) => `[${printCondition(condition)}]`).join('');
}

export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'or':
      return condition.operands.map(printCondition).join(' or ');
    case 'and':
      return condition.operands
        .map((operand) => (operand.kind === 'or' ? `(${printCondition(operand)})` : printCondition(operand)))
        .join(' and ');
    case 'not':
      return `not(${printCondition(condition.operand)})`;
    case 'comparison':
      return `${printOperand(condition.left)} ${condition.operator} ${printOperand(condition.right)}`;
    case 'alone':
      return printOperand(condition.operand);
    default:
      return unreachable(condition);
  }
}

export function printOperand(operand: Operand): string {
  switch (operand.kind) {
    case 'path':
      return printSegments(operand.segments);
    case 'variable':
      return operand.segments.length > 0 ? `$${operand.name}/${printSegments(operand.segments)}` : `$${operand.name}`;
    case 'text':
      return quoteText(operand.value);
    case 'number':
      return operand.text;
    case 'boolean':
      return `${operand.value}()`;
    case 'empty':
      return 'empty';
    case 'token':
      return quoteText(printTokenText(operand.name, operand.terms));
    case 'value':
      return operand.name;
    case 'constant':
      return `@${operand.name}`;
    case 'call':
      return `${operand.name}(${operand.arguments.map(printOperand).join(', ')})`;
    case 'hole':
      return '';
    default:
      return unreachable(operand);
  }
}

function printSegments(segments: readonly ConstraintSegment[]): string {
  return segments
    .map(
      ({ name, reversed, filters }) =>
        `${name}${reversed ? '[reversed()]' : ''}${filters.map((filter) => `[${printCondition(filter)}]`).join('')}`,
    )
    .join('/');
}
