import { unreachable } from '../base/invariant.ts';
import type { Expression } from './ast.ts';
import { PRECEDENCE } from './parse.ts';

/** Canonical text: one line, one space around operators, only the parentheses that are needed. Parses to the same tree. */
export function printExpression(tree: Expression): string {
  return print(tree, 0);
}

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** @param minimum precedence the place asks for; what binds looser is put in parentheses */
function print(tree: Expression, minimum: number): string {
  switch (tree.kind) {
    case 'text':
      return quoteText(tree.value);
    case 'number':
      return tree.text;
    case 'boolean':
      return String(tree.value);
    case 'empty':
      return 'empty';
    case 'token':
      return `[%${tree.name}%]`;
    case 'name':
      return tree.name;
    case 'constant':
      return `@${tree.name}`;
    case 'path':
      return [`$${tree.variable}`, ...tree.segments.map((segment) => segment.name)].join('/');
    case 'call':
      return `${tree.name}(${tree.arguments.map((argument) => print(argument, 0)).join(', ')})`;
    case 'negate':
      return `-${print(tree.operand, TIGHTEST)}`;
    case 'binary': {
      const own = PRECEDENCE[tree.operator];
      // Half a step: the left may bind as tightly as the operator itself, but an `if` there is never left bare.
      const text = `${print(tree.left, own - 0.5)} ${tree.operator === '&' ? '+' : tree.operator} ${print(tree.right, own)}`;
      return own > minimum ? text : `(${text})`;
    }
    case 'if': {
      const text = `if ${print(tree.condition, 0)} then ${print(tree.then, 0)} else ${print(tree.else, 0)}`;
      // Its else would swallow any operator that follows.
      return minimum > 0 ? `(${text})` : text;
    }
    case 'hole':
      return '';
    default:
      return unreachable(tree);
  }
}

const TIGHTEST = 6;
