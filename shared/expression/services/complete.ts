import type { Expression } from '../ast.ts';
import { checkExpression, type ExpressionContext } from '../check.ts';
import { FUNCTIONS, type FunctionEntry, type ParameterType } from '../functions/table.ts';
import type { Token } from '../lexer.ts';
import { parseExpression, RESERVED } from '../parse.ts';
import { BOOLEAN, DATE_TIME, DECIMAL, LONG, STRING, type Type, typeOfAttribute } from '../type.ts';
import { type CaretWord, wordAt } from './caret.ts';
import { type Completion, ItemList, nothingAt, shortType, suits } from './item.ts';
import {
  addConstants,
  addEnumerations,
  addEnumerationValues,
  addTokens,
  FIXED_LENGTHS,
  startedAs,
} from './model-items.ts';
import { addEntities, addMembers, pathPosition } from './path-position.ts';

/** What may stand at the caret of an expression, however broken the text around it is. */
export function completeExpression(text: string, offset: number, context: ExpressionContext): Completion {
  const word = wordAt(text, offset, { hyphens: false });
  if (word.token?.kind === 'text' || word.token?.kind === 'number') return nothingAt(offset);
  const into = new ItemList();
  const path = pathBefore(word.before);
  if (path) addPath(path, word, context, into);
  else {
    const { tree } = parseExpression(text.slice(0, word.span.start));
    if (endsOperand(word.before.at(-1))) addOperators(tree, word.before, context, into);
    else addOperands(holeAt(tree, word.span.start, context), context, into);
  }
  return { span: word.span, items: startedAs(word.token, into.sorted(), context.view) };
}

const OPERAND_KINDS: ReadonlySet<Token['kind']> = new Set(['text', 'number', 'variable', 'constant', 'token']);

/** Whether what comes next is an operator: the parser has seen a whole operand. */
function endsOperand(last: Token | undefined): boolean {
  if (!last) return false;
  if (last.kind === 'name') return !RESERVED.has(last.text);
  return OPERAND_KINDS.has(last.kind) || (last.kind === 'symbol' && last.text === ')');
}

interface WrittenPath {
  readonly variable: string;
  readonly names: readonly Token[];
}

/** The path whose next name stands at the caret. */
function pathBefore(tokens: readonly Token[]): WrittenPath | undefined {
  const names: Token[] = [];
  for (let at = tokens.length - 1; at > 0; at -= 2) {
    const slash = tokens[at];
    const name = tokens[at - 1];
    if (slash?.kind !== 'symbol' || slash.text !== '/') return undefined;
    if (name?.kind === 'variable') return { variable: name.text, names };
    if (name?.kind !== 'name') return undefined;
    names.unshift(name);
  }
  return undefined;
}

function addPath({ variable, names }: WrittenPath, word: CaretWord, context: ExpressionContext, into: ItemList): void {
  const { view } = context;
  const type = typeOf({ kind: 'path', variable, variableSpan: NOWHERE, segments: [], span: NOWHERE }, context);
  const position = type.kind === 'Object' ? pathPosition(type.entity, named(names), view) : undefined;
  if (position?.kind === 'entity') addEntities(position.end, view, into);
  else if (position) {
    const goesOn = word.after.kind === 'symbol' && word.after.text === '/';
    addMembers(position.entity, view, { canReverse: false, withEntity: !goesOn }, into);
  }
}

function named(tokens: readonly Token[]) {
  return tokens.map(({ text }) => ({ name: text }));
}

const NOWHERE = { start: 0, end: 0 };

function typeOf(tree: Expression, { view, variables }: ExpressionContext): Type {
  return checkExpression(tree, { view, variables }).type;
}

/** What is wanted in the hole that a text breaks off with. */
function holeAt(tree: Expression, offset: number, context: ExpressionContext): Type | undefined {
  const visit = (part: Expression, wanted: Type | undefined): Hole | undefined => {
    switch (part.kind) {
      case 'hole':
        return part.span.start >= offset ? { wanted } : undefined;
      case 'negate':
        return visit(part.operand, DECIMAL);
      case 'binary':
        return visit(part.right, wantedBeside(part.left, part.operator, wanted, context));
      case 'if':
        return visit(part.condition, BOOLEAN) ?? visit(part.then, wanted) ?? visit(part.else, wanted);
      case 'call': {
        const at = part.arguments.length - 1;
        const last = part.arguments[at];
        return last && visit(last, parameterType(FUNCTIONS.get(part.name), at));
      }
      default:
        return undefined;
    }
  };
  return visit(tree, context.expects)?.wanted;
}

interface Hole {
  readonly wanted: Type | undefined;
}

function wantedBeside(
  left: Expression,
  operator: string,
  wanted: Type | undefined,
  context: ExpressionContext,
): Type | undefined {
  if (operator === 'and' || operator === 'or') return BOOLEAN;
  const beside = typeOf(left, context);
  if (beside.kind === 'Unknown' || beside.kind === 'Empty') return wanted;
  if (operator === '+' && beside.kind === 'String') return undefined;
  return beside.kind === 'DateTime' && (operator === '+' || operator === '-') ? LONG : beside;
}

