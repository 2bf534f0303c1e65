import type { ElementId } from '../base/ids.ts';
import type { DataType } from '../metamodel/data-type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { AttributeType } from '../metamodel/entity.ts';
import type { Flow, FlowNode } from '../metamodel/flow.ts';
import { allNodes } from './graph.ts';
import { changedMember } from './resolve.ts';
import { type FlowVariables, flowVariables, type Scope, type VariableInScope } from './variables.ts';

/** What the place takes: a type, a truth, the condition of a decision, a number, a text made of anything, or any value. */
export type Expected = DataType | { readonly kind: 'Decision' | 'Number' | 'Printable' | 'Any' };

/** A place in a flow where a text in one of the languages stands, with all that checking and completion need. */
export interface FlowSlot {
  readonly node: ElementId;
  /** Keys from the node to the text. */
  readonly path: readonly (string | number)[];
  readonly language: 'expression' | 'constraint';
  readonly text: string;
  readonly scope: Scope;
  /** Of expressions. */
  readonly expected: Expected;
  /** Of constraints: the entity they filter. */
  readonly entity?: string;
}

type Slots = FlowSlot[];
type At = (string | number)[];

/** All texts of a flow, in the order of its nodes. Nodes that nothing leads to see the parameters only. */
export function flowSlots(
  flow: Flow,
  view: DomainView,
  variables: FlowVariables = flowVariables(flow, view),
): readonly FlowSlot[] {
  const slots: Slots = [];
  const parameters: Scope = new Map(
    flow.parameters.map((parameter) => [parameter.name, { type: parameter.type, from: parameter.id, readOnly: false }]),
  );
  for (const node of allNodes(flow.nodes)) {
    const scope = variables.get(node.id) ?? parameters;
    const add = (path: At, text: string | undefined, expected: Expected, inner: Scope = scope) => {
      if (text !== undefined) slots.push({ node: node.id, path, language: 'expression', text, scope: inner, expected });
    };
    slotsOf(node, flow, view, scope, add);
    if (node.kind === 'retrieve' && node.source.kind === 'database' && node.source.constraint !== '') {
      const { constraint: text, entity } = node.source;
      slots.push({
        node: node.id,
        path: ['source', 'constraint'],
        language: 'constraint',
        text,
        scope,
        expected: BOOLEAN,
        entity,
      });
    }
  }
  return slots;
}

const BOOLEAN: DataType = { kind: 'Boolean' };
const STRING: DataType = { kind: 'String' };
const ANY: Expected = { kind: 'Any' };

type Add = (path: At, text: string | undefined, expected: Expected, inner?: Scope) => void;

function slotsOf(node: FlowNode, flow: Flow, view: DomainView, scope: Scope, add: Add): void {
  switch (node.kind) {
    case 'end':
      return add(['value'], node.value, flow.returnType);
    case 'exclusiveSplit':
      return add(['condition'], node.condition, { kind: 'Decision' });
    case 'loop':
      if (node.over.kind === 'while') {
        add(['over', 'condition'], node.over.condition, BOOLEAN, bind(scope, 'currentIndex', { kind: 'Integer' }));
      }
      return;
    case 'createObject':
      return changeSlots(node.changes, node.entity, view, add);
    case 'changeObject': {
      const type = scope.get(node.variable)?.type;
      return changeSlots(node.changes, type?.kind === 'Object' ? type.entity : '', view, add);
    }
    case 'retrieve':
      if (node.source.kind === 'database' && node.source.range.kind === 'custom') {
        add(['source', 'range', 'offset'], node.source.range.offset, { kind: 'Number' });
        add(['source', 'range', 'limit'], node.source.range.limit, { kind: 'Number' });
      }
      return;
    case 'changeList':
      return add(['value'], node.value, ANY);
    case 'listOperation':
      return listSlots(node.operation, itemScope(node.variable, scope), add);
    case 'aggregateList': {
      const inner = itemScope(node.variable, scope);
      if (node.function !== 'reduce') return add(['expression'], node.expression, ANY, inner);
      const result = node.resultType ?? { kind: 'Decimal' as const };
      add(['initial'], node.initial, result);
      return add(['expression'], node.expression, result, bind(inner, 'currentResult', result));
    }
    case 'createVariable':
      return add(['value'], node.value, node.type);
    case 'changeVariable':
      return add(['value'], node.value, scope.get(node.variable)?.type ?? ANY);
    case 'callMicroflow':
      return argumentSlots(node.arguments, parametersOf(view, 'microflow', node.microflow), add);
    case 'callNanoflow':
      return argumentSlots(node.arguments, parametersOf(view, 'nanoflow', node.nanoflow), add);
    case 'callAction':
      return argumentSlots(node.arguments, parametersOf(view, 'javaScriptAction', node.action), add);
    case 'showPage':
      return argumentSlots(node.arguments, parametersOf(view, 'page', node.page), add);
    case 'callRest':
      add(['url'], node.url, STRING);
      for (const [name, text] of Object.entries(node.headers)) add(['headers', name], text, { kind: 'Printable' });
      return add(['body'], node.body, STRING);
    case 'showMessage':
    case 'validationFeedback':
      return node.parameters.forEach((text, place) => {
        add(['parameters', place], text, { kind: 'Printable' });
      });
    case 'openUrl':
      return add(['url'], node.url, STRING);
    case 'logMessage':
      return add(['message'], node.message, { kind: 'Printable' });
    default:
      return;
  }
}

