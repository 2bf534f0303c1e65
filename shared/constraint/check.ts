import type { Diagnostic } from '../base/diagnostic.ts';
import { suggestion } from '../expression/nearest.ts';
import type { Reference } from '../expression/reference.ts';
import { describeType, isNumeric } from '../expression/type.ts';
import type { Condition, Constraint, Operand } from './ast.ts';
import { checkOperand, describeJudged } from './check-operand.ts';
import { entityIds } from './check-path.ts';
import { type ConstraintContext, Findings } from './findings.ts';
import type { Judged } from './judged.ts';
import type { ComparisonType, ResolvedCondition, ResolvedConstraint, ResolvedValue } from './resolved.ts';

export type { ConstraintContext } from './findings.ts';

export interface CheckedConstraint {
  readonly diagnostics: readonly Diagnostic[];
  /** What the text names, complete only where nothing is wrong before it. */
  readonly references: readonly Reference[];
  /** Null when there is an error: a constraint that is not understood must not be guessed at. */
  readonly resolved: ResolvedConstraint | null;
}

/** Resolves every name and type. Reports only what the parser has not reported: its holes pass in silence. */
export function checkConstraint(tree: Constraint, context: ConstraintContext): CheckedConstraint {
  const findings = new Findings(context);
  const entity = context.view.entity(context.entity);
  if (!entity) {
    findings.error('unknown-entity', `There is no entity "${context.entity}" to constrain.`, tree.span);
    return { diagnostics: findings.diagnostics, references: [], resolved: null };
  }
  const checker = new ConditionChecker(findings);
  const operands = tree.brackets.map((condition) => checker.condition(condition, context.entity));
  const condition: ResolvedCondition =
    operands.length === 0 ? ALWAYS : operands.length === 1 ? operands[0]! : { kind: 'and', operands };
  return {
    diagnostics: findings.diagnostics,
    references: findings.references,
    resolved: checker.isSound ? { entity: entity.id, entities: entityIds(findings, context.entity), condition } : null,
  };
}

const ALWAYS: ResolvedCondition = { kind: 'always', value: true };
const NEVER: ResolvedCondition = { kind: 'always', value: false };
const WIDTH: { readonly [type in ComparisonType]?: number } = { integer: 0, long: 1, decimal: 2 };

class ConditionChecker {
  readonly #findings: Findings;
  /** False once anything could not be understood, by the parser or here. */
  isSound = true;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  condition(condition: Condition, entity: string): ResolvedCondition {
    switch (condition.kind) {
      case 'and':
      case 'or':
        return { kind: condition.kind, operands: condition.operands.map((operand) => this.condition(operand, entity)) };
      case 'not':
        return { kind: 'not', operand: this.condition(condition.operand, entity) };
      case 'comparison':
        return this.#comparison(condition, entity);
      case 'alone':
        return this.#alone(condition.operand, entity);
    }
  }

  #operand(operand: Operand, entity: string): Judged {
    return checkOperand(operand, entity, this.#findings, (filter, reached) => this.condition(filter, reached));
  }

