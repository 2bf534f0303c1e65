import type { Diagnostic } from '../../base/diagnostic.ts';
import { resolveConstraint } from '../../constraint/resolve.ts';
import { checkExpression, type ExpressionContext } from '../../expression/check.ts';
import { parseExpression } from '../../expression/parse.ts';
import type { Type } from '../../expression/type.ts';
import { checkFlow } from '../../flow/check.ts';
import type { ModelDocument } from '../../metamodel/model.ts';
import { type TextSlot, walkDocument } from '../../metamodel/walk.ts';
import { type CheckContext, check, rule } from '../check.ts';
import { entityOfContext } from '../context-entity.ts';

/** Parameters of a page or snippet as variables of its texts. */
export function variablesOf(document: ModelDocument, currentObject: string | undefined): ReadonlyMap<string, Type> {
  const { content } = document;
  const parameters = 'parameters' in content ? content.parameters : [];
  return new Map<string, Type>([
    ...parameters.map((parameter): [string, Type] => [parameter.name, parameter.type]),
    ...(currentObject ? [['currentObject', { kind: 'Object', entity: currentObject }] as [string, Type]] : []),
  ]);
}

export const constraintText = check({
  rule: rule(
    'constraint/…',
    'error',
    'A constraint does not parse, names what is not there, or compares what cannot be compared.',
    'As the message says; the constraint is ignored until then.',
  ),
  speed: 'fast',
  kinds: ['entity', 'page', 'snippet', 'navigationProfile'],
  *find(document, context) {
    for (const slot of walkDocument(document.path, document.source).slots) {
      if (slot.language !== 'constraint' || slot.text.trim() === '') continue;
      const entity = entityOfContext(slot.context.members, document, context);
      if (!entity || !context.view.entity(entity)) continue;
      const variables = variablesOfSlot(slot, document, context);
      for (const found of resolveConstraint(slot.text, { view: context.view, entity, variables }).diagnostics) {
        const { code, severity, message, span } = found;
        yield {
          code,
          severity,
          message,
          path: slot.path,
          ...(span ? { span } : {}),
          ...(slot.element ? { element: slot.element } : {}),
        };
      }
    }
  },
});

/** The variables of a text outside flows. */
export function variablesOfSlot(
  slot: TextSlot,
  document: ModelDocument,
  context: CheckContext,
): ReadonlyMap<string, Type> {
  // Access rules and the like are about the object itself, which needs no variable.
  if (slot.language === 'constraint' && document.kind === 'entity') return variablesOf(document, undefined);
  return variablesOf(document, entityOfContext(slot.context.current, document, context));
}

/** What the place of an expression outside flows takes. */
export function expectedOf(slot: TextSlot): { readonly expects?: Type } {
  return CONDITIONS.has(String(slot.path.at(-1))) ? { expects: { kind: 'Boolean' } } : {};
}

/** The parser's findings and the checker's. */
export function checkExpressionText(text: string, context: ExpressionContext): readonly Diagnostic[] {
  const parsed = parseExpression(text);
  return [...parsed.diagnostics, ...checkExpression(parsed.tree, context).diagnostics];
}

/** Which attribute of a widget takes a condition; the others take any value. */
const CONDITIONS = new Set(['visible', 'editable']);

export const expressionText = check({
  rule: rule(
    'expression/…',
    'error',
    'An expression does not parse, names what is not there, or has the wrong type.',
    'As the message says; flows that use it cannot be published.',
  ),
  speed: 'fast',
  kinds: ['entity', 'page', 'snippet', 'layout', 'rule', 'menu', 'navigationProfile'],
  *find(document, context) {
    for (const slot of walkDocument(document.path, document.source).slots) {
      if (slot.language !== 'expression' || slot.text.trim() === '') continue;
      const variables = variablesOfSlot(slot, document, context);
      for (const { code, severity, message, span } of checkExpressionText(slot.text, {
        view: context.view,
        variables,
        ...expectedOf(slot),
      })) {
        yield {
          code,
          severity,
          message,
          path: slot.path,
          ...(span ? { span } : {}),
          ...(slot.element ? { element: slot.element } : {}),
        };
      }
    }
  },
});

export const flow = check({
  rule: rule(
    'flow/…',
    'error',
    'A flow has a node that nothing leads to, a way without an end, a variable that is not there, a decision without all cases, or a call with wrong arguments.',
    'As the message says; shared/flow/SPEC.md lists them.',
  ),
  speed: 'fast',
  kinds: ['microflow', 'nanoflow'],
  *find(document, { view }) {
    for (const { code, severity, message, element, path, span } of checkFlow(document.content, view, document.path)) {
      yield {
        code,
        severity,
        message,
        ...(element ? { element } : {}),
        ...(path ? { path } : {}),
        ...(span ? { span } : {}),
      };
    }
  },
});