function changeSlots(
  changes: readonly { readonly member: string; readonly operation: string; readonly value: string }[],
  entity: string,
  view: DomainView,
  add: Add,
): void {
  changes.forEach((change, place) => {
    add(['changes', place, 'value'], change.value, changeType(entity, change.member, change.operation, view));
  });
}

function changeType(entity: string, member: string, operation: string, view: DomainView): Expected {
  const attribute = view.attributes(entity).get(member);
  if (attribute) return dataTypeOf(attribute.type);
  const found = changedMember(entity, member, view);
  const end = view.ends(entity).find((candidate) => candidate.qualifiedName === member);
  if (found?.kind !== 'association' || !end) return ANY;
  // A set takes an object or a list to add and to remove, and a list to set.
  if (found.single) return { kind: 'Object', entity: end.far };
  return operation === 'set' ? { kind: 'List', entity: end.far } : ANY;
}

function listSlots(operation: Extract<FlowNode, { kind: 'listOperation' }>['operation'], inner: Scope, add: Add): void {
  if (operation.kind === 'filter' || operation.kind === 'find') {
    add(['operation', 'condition'], operation.condition, BOOLEAN, inner);
  } else if (operation.kind === 'range') {
    add(['operation', 'offset'], operation.offset, { kind: 'Number' });
    add(['operation', 'limit'], operation.limit, { kind: 'Number' });
  }
}

function argumentSlots(
  given: { readonly [name: string]: string },
  parameters: ReadonlyMap<string, DataType>,
  add: Add,
): void {
  for (const [name, text] of Object.entries(given)) add(['arguments', name], text, parameters.get(name) ?? ANY);
}

function parametersOf(
  view: DomainView,
  kind: 'microflow' | 'nanoflow' | 'javaScriptAction' | 'page',
  name: string,
): ReadonlyMap<string, DataType> {
  const parameters = view.model.find(kind, name)?.content.parameters ?? [];
  return new Map(parameters.map((parameter) => [parameter.name, parameter.type]));
}

/** The item of a list is `$currentObject` in the conditions about it. */
function itemScope(variable: string, scope: Scope): Scope {
  const list = scope.get(variable)?.type;
  return list?.kind === 'List' ? bind(scope, 'currentObject', { kind: 'Object', entity: list.entity }) : scope;
}

function bind(scope: Scope, name: string, type: DataType): Scope {
  const from = scope.get(name)?.from ?? ('' as ElementId);
  return new Map<string, VariableInScope>(scope).set(name, { type, from, readOnly: true });
}

/** The type that an attribute's values have in flows. */
export function dataTypeOf(type: AttributeType): DataType {
  switch (type.kind) {
    case 'Enumeration':
      return { kind: 'Enumeration', enumeration: type.enumeration };
    case 'HashedString':
      return { kind: 'String' };
    case 'AutoNumber':
      return { kind: 'Long' };
    default:
      return { kind: type.kind };
  }
}
