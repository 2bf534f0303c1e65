import type { Expression, ExpressionOf } from './ast.ts';

/** What names a path: the same text means the same value throughout one evaluation. */
export function pathKey({ variable, segments }: ExpressionOf<'path'>): string {
  return [variable, ...segments.map((segment) => segment.name)].join('/');
}

/** Paths that are certainly not empty once the condition has turned out so. */
export function factsOf(condition: Expression, outcome: boolean): readonly string[] {
  if (condition.kind === 'call' && condition.name === 'not' && condition.arguments.length === 1)
    return factsOf(condition.arguments[0]!, !outcome);
  if (condition.kind !== 'binary') return [];
  const { operator, left, right } = condition;
  // Both sides of a true `and` are true, both sides of a false `or` are false.
  if ((operator === 'and' && outcome) || (operator === 'or' && !outcome))
    return [...factsOf(left, outcome), ...factsOf(right, outcome)];
  if (operator === '!=' || operator === '=')
    return (operator === '!=') === outcome ? filled(left, right) : equalled(left, right, operator, outcome);
  // An ordering comparison with empty is false.
  if (outcome && ORDERINGS.has(operator)) return [...pathsOf(left), ...pathsOf(right)];
  return [];
}

const ORDERINGS: ReadonlySet<string> = new Set(['<', '<=', '>', '>=']);

function filled(left: Expression, right: Expression): readonly string[] {
  if (right.kind === 'empty') return pathsOf(left);
  return left.kind === 'empty' ? pathsOf(right) : [];
}

/** What equals a literal is not empty. */
function equalled(left: Expression, right: Expression, operator: '=' | '!=', outcome: boolean): readonly string[] {
  if ((operator === '=') !== outcome) return [];
  if (LITERALS.has(right.kind)) return pathsOf(left);
  return LITERALS.has(left.kind) ? pathsOf(right) : [];
}

const LITERALS: ReadonlySet<Expression['kind']> = new Set(['text', 'number', 'boolean', 'name', 'token']);

/** The path and those that lead to it: where a member is filled, its object is too. */
function pathsOf(tree: Expression): readonly string[] {
  if (tree.kind !== 'path') return [];
  return tree.segments.map((_, at) => pathKey({ ...tree, segments: tree.segments.slice(0, at) })).concat(pathKey(tree));
}