const WANTED: { readonly [P in ParameterType]: Type | undefined } = {
  text: STRING,
  whole: LONG,
  number: DECIMAL,
  boolean: BOOLEAN,
  dateTime: DATE_TIME,
  enumeration: undefined,
  object: undefined,
  any: undefined,
};

function parameterType(entry: FunctionEntry | undefined, at: number): Type | undefined {
  const parameter = entry?.parameters[Math.min(at, entry.parameters.length - 1)];
  return parameter && WANTED[parameter];
}

function addOperands(wanted: Type | undefined, context: ExpressionContext, into: ItemList): void {
  const { view } = context;
  if (wanted?.kind === 'Enumeration') addEnumerationValues(wanted.enumeration, view, 0, into);
  if (wanted?.kind === 'Boolean')
    for (const value of ['true', 'false']) into.add(4, { label: value, insert: value, kind: 'keyword' });
  const variables = new Map<string, Type>([
    ...context.variables,
    ...(context.variables.has('currentUser')
      ? []
      : [['currentUser', { kind: 'Object', entity: 'System.User' }] as [string, Type]]),
  ]);
  for (const [name, type] of variables) {
    const isFit = suits(type, wanted, view);
    into.add(isFit ? 0 : 5, { label: `$${name}`, insert: `$${name}`, kind: 'variable', detail: shortType(type) });
    if (wanted && !isFit && type.kind === 'Object') addFittingMembers(`$${name}/`, type.entity, wanted, context, into);
  }
  for (const entry of FUNCTIONS.values()) {
    const result = typeof entry.result === 'function' ? DECIMAL : entry.result;
    into.add(suits(result, wanted, view) ? 3 : 7, {
      label: entry.signature,
      insert: `${entry.name}(`,
      kind: 'function',
      detail: typeof entry.result === 'function' ? 'number' : shortType(entry.result),
      documentation: entry.documentation,
    });
  }
  addConstants(view, wanted, 3, into);
  for (const word of ['if', 'empty', 'true', 'false']) into.add(6, { label: word, insert: word, kind: 'keyword' });
  addEnumerations(view, 7, into);
  addTokens(
    view,
    wanted,
    { quote: '', lengths: FIXED_LENGTHS, hasCurrentObject: context.variables.has('currentObject') },
    4,
    into,
  );
}

/** Attributes that are just what is wanted, in one go. */
function addFittingMembers(
  prefix: string,
  entity: string,
  wanted: Type,
  { view }: ExpressionContext,
  into: ItemList,
): void {
  for (const attribute of view.attributes(entity).values()) {
    const type = typeOfAttribute(attribute.type);
    if (!type || !suits(type, wanted, view)) continue;
    const written = `${prefix}${attribute.name}`;
    into.add(1, { label: written, insert: written, kind: 'attribute', detail: shortType(type) });
  }
}

const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='];

function addOperators(tree: Expression, before: readonly Token[], context: ExpressionContext, into: ItemList): void {
  const add = (rank: number, words: readonly string[]) => {
    for (const word of words) into.add(rank, { label: word, insert: word, kind: 'keyword' });
  };
  const due = openBranch(before);
  if (due) add(0, [due]);
  const { kind } = typeOf(lastOperand(tree), context);
  const isUnknown = kind === 'Unknown';
  if (kind === 'Boolean' || isUnknown) add(1, ['and', 'or']);
  add(2, kind === 'Boolean' || kind === 'Object' || kind === 'List' ? ['=', '!='] : COMPARISONS);
  if (isUnknown || kind === 'Integer' || kind === 'Long' || kind === 'Decimal') add(3, ['+', '-', '*', 'div', 'mod']);
  else if (kind === 'String' || kind === 'DateTime') add(3, ['+']);
  if (kind !== 'Boolean' && !isUnknown) add(4, ['and', 'or']);
}

/** The operand that an operator at the end would be about. */
function lastOperand(tree: Expression): Expression {
  if (tree.kind === 'binary' && (tree.operator === 'and' || tree.operator === 'or')) return lastOperand(tree.right);
  if (tree.kind === 'if') {
    if (tree.else.kind !== 'hole') return lastOperand(tree.else);
    return lastOperand(tree.then.kind === 'hole' ? tree.condition : tree.then);
  }
  return tree;
}

/** The word that the innermost unfinished condition lacks. */
function openBranch(tokens: readonly Token[]): 'then' | 'else' | undefined {
  const open: ('then' | 'else' | '(')[] = [];
  for (const { kind, text } of tokens) {
    if (kind === 'symbol' && text === '(') open.push('(');
    else if (kind === 'symbol' && text === ')') open.splice(Math.max(0, open.lastIndexOf('(')));
    else if (kind !== 'name') continue;
    else if (text === 'if') open.push('then');
    else if (text === 'then' && open.at(-1) === 'then') open[open.length - 1] = 'else';
    else if (text === 'else' && open.at(-1) === 'else') open.pop();
  }
  const last = open.at(-1);
  return last === '(' ? undefined : last;
}
