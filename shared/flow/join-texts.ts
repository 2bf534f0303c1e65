import type { Expression, ExpressionOf } from '../expression/ast.ts';
import { checkExpression } from '../expression/check.ts';
import { parseExpression } from '../expression/parse.ts';
import { printExpression } from '../expression/print.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { Flow } from '../metamodel/flow.ts';
import { allNodes } from './graph.ts';
import { flowSlots } from './slots.ts';
import { scopeTypes } from './variables.ts';

/**
 * A program keeps expressions as text, which has one `+` for numbers and texts. Where both sides are texts that may be
 * empty only the checker can tell them apart, so there the text is written as `'' + …`, which joins whatever comes.
 */
export function withJoinedTexts(flow: Flow, view: DomainView): Flow {
  const copy = JSON.parse(JSON.stringify(flow)) as Flow;
  const nodes = new Map<string, object>(allNodes(copy.nodes).map((node) => [node.id, node]));
  for (const { node, path, language, text, scope } of flowSlots(flow, view)) {
    if (language !== 'expression') continue;
    const { tree } = checkExpression(parseExpression(text).tree, { view, variables: scopeTypes(scope) });
    const joined = join(tree);
    if (joined !== tree) put(nodes.get(node), path, printExpression(joined));
  }
  return copy;
}

/** The same tree where nothing has to be told apart. */
function join(tree: Expression): Expression {
  switch (tree.kind) {
    case 'binary': {
      const left = join(tree.left);
      const right = join(tree.right);
      const joined = left === tree.left && right === tree.right ? tree : { ...tree, left, right };
      return tree.operator === '&' && !isSurelyText(left) && !isSurelyText(right)
        ? { ...joined, left: asText(left) }
        : joined;
    }
    case 'negate': {
      const operand = join(tree.operand);
      return operand === tree.operand ? tree : { ...tree, operand };
    }
    case 'if': {
      const [condition, then, otherwise] = [join(tree.condition), join(tree.then), join(tree.else)];
      const same = condition === tree.condition && then === tree.then && otherwise === tree.else;
      return same ? tree : { ...tree, condition, then, else: otherwise };
    }
    case 'call': {
      const given = tree.arguments.map(join);
      return given.every((one, place) => one === tree.arguments[place]) ? tree : { ...tree, arguments: given };
    }
    default:
      return tree;
  }
}

/** What the evaluator joins without being told: a text as written, or what was joined. */
function isSurelyText(tree: Expression): boolean {
  return tree.kind === 'text' || (tree.kind === 'binary' && tree.operator === '&');
}

function asText(tree: Expression): ExpressionOf<'binary'> {
  return {
    kind: 'binary',
    operator: '&',
    left: { kind: 'text', value: '', span: tree.span },
    right: tree,
    span: tree.span,
  };
}

function put(node: object | undefined, path: readonly (string | number)[], text: string): void {
  let at = node as { [key: string | number]: unknown } | undefined;
  for (const key of path.slice(0, -1)) at = at?.[key] as typeof at;
  const last = path.at(-1);
  if (at && last !== undefined) at[last] = text;
}
