import { callAt, type Signature, signatureOf, wordAt } from '../../expression/services/caret.ts';
import { type Completion, ItemList, nothingAt, shortType, suits } from '../../expression/services/item.ts';
import {
  addConstants,
  addEnumerationValues,
  addTokens,
  FIXED_LENGTHS,
  startedAs,
} from '../../expression/services/model-items.ts';
import { addEntities, addMembers, pathPosition } from '../../expression/services/path-position.ts';
import { type Type, typeOfAttribute } from '../../expression/type.ts';
import type { DomainView } from '../../metamodel/domain-view.ts';
import type { Condition, ConstraintSegment, Operand } from '../ast.ts';
import { type ConstraintContext, checkConstraint } from '../check.ts';
import { checkOperand } from '../check-operand.ts';
import { Findings } from '../findings.ts';
import { CONSTRAINT_FUNCTIONS } from '../functions.ts';
import { parseConstraint } from '../parse.ts';

/** Where the text before the caret breaks off. */
type Break =
  /** An operand is missing; `beside` is what it is compared with. */
  | { readonly kind: 'operand'; readonly entity: string; readonly wanted: Wanted }
  /** The next name of a path is missing. */
  | {
      readonly kind: 'segment';
      readonly entity: string;
      readonly names: readonly ConstraintSegment[];
      readonly ofVariable: boolean;
      readonly wanted: Wanted;
    };

/** What a comparison or an argument wants; null where a condition or its left side begins. */
type Wanted = Type | null;

/** What may stand at the caret of a constraint, however broken the text around it is. */
export function completeConstraint(text: string, offset: number, context: ConstraintContext): Completion {
  const word = wordAt(text, offset, { hyphens: true });
  if (word.token?.kind === 'number') return nothingAt(offset);
  const { start } = word.span;
  const into = new ItemList();
  const broken = breakAt(text.slice(0, start), context);
  const goesOn = word.after.kind === 'symbol' && word.after.text === '/';
  const isText = word.token?.kind === 'text';
  if (!broken) {
    if (!isText) addOperators(text.slice(0, start), context, into);
  } else if (broken.kind === 'segment') addSegments(broken, !goesOn, context, into);
  else if (isText) addTexts(broken.wanted, context, into);
  else addOperands(broken, !goesOn, context, into);
  const items = broken?.kind === 'segment' ? into.sorted() : startedAs(word.token, into.sorted(), context.view);
  // The first thing of all opens the bracket it stands in.
  const isFirst = text.slice(0, start).trim() === '';
  return { span: word.span, items: isFirst ? items.map((item) => ({ ...item, insert: `[${item.insert}` })) : items };
}

export function signatureInConstraint(text: string, offset: number): Signature | null {
  const call = callAt(text, offset, { hyphens: true });
  const entry = call && CONSTRAINT_FUNCTIONS.get(call.name.text);
  return entry ? signatureOf(entry.signature, call.active, entry.documentation) : null;
}

function breakAt(text: string, context: ConstraintContext): Break | undefined {
  const { tree } = parseConstraint(text);
  const last = tree.brackets.at(-1);
  if (!last) return text.trim() === '' ? { kind: 'operand', entity: context.entity, wanted: null } : undefined;
  return new BreakFinder(text.length, context).condition(last, context.entity);
}

class BreakFinder {
  readonly #end: number;
  readonly #context: ConstraintContext;

  constructor(end: number, context: ConstraintContext) {
    this.#end = end;
    this.#context = context;
  }

  condition(condition: Condition, entity: string): Break | undefined {
    switch (condition.kind) {
      case 'or':
      case 'and':
        return this.#last(condition.operands, entity);
      case 'not':
        return this.condition(condition.operand, entity);
      case 'comparison':
        return this.#operand(condition.right, entity, this.#typeOf(condition.left, entity));
      case 'alone':
        return this.#operand(condition.operand, entity, null);
    }
  }

