import type { Diagnostic } from '../base/diagnostic.ts';
import { resolveConstraint } from '../constraint/resolve.ts';
import { checkExpression } from '../expression/check.ts';
import { parseExpression } from '../expression/parse.ts';
import { describeType, isNumeric, type Type } from '../expression/type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { Flow, FlowNodeOf } from '../metamodel/flow.ts';
import { allNodes } from './graph.ts';
import { type Expected, type FlowSlot, flowSlots } from './slots.ts';
import { type FlowVariables, scopeTypes } from './variables.ts';

/** Every expression and constraint of a flow: parsed, checked, and of the type its place takes. */
export function checkTexts(flow: Flow, view: DomainView, variables: FlowVariables): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const decisions = new Map<string, Type>();
  for (const slot of flowSlots(flow, view, variables)) {
    // What nothing leads to has no variables to be checked against.
    if (!variables.has(slot.node)) continue;
    const place = { element: slot.node, path: slot.path };
    const { diagnostics: found, type } = checkFlowSlot(slot, slot.text, view);
    diagnostics.push(...found.map((one) => ({ ...one, ...place })));
    if (type && slot.expected.kind === 'Decision') decisions.set(slot.node, type);
  }
  for (const node of allNodes(flow.nodes)) {
    const type = decisions.get(node.id);
    if (type && node.kind === 'exclusiveSplit') diagnostics.push(...missingCases(node, type, flow, view));
  }
  return diagnostics;
}

/** A text as it would be in a place of a flow. `type` is that of an expression. */
export function checkFlowSlot(
  slot: Omit<FlowSlot, 'text'>,
  text: string,
  view: DomainView,
): { readonly diagnostics: readonly Diagnostic[]; readonly type?: Type } {
  const variables = scopeTypes(slot.scope);
  if (slot.language === 'constraint')
    return { diagnostics: resolveConstraint(text, { view, entity: slot.entity ?? '', variables }).diagnostics };
  const { tree, diagnostics: unparsed } = parseExpression(text);
  const { diagnostics, type } = checkExpression(tree, { view, variables });
  const misfit = fits(type, slot.expected, view) ? [] : [mismatch(type, slot.expected, text)];
  return { diagnostics: [...unparsed, ...diagnostics, ...misfit], type };
}

function fits(type: Type, expected: Expected, view: DomainView): boolean {
  // Mistakes inside the text are reported already; empty goes everywhere.
  if (type.kind === 'Unknown' || type.kind === 'Empty') return true;
  switch (expected.kind) {
    case 'Any':
      return type.kind !== 'Nothing';
    case 'Printable':
      return !['Object', 'List', 'Binary', 'Nothing'].includes(type.kind);
    case 'Number':
      return type.kind === 'Integer' || type.kind === 'Long';
    case 'Decision':
      return type.kind === 'Boolean' || type.kind === 'Enumeration';
    case 'Integer':
    case 'Long':
      return type.kind === 'Integer' || type.kind === 'Long';
    case 'Decimal':
      return isNumeric(type);
    case 'Enumeration':
      return type.kind === 'Enumeration' && type.enumeration === expected.enumeration;
    case 'Object':
    case 'List':
      return type.kind === expected.kind && view.isA(type.entity, expected.entity);
    default:
      return type.kind === expected.kind;
  }
}

function mismatch(type: Type, expected: Expected, text: string): Diagnostic {
  const message =
    expected.kind === 'Nothing'
      ? 'This flow returns nothing. Remove the value, or give the flow a return type.'
      : `This gives ${describeType(type)}; ${describeExpected(expected)} is needed here.`;
  return { code: 'flow/type-mismatch', severity: 'error', message, span: { start: 0, end: text.length } };
}

function describeExpected(expected: Expected): string {
  switch (expected.kind) {
    case 'Any':
      return 'a value';
    case 'Printable':
      return 'something that can be written as text';
    case 'Number':
      return 'a whole number';
    case 'Decision':
      return 'a Boolean or an enumeration';
    default:
      return describeType(expected);
  }
}

/** FL5: a decision that lacks a case fails when the value comes. An enumeration's `empty` may be left out. */
function missingCases(
  node: FlowNodeOf<'exclusiveSplit'>,
  type: Type,
  flow: Flow,
  view: DomainView,
): readonly Diagnostic[] {
  const edges = [flow, ...allNodes(flow.nodes).filter((one) => one.kind === 'loop')].flatMap(({ flows }) => flows);
  const cases = new Set(edges.filter(({ from, error }) => from === node.id && !error).map((edge) => edge.case));
  const needed =
    type.kind === 'Boolean'
      ? ['true', 'false']
      : type.kind === 'Enumeration'
        ? (view.model.find('enumeration', type.enumeration)?.content.values.map(({ name }) => name) ?? [])
        : [];
  const missing = needed.filter((name) => !cases.has(name));
  if (missing.length === 0) return [];
  const message = `No arrow leads on for ${missing.join(', ')}. Add one for each.`;
  return [{ code: 'flow/missing-case', severity: 'error', message, element: node.id }];
}