  #broken(): ResolvedCondition {
    this.isSound = false;
    return NEVER;
  }

  #error(problem: string, message: string, operand: { readonly span: Operand['span'] }): ResolvedCondition {
    this.#findings.error(problem, message, operand.span);
    return this.#broken();
  }

  #alone(operand: Operand, entity: string): ResolvedCondition {
    const judged = this.#operand(operand, entity);
    switch (judged.kind) {
      case 'broken':
        return this.#broken();
      case 'condition':
        return judged.condition;
      case 'objects':
        return { kind: 'exists', objects: judged.objects };
      case 'value':
        if (judged.type.kind === 'Boolean') return { kind: 'truth', value: judged.value };
        return this.#error(
          'not-boolean',
          `This is ${describeType(judged.type)} and stands alone. Compare it with something.`,
          operand,
        );
      case 'text':
      case 'empty':
        return this.#error(
          'not-boolean',
          'This stands alone and is neither true nor false. Compare something with it.',
          operand,
        );
    }
  }

  #comparison(condition: Extract<Condition, { kind: 'comparison' }>, entity: string): ResolvedCondition {
    const left = this.#operand(condition.left, entity);
    const right = this.#operand(condition.right, entity);
    if (left.kind === 'broken' || right.kind === 'broken') return this.#broken();
    const { operator } = condition;
    const isEquality = operator === '=' || operator === '!=';
    if (left.kind === 'empty' || right.kind === 'empty') {
      if (!isEquality)
        return this.#error('ordering-empty', `Nothing is before or after empty. Use = or !=.`, condition);
      return this.#emptiness(left.kind === 'empty' ? right : left, operator === '!=', condition);
    }
    if (left.kind === 'objects' || right.kind === 'objects') return this.#identity(condition, left, right);
    const values = this.#unify(left, right, condition);
    if (!values) return this.#broken();
    const type = widest(values.left.type, values.right.type);
    if (type === 'boolean' && !isEquality)
      return this.#error('type-mismatch', 'True and false have no order. Use = or !=.', condition);
    return {
      kind: 'compare',
      operator,
      type,
      left: values.left,
      right: values.right,
      ...(values.order && !isEquality ? { order: values.order } : {}),
    };
  }

  #emptiness(judged: Judged, negated: boolean, condition: Condition): ResolvedCondition {
    switch (judged.kind) {
      case 'objects': {
        const exists: ResolvedCondition = { kind: 'exists', objects: judged.objects };
        return negated ? exists : { kind: 'not', operand: exists };
      }
      case 'value':
        return { kind: 'isEmpty', value: judged.value, negated };
      case 'empty':
        return { kind: 'always', value: !negated };
      case 'text':
        return { kind: 'always', value: negated };
      default:
        return this.#error('type-mismatch', 'A condition is never empty.', condition);
    }
  }

  #identity(condition: Extract<Condition, { kind: 'comparison' }>, left: Judged, right: Judged): ResolvedCondition {
    if (left.kind !== 'objects' || right.kind !== 'objects') {
      const other = left.kind === 'objects' ? right : left;
      const problem = other.kind === 'condition' ? 'association-and-boolean' : 'type-mismatch';
      const advice =
        other.kind === 'condition'
          ? ' An association that stands alone tests whether an object is reached; not(…) whether none is.'
          : '';
      return this.#error(
        problem,
        `Objects can be compared with objects or empty, not with ${describeJudged(other)}.${advice}`,
        condition,
      );
    }
    if (condition.operator !== '=' && condition.operator !== '!=')
      return this.#error('type-mismatch', 'Objects have no order. Use = or !=.', condition);
    const { view } = this.#findings;
    if (!view.isA(left.entity, right.entity) && !view.isA(right.entity, left.entity)) {
      return this.#error('type-mismatch', `An object of ${left.entity} is never one of ${right.entity}.`, condition);
    }
    return { kind: 'same', left: left.objects, right: right.objects, negated: condition.operator === '!=' };
  }

  /** Both sides as values that can be compared. */
  #unify(left: Judged, right: Judged, condition: Extract<Condition, { kind: 'comparison' }>) {
    const enumeration = enumerationOf(left) ?? enumerationOf(right);
    const one = this.#value(left, enumeration, condition.left);
    const two = this.#value(right, enumeration, condition.right);
    if (!one || !two) return null;
    const isSame = one.type.kind === two.type.kind || (isNumeric(one.type) && isNumeric(two.type));
    const differs =
      one.type.kind === 'Enumeration' &&
      two.type.kind === 'Enumeration' &&
      one.type.enumeration !== two.type.enumeration;
    if (!isSame || differs) {
      this.#error(
        'type-mismatch',
        `${describeType(one.type)} cannot be compared with ${describeType(two.type)}.`,
        condition,
      );
      return null;
    }
    const wallClock = one.wallClock === true || two.wallClock === true;
    const order = enumeration
      ? this.#findings.view.model.find('enumeration', enumeration)?.content.values.map((value) => value.id)
      : undefined;
    return { left: onWallClock(one.value, wallClock), right: onWallClock(two.value, wallClock), order };
  }

  #value(judged: Judged, enumeration: string | undefined, operand: Operand): Extract<Judged, { kind: 'value' }> | null {
    if (judged.kind === 'value') return judged;
    if (judged.kind === 'condition' && judged.condition.kind === 'always') {
      return {
        kind: 'value',
        value: { kind: 'literal', value: judged.condition.value, type: 'boolean' },
        type: { kind: 'Boolean' },
      };
    }
    if (judged.kind !== 'text') {
      this.#error(
        'type-mismatch',
        `${describeJudged(judged)} cannot be compared here: write it alone, or with not(…).`,
        operand,
      );
      return null;
    }
    if (enumeration === undefined)
      return { kind: 'value', value: { kind: 'literal', value: judged.text, type: 'text' }, type: { kind: 'String' } };
    const values = this.#findings.view.model.find('enumeration', enumeration)?.content.values ?? [];
    const value = values.find((candidate) => candidate.name === judged.text);
    if (!value) {
      this.#error(
        'unknown-enumeration-value',
        `${enumeration} has no value "${judged.text}".${suggestion(
          judged.text,
          values.map(({ name }) => name),
        )}`,
        operand,
      );
      return null;
    }
    this.#findings.refer({
      kind: 'enumerationValue',
      name: `${enumeration}.${value.name}`,
      id: value.id,
      span: operand.span,
    });
    return {
      kind: 'value',
      value: { kind: 'literal', value: value.id, type: 'enumeration' },
      type: { kind: 'Enumeration', enumeration },
    };
  }
}

function enumerationOf(judged: Judged): string | undefined {
  return judged.kind === 'value' && judged.type.kind === 'Enumeration' ? judged.type.enumeration : undefined;
}

function widest(a: ComparisonType, b: ComparisonType): ComparisonType {
  return (WIDTH[a] ?? 0) >= (WIDTH[b] ?? 0) ? a : b;
}

function onWallClock(value: ResolvedValue, wallClock: boolean): ResolvedValue {
  return value.kind === 'moment' && wallClock ? { ...value, wallClock } : value;
}
