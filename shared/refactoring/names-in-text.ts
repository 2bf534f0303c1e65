import type { Span } from '../base/diagnostic.ts';
import type { Condition, ConstraintSegment, Operand } from '../constraint/ast.ts';
import { parseConstraint } from '../constraint/parse.ts';
import type { Expression } from '../expression/ast.ts';
import { parseExpression } from '../expression/parse.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { SlotLanguage } from '../metamodel/role.ts';
import { type Mention, mentionsOfQualified } from './mention.ts';
import { followPath } from './names-in-path.ts';
import { NO_TYPE, ofEntity, type ValueType } from './value-type.ts';

/** What a text may speak of. */
export interface NameScope {
  readonly view: DomainView;
  /** Entity whose members are written short. */
  readonly members: ValueType;
  /** Entity of `$currentObject`. */
  readonly current: ValueType;
  readonly variables: ReadonlyMap<string, ValueType>;
}

/** All names in a text that stand for elements of the model. Broken texts give what can be read of them. */
export function mentionsInText(language: SlotLanguage, text: string, scope: NameScope): readonly Mention[] {
  switch (language) {
    case 'constraint':
      return new NamesInConstraint(text, scope).all();
    case 'expression':
      return new NamesInExpression(text, scope).all();
    case 'memberPath':
      return followPath(splitPath(text), scope.members, scope.view).mentions;
    case 'template':
      return [];
  }
}

/** The type of an expression where names depend on it: an enumeration, or what an object path leads to. */
export function typeOfExpression(text: string, scope: NameScope): ValueType {
  return new NamesInExpression(text, scope).type();
}

/** The steps of a member path with their places. */
export function splitPath(text: string): { name: string; span: Span }[] {
  let at = 0;
  return text.split('/').map((part) => {
    const start = at + part.length - part.trimStart().length;
    at += part.length + 1;
    const name = part.trim();
    return { name, span: { start, end: start + name.length } };
  });
}

class Names {
  protected readonly mentions: Mention[] = [];
  protected readonly text: string;
  protected readonly scope: NameScope;

  constructor(text: string, scope: NameScope) {
    this.text = text;
    this.scope = scope;
  }

  /** The scope's entity for a variable; the user may be of any specialisation of System.User. */
  protected variable(name: string): ValueType {
    const { variables, current, view } = this.scope;
    const known = variables.get(name);
    if (known) return known;
    if (name === 'currentObject') return current;
    return name === 'currentUser' ? { entities: ['System.User', ...view.specialisations('System.User')] } : NO_TYPE;
  }

  protected qualified(kind: 'enumerationValue' | 'constant' | 'rule', name: string, span: Span): void {
    const start = this.text.indexOf(name, span.start);
    if (start >= 0 && start < span.end) this.mentions.push(...mentionsOfQualified(kind, name, start));
  }

  protected token(name: string, span: Span): void {
    const role = /^UserRole_(.+)$/.exec(name)?.[1];
    const at = this.text.indexOf(name, span.start);
    if (role === undefined || at < 0) return;
    const start = at + 'UserRole_'.length;
    this.mentions.push({ kind: 'userRole', name: role, span: { start, end: start + role.length } });
  }

  protected valueText(value: string, span: Span, enumeration: string): void {
    // Only plain texts: no value's name needs an escape.
    if (span.end - span.start !== value.length + 2) return;
    const inner = { start: span.start + 1, end: span.end - 1 };
    this.mentions.push({ kind: 'enumerationValue', name: `${enumeration}.${value}`, span: inner });
  }
}

class NamesInConstraint extends Names {
  all(): readonly Mention[] {
    for (const bracket of parseConstraint(this.text).tree.brackets) this.condition(bracket, this.scope.members);
    return this.mentions;
  }

  private condition(condition: Condition, entity: ValueType): void {
    switch (condition.kind) {
      case 'or':
      case 'and':
        for (const operand of condition.operands) this.condition(operand, entity);
        return;
      case 'not':
        this.condition(condition.operand, entity);
        return;
      case 'alone':
        this.operand(condition.operand, entity);
        return;
      case 'comparison': {
        const left = this.operand(condition.left, entity);
        const right = this.operand(condition.right, entity);
        this.compared(condition.left, right);
        this.compared(condition.right, left);
      }
    }
  }

  private compared(operand: Operand, other: ValueType): void {
    if (operand.kind === 'text' && other.enumeration) this.valueText(operand.value, operand.span, other.enumeration);
  }

  private operand(operand: Operand, entity: ValueType): ValueType {
    switch (operand.kind) {
      case 'path':
        return this.path(operand.segments, entity);
      case 'variable':
        return this.path(operand.segments, this.variable(operand.name));
      case 'call':
        for (const argument of operand.arguments) this.operand(argument, entity);
        return NO_TYPE;
      case 'value':
        this.qualified('enumerationValue', operand.name, operand.span);
        return NO_TYPE;
      case 'constant':
        this.qualified('constant', operand.name, operand.span);
        return NO_TYPE;
      case 'token':
        this.token(operand.name, operand.span);
        return NO_TYPE;
      default:
        return NO_TYPE;
    }
  }

  private path(segments: readonly ConstraintSegment[], start: ValueType): ValueType {
    const followed = followPath(segments, start, this.scope.view);
    this.mentions.push(...followed.mentions);
    segments.forEach((segment, i) => {
      for (const filter of segment.filters) this.condition(filter, followed.entities[i] ?? NO_TYPE);
    });
    return followed.type;
  }
}

class NamesInExpression extends Names {
  all(): readonly Mention[] {
    this.visit(parseExpression(this.text).tree);
    return this.mentions;
  }

  type(): ValueType {
    return this.visit(parseExpression(this.text).tree);
  }

  private visit(tree: Expression): ValueType {
    switch (tree.kind) {
      case 'path': {
        const followed = followPath(tree.segments, this.variable(tree.variable), this.scope.view);
        this.mentions.push(...followed.mentions);
        return followed.type;
      }
      case 'name': {
        if (tree.name.split('.').length !== 3) return NO_TYPE;
        this.qualified('enumerationValue', tree.name, tree.span);
        return { entities: [], enumeration: tree.name.slice(0, tree.name.lastIndexOf('.')) };
      }
      case 'constant':
        this.qualified('constant', tree.name, tree.span);
        return NO_TYPE;
      case 'token':
        this.token(tree.name, tree.span);
        return tree.name === 'CurrentUser' ? ofEntity('System.User') : NO_TYPE;
      case 'call':
        if (tree.name.includes('.')) this.qualified('rule', tree.name, tree.nameSpan);
        for (const argument of tree.arguments) this.visit(argument);
        return NO_TYPE;
      case 'negate':
        this.visit(tree.operand);
        return NO_TYPE;
      case 'binary':
        this.visit(tree.left);
        this.visit(tree.right);
        return NO_TYPE;
      case 'if': {
        this.visit(tree.condition);
        const [then, otherwise] = [this.visit(tree.then), this.visit(tree.else)];
        return then.enumeration || then.entities.length > 0 ? then : otherwise;
      }
      default:
        return NO_TYPE;
    }
  }
}