  #last(conditions: readonly Condition[], entity: string): Break | undefined {
    const last = conditions.at(-1);
    return last && this.condition(last, entity);
  }

  #operand(operand: Operand, entity: string, wanted: Wanted): Break | undefined {
    switch (operand.kind) {
      case 'hole':
        return operand.span.start >= this.#end ? { kind: 'operand', entity, wanted } : undefined;
      case 'call': {
        const at = operand.arguments.length - 1;
        const last = operand.arguments[at];
        const isText = CONSTRAINT_FUNCTIONS.get(operand.name)?.kind !== 'datePart';
        return last && this.#operand(last, entity, { kind: isText ? 'String' : at === 0 ? 'DateTime' : 'String' });
      }
      case 'path':
        return this.#segments(operand.segments, entity, wanted, false);
      case 'variable': {
        const type = new Findings(this.#context).variables.get(operand.name);
        return this.#segments(operand.segments, type?.kind === 'Object' ? type.entity : '', wanted, true);
      }
      default:
        return undefined;
    }
  }

  #segments(
    segments: readonly ConstraintSegment[],
    entity: string,
    wanted: Wanted,
    ofVariable: boolean,
  ): Break | undefined {
    const last = segments.at(-1);
    if (!last) return undefined;
    const names = segments.slice(0, -1);
    if (last.name === '' && last.span.end <= this.#end) return { kind: 'segment', entity, names, ofVariable, wanted };
    const filter = last.filters.at(-1);
    // Objects of the entity that stands before the bracket.
    return filter && this.#context.view.entity(last.name) ? this.condition(filter, last.name) : undefined;
  }

  #typeOf(operand: Operand, entity: string): Wanted {
    const judged = checkOperand(operand, entity, new Findings(this.#context), () => ALWAYS);
    if (judged.kind === 'value') return judged.type;
    if (judged.kind === 'objects') return { kind: 'Object', entity: judged.entity };
    if (judged.kind === 'condition') return { kind: 'Boolean' };
    return judged.kind === 'text' ? { kind: 'String' } : { kind: 'Unknown' };
  }
}

const ALWAYS = { kind: 'always', value: true } as const;

function addSegments(
  broken: Extract<Break, { kind: 'segment' }>,
  withEntity: boolean,
  { view }: ConstraintContext,
  into: ItemList,
): void {
  const position = pathPosition(broken.entity, broken.names, view);
  if (position?.kind === 'entity') addEntities(position.end, view, into);
  else if (position) {
    addMembers(
      position.entity,
      view,
      {
        ...style(position.entity, view),
        canReverse: !broken.ofVariable,
        withEntity,
        wanted: broken.wanted ?? undefined,
      },
      into,
    );
    into.add(3, ID);
  }
}

const ID = { label: 'id', insert: 'id', kind: 'attribute', detail: 'the object itself' } as const;

/** Attributes that no constraint can read. */
function style(entity: string, view: ConstraintContext['view']) {
  return {
    omit: (name: string) => {
      const member = view.attributes(entity).get(name);
      return member?.type.kind === 'Binary' || member?.attribute?.calculatedBy !== undefined;
    },
  };
}

function addOperands(
  { entity, wanted }: Extract<Break, { kind: 'operand' }>,
  withEntity: boolean,
  context: ConstraintContext,
  into: ItemList,
): void {
  const { view } = context;
  const isRight = wanted !== null;
  if (view.entity(entity)) {
    const suited = { ...style(entity, view), canReverse: true, withEntity, rank: isRight ? 2 : 0 };
    addMembers(entity, view, { ...suited, wanted: wanted ?? undefined }, into);
    into.add(isRight ? 6 : 3, ID);
  }
  for (const [name, entry] of CONSTRAINT_FUNCTIONS) {
    const isCondition = entry.kind === 'match';
    into.add(isRight && isCondition ? 8 : 4, {
      label: entry.signature,
      insert: `${name}(`,
      kind: 'function',
      detail: isCondition ? 'Boolean' : 'Integer',
      documentation: entry.documentation,
    });
  }
  if (!isRight) into.add(3, { label: 'not(…)', insert: 'not(', kind: 'keyword', documentation: 'None does.' });
  addVariables(wanted, context, isRight ? 1 : 5, into);
  addTexts(wanted, context, into);
  if (wanted?.kind === 'Enumeration') addEnumerationValues(wanted.enumeration, view, 1, into);
  addConstants(view, wanted ?? undefined, isRight ? 2 : 6, into);
  const truth = wanted?.kind === 'Boolean' ? 0 : 6;
  for (const word of ['true()', 'false()']) into.add(truth, { label: word, insert: word, kind: 'keyword' });
  into.add(isRight ? 3 : 7, {
    label: 'empty',
    insert: 'empty',
    kind: 'keyword',
    documentation: 'No value, no object.',
  });
}

/** What stands in quotes: values of enumerations, and tokens. */
function addTexts(wanted: Wanted, context: ConstraintContext, into: ItemList): void {
  const { view } = context;
  if (wanted?.kind === 'Enumeration') {
    for (const value of view.model.find('enumeration', wanted.enumeration)?.content.values ?? []) {
      const caption = Object.values(value.caption)[0];
      into.add(0, {
        label: `'${value.name}'`,
        insert: `'${value.name}'`,
        kind: 'enumerationValue',
        detail: wanted.enumeration,
        ...(caption ? { documentation: caption } : {}),
      });
    }
  }
  if (wanted?.kind === 'String') return;
  const hasCurrentObject = new Findings(context).variables.has('currentObject');
  // A user's specialisation is compared with the user, who may be one.
  const isUser = wanted?.kind === 'Object' && view.isA(wanted.entity, 'System.User');
  const type: Type | undefined = isUser ? { kind: 'Object', entity: 'System.User' } : (wanted ?? undefined);
  addTokens(view, type, { quote: "'", lengths: FIXED_LENGTHS, hasCurrentObject }, isUser ? 0 : 2, into);
}

function addVariables(wanted: Wanted, context: ConstraintContext, rank: number, into: ItemList): void {
  const { view } = context;
  for (const [name, type] of new Findings(context).variables) {
    const isFit = suits(type, wanted ?? undefined, view) || isKin(type, wanted, view);
    into.add(isFit ? rank : rank + 4, {
      label: `$${name}`,
      insert: `$${name}`,
      kind: 'variable',
      detail: shortType(type),
    });
    if (!wanted || isFit || type.kind !== 'Object') continue;
    for (const attribute of view.attributes(type.entity).values()) {
      const member = typeOfAttribute(attribute.type);
      if (!member || !suits(member, wanted, view)) continue;
      const written = `$${name}/${attribute.name}`;
      into.add(rank + 1, { label: written, insert: written, kind: 'attribute', detail: shortType(member) });
    }
  }
}

/** Objects that may be the same: one's entity is the other's generalization. */
function isKin(type: Type, wanted: Wanted, view: DomainView): boolean {
  return type.kind === 'Object' && wanted?.kind === 'Object' && view.isA(wanted.entity, type.entity);
}

/** Behind a whole operand or condition, or behind a bracket. */
function addOperators(before: string, context: ConstraintContext, into: ItemList): void {
  const add = (rank: number, words: readonly string[]) => {
    for (const word of words) into.add(rank, { label: word, insert: word, kind: 'keyword' });
  };
  const open = before.replace(/'[^']*'?/g, '').replace(/\[%|%\]/g, '');
  const isOutside = open.split('[').length <= open.split(']').length;
  if (isOutside) {
    add(0, ['[']);
    return;
  }
  const { resolved } = checkConstraint(parseConstraint(before).tree, context);
  if (!resolved) add(1, ['=', '!=', '<', '<=', '>', '>=']);
  add(2, ['and', 'or']);
  if (resolved) add(3, ['=', '!=', '<', '<=', '>', '>=']);
  add(4, [']']);
}
