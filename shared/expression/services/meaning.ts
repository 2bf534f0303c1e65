import type { Span } from '../../base/diagnostic.ts';
import type { DomainView } from '../../metamodel/domain-view.ts';
import type { ModelDocument } from '../../metamodel/model.ts';
import { checkExpression, type ExpressionContext } from '../check.ts';
import { FUNCTIONS } from '../functions/table.ts';
import { type LexerOptions, tokenize } from '../lexer.ts';
import { parseExpression } from '../parse.ts';
import type { Reference } from '../reference.ts';
import { type Type, typeOfAttribute } from '../type.ts';
import { callAt, type Signature, signatureOf } from './caret.ts';
import { shortType } from './item.ts';
import { tokenMeaning } from './model-items.ts';

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

/** Where something is declared. */
export interface Definition {
  readonly span: Span;
  readonly document: string;
  readonly element?: string;
}

/** What a name at a place stands for, and what the names are called there. */
export interface Meanings {
  readonly view: DomainView;
  readonly variables: ReadonlyMap<string, Type>;
  /** Signature and documentation of a function of the language. */
  readonly functionNamed: (name: string) => { readonly signature: string; readonly documentation: string } | undefined;
}

export function hoverExpression(text: string, offset: number, context: ExpressionContext): Hover | null {
  const reference = expressionReference(text, offset, context);
  const meanings = { ...context, functionNamed: (name: string) => FUNCTIONS.get(name) };
  return (reference && hoverOf(reference, meanings)) ?? hoverToken(text, offset, { hyphens: false });
}

/** The name at the caret that stands for something. */
export function expressionReference(text: string, offset: number, context: ExpressionContext): Reference | undefined {
  return referenceAt(checkExpression(parseExpression(text).tree, context).references, offset);
}

export function signatureInExpression(text: string, offset: number): Signature | null {
  const call = callAt(text, offset, { hyphens: false });
  const entry = call && FUNCTIONS.get(call.name.text);
  return entry ? signatureOf(entry.signature, call.active, entry.documentation) : null;
}

/** The innermost. A caret at either end of a name is at it. */
export function referenceAt(references: readonly Reference[], offset: number): Reference | undefined {
  const around = references.filter(({ span }) => span.start <= offset && offset <= span.end);
  return around.toSorted((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start))[0];
}

export function hoverOf(reference: Reference, meanings: Meanings): Hover | null {
  const told = describe(reference, meanings);
  if (!told) return null;
  const documentation = told.documentation?.trim() ? `\n\n${told.documentation.trim()}` : '';
  const where = told.declaredIn ? `\n\nDeclared in ${told.declaredIn}.` : '';
  return { span: reference.span, markdown: `\`${told.title}\`${documentation}${where}` };
}

interface Described {
  readonly title: string;
  readonly documentation?: string | undefined;
  readonly declaredIn?: string | undefined;
}

function describe(reference: Reference, { view, variables, functionNamed }: Meanings): Described | undefined {
  const { name } = reference;
  const { model } = view;
  switch (reference.kind) {
    case 'attribute': {
      const [entity = '', member = ''] = name.split('/');
      const found = view.attributes(entity).get(member);
      const type = found && typeOfAttribute(found.type);
      const documentation = found?.attribute?.documentation ?? SYSTEM_MEMBERS[member];
      return found && { title: `${member}: ${type ? shortType(type) : 'hashed'}`, documentation, declaredIn: entity };
    }
    case 'association': {
      const end = view.association(name);
      if (!end) return { title: name, documentation: SYSTEM_MEMBERS[name.replace('System.', '')] };
      const arrow = end.type === 'reference' ? '→ one' : '→ many';
      return {
        title: `${name}: ${end.from} ${arrow} ${end.to}`,
        documentation: end.association?.documentation,
        declaredIn: end.from,
      };
    }
    case 'entity':
      return { title: `entity ${name}`, documentation: view.entity(name)?.documentation };
    case 'enumeration':
      return { title: `enumeration ${name}`, documentation: model.find('enumeration', name)?.content.documentation };
    case 'enumerationValue': {
      const enumeration = name.slice(0, name.lastIndexOf('.'));
      const values = model.find('enumeration', enumeration)?.content.values ?? [];
      const value = values.find((one) => one.id === reference.id);
      return { title: name, documentation: value && Object.values(value.caption)[0], declaredIn: enumeration };
    }
    case 'constant': {
      const constant = model.find('constant', name)?.content;
      const byDefault = constant && `By default \`${constant.value}\`.`;
      const documentation = [constant?.documentation, byDefault].filter(Boolean).join('\n\n');
      return constant && { title: `@${name}: ${constant.type}`, documentation };
    }
    case 'variable': {
      const type = variables.get(name) ?? (name === 'currentUser' ? USER : undefined);
      return type && { title: `$${name}: ${shortType(type)}` };
    }
    case 'userRole':
      return { title: `user role ${name}` };
    case 'function': {
      const found = functionNamed(name);
      return found && { title: found.signature, documentation: found.documentation };
    }
  }
}

const USER: Type = { kind: 'Object', entity: 'System.User' };
const SYSTEM_MEMBERS: { readonly [name: string]: string } = {
  createdDate: 'When the object was created.',
  changedDate: 'When the object was last changed.',
  owner: 'Who created the object.',
  changedBy: 'Who last changed the object.',
};

/** A `[%Name%]` at the caret, quoted or not. */
export function hoverToken(text: string, offset: number, options: LexerOptions): Hover | null {
  const token = tokenize(text, options).find(
    (one) => one.start <= offset && offset <= one.end && ISTOKEN.has(one.kind),
  );
  const name = token?.kind === 'text' ? /\[%(\w+)%\]/.exec(token.text)?.[1] : token?.text;
  const meaning = name && tokenMeaning(name);
  return token && meaning
    ? { span: { start: token.start, end: token.end }, markdown: `\`[%${name}%]\`\n\n${meaning}` }
    : null;
}

const ISTOKEN: ReadonlySet<string> = new Set(['token', 'text']);

/**
 * Where what a reference names is declared; null for what the language itself brings.
 * @param variableAt document and element that made a variable
 */
export function definitionOf(
  reference: Reference,
  view: DomainView,
  variableAt: (name: string) => { readonly document: string; readonly element?: string } | undefined,
): Definition | null {
  const { name, span } = reference;
  const { model } = view;
  const at = (document: ModelDocument | undefined, element?: string) =>
    document ? { span, document: document.path, ...(element ? { element } : {}) } : null;
  switch (reference.kind) {
    case 'attribute': {
      const [entity = '', member = ''] = name.split('/');
      return at(view.document(entity), view.attributes(entity).get(member)?.attribute?.id);
    }
    case 'association': {
      const end = view.association(name);
      return end ? at(view.document(end.from), end.id) : null;
    }
    case 'entity':
      return at(view.document(name), reference.id);
    case 'enumeration':
      return at(model.find('enumeration', name), reference.id);
    case 'enumerationValue':
      return at(model.find('enumeration', name.slice(0, name.lastIndexOf('.'))), reference.id);
    case 'constant':
      return at(model.find('constant', name), reference.id);
    case 'userRole':
      return at(model.documents.get('security.json'), reference.id);
    case 'variable': {
      const made = variableAt(name);
      return made ? { span, ...made } : null;
    }
    case 'function':
      return null;
  }
}
