import { allNodes } from '../flow/graph.ts';
import type { FlowNode, FlowNodeOf } from '../metamodel/flow.ts';
import type { ModelDocument } from '../metamodel/model.ts';
import { FactCollector } from './fact-collector.ts';
import type { DocumentFacts, Place } from './facts.ts';
import { opaqueUses, sortFacts } from './facts-action.ts';
import { constraintFacts, expressionFacts, type Variables } from './facts-text.ts';
import { flowVariables } from './flow-variables.ts';
import { entityRef } from './type-ref.ts';

/** Facts of a microflow or nanoflow. What a microflow's facts mean for a device is decided where it is reached. */
export function flowFacts(document: ModelDocument<'nanoflow' | 'microflow'>): DocumentFacts {
  const into = new FactCollector();
  const typeOf = flowVariables(document.content);
  for (const node of allNodes(document.content.nodes)) nodeFacts(node, typeOf, into);
  return into.facts();
}

function nodeFacts(node: FlowNode, typeOf: Variables['variable'], into: FactCollector): void {
  const place: Place = { steps: [], element: node.id };
  const variables = variablesAt(node, typeOf);
  const text = (expression: string | undefined, field: string) =>
    expressionFacts(expression, variables, { ...place, field }, into);
  const texts = (expressions: { readonly [name: string]: string } | readonly string[], field: string) => {
    for (const [key, expression] of Object.entries(expressions)) text(expression, `${field}/${key}`);
  };
  switch (node.kind) {
    case 'end':
      text(node.value, 'value');
      break;
    case 'exclusiveSplit':
      text(node.condition, 'condition');
      break;
    case 'loop':
      if (node.over.kind === 'while') text(node.over.condition, 'over/condition');
      break;
    case 'createObject':
      into.local(entityRef(node.entity), `create:${node.entity}`, place);
      into.object(entityRef(node.entity), 'create', place);
      changes(node, 'createObject', variables, into);
      break;
    case 'changeObject':
      into.object(typeOf(node.variable), 'change', place);
      changes(node, 'changeObject', variables, into);
      break;
    case 'delete':
      into.object(typeOf(node.variable), 'delete', place);
      break;
    case 'retrieve':
      retrieve(node, variables, into);
      break;
    case 'createList':
      into.local(entityRef(node.entity), `list:${node.entity}`, place);
      break;
    case 'changeList':
      text(node.value, 'value');
      break;
    case 'listOperation': {
      const { operation } = node;
      if (operation.kind === 'sort') sortFacts(operation.sort, typeOf(node.variable), place, into);
      if (operation.kind === 'filter' || operation.kind === 'find') text(operation.condition, 'operation/condition');
      if (operation.kind === 'range') texts([operation.offset ?? '', operation.limit ?? ''], 'operation');
      break;
    }
    case 'aggregateList':
      texts([node.expression ?? '', node.initial ?? ''], 'expression');
      break;
    case 'createVariable':
      text(node.value, 'value');
      break;
    case 'changeVariable':
      text(node.value, 'value');
      break;
    case 'callMicroflow':
      into.edge('microflow', node.microflow, place);
      into.local({ kind: 'result', of: 'microflow', name: node.microflow }, `result:${node.microflow}`, place);
      texts(node.arguments, 'arguments');
      break;
    case 'callNanoflow':
      into.edge('nanoflow', node.nanoflow, place);
      texts(node.arguments, 'arguments');
      break;
    case 'callAction':
      into.edge('javaScriptAction', node.action, place);
      texts(node.arguments, 'arguments');
      break;
    case 'callRest':
      text(node.url, 'url');
      texts(node.headers, 'headers');
      text(node.body, 'body');
      break;
    case 'showPage':
      into.edge('page', node.page, place);
      texts(node.arguments, 'arguments');
      break;
    case 'showMessage':
      texts(node.parameters, 'parameters');
      break;
    case 'validationFeedback':
      texts(node.parameters, 'parameters');
      break;
    case 'openUrl':
      text(node.url, 'url');
      break;
    case 'logMessage':
      text(node.message, 'message');
      break;
    case 'synchronizeToDevice':
      into.object(typeOf(node.variable), 'handOver', place);
      break;
    case 'opaque':
      opaqueUses(node.uses, place, into);
      break;
    default:
  }
}

/** In the conditions of list operations the item is `$currentObject`. */
function variablesAt(node: FlowNode, typeOf: Variables['variable']): Variables {
  const list = node.kind === 'listOperation' || node.kind === 'aggregateList' ? node.variable : 'currentObject';
  return { currentObject: typeOf(list), variable: typeOf };
}

function changes(
  node: FlowNodeOf<'createObject' | 'changeObject'>,
  kind: 'createObject' | 'changeObject',
  variables: Variables,
  into: FactCollector,
): void {
  const of = node.kind === 'createObject' ? entityRef(node.entity) : variables.variable(node.variable);
  for (const change of node.changes) {
    const place: Place = { steps: [], element: node.id, field: `changes/${change.member}` };
    into.writes(of, change.member, place);
    expressionFacts(change.value, variables, { ...place, steps: [`${kind}:${change.member}`] }, into);
  }
}

function retrieve(node: FlowNodeOf<'retrieve'>, variables: Variables, into: FactCollector): void {
  const place: Place = { steps: [], element: node.id };
  const { source } = node;
  if (source.kind === 'association') {
    into.path(variables.variable(source.variable), [{ name: source.association }], {
      ...place,
      field: 'source/association',
    });
    return;
  }
  const entity = entityRef(source.entity);
  into.source(entity, `retrieve:${source.entity}`, place, source.constraint);
  constraintFacts(source.constraint, entity, variables, { ...place, field: 'source/constraint' }, into);
  sortFacts(source.sort, entity, place, into);
  if (source.range.kind !== 'custom') return;
  expressionFacts(source.range.offset, variables, { ...place, field: 'source/range/offset' }, into);
  expressionFacts(source.range.limit, variables, { ...place, field: 'source/range/limit' }, into);
}
