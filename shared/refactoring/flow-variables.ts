import { domainView } from '../metamodel/domain-view.ts';
import type { Flow, FlowNode } from '../metamodel/flow.ts';
import type { Model } from '../metamodel/model.ts';
import { NO_TYPE, ofDataType, ofEntity, union, type ValueType } from './value-type.ts';

/**
 * What each variable of a flow may hold, wherever in the flow. Names need no more: a flow that uses one name for two
 * things is rare, and then both are tried. (shared/flow knows what holds at each node, but stands above this room.)
 */
export function flowVariableTypes(model: Model, flow: Flow): ReadonlyMap<string, ValueType> {
  const types = new Map<string, ValueType>(flow.parameters.map(({ name, type }) => [name, ofDataType(type)]));
  const nodes = allNodes(flow.nodes);
  // Each round types what follows from the one before, whatever the order of the nodes.
  for (let before = -1; before !== size(types); ) {
    before = size(types);
    for (const node of nodes) {
      const [name, type] = made(model, node, (variable) => types.get(variable) ?? NO_TYPE);
      if (name !== undefined) types.set(name, union(types.get(name), type));
    }
  }
  return types;
}

function allNodes(nodes: readonly FlowNode[]): FlowNode[] {
  return nodes.flatMap((node) => (node.kind === 'loop' ? [node, ...allNodes(node.nodes)] : [node]));
}

function size(types: ReadonlyMap<string, ValueType>): number {
  let total = types.size;
  for (const { entities, enumeration } of types.values()) total += entities.length + (enumeration ? 1 : 0);
  return total;
}

type Made = readonly [name: string | undefined, type: ValueType];

function made(model: Model, node: FlowNode, typeOf: (variable: string) => ValueType): Made {
  switch (node.kind) {
    case 'createObject':
    case 'createList':
    case 'cast':
      return [node.output, ofEntity(node.entity)];
    case 'retrieve': {
      const { source } = node;
      if (source.kind === 'database') return [node.output, ofEntity(source.entity)];
      const view = domainView(model);
      const ends = typeOf(source.variable).entities.flatMap((entity) => view.step(entity, source.association) ?? []);
      return [node.output, ofEntity(ends[0]?.far)];
    }
    case 'listOperation':
      return [node.output, typeOf(node.variable)];
    case 'aggregateList':
      return [node.output, ofDataType(node.resultType)];
    case 'createVariable':
      return [node.output, ofDataType(node.type)];
    case 'callMicroflow':
      return [node.output, ofDataType(model.find('microflow', node.microflow)?.content.returnType)];
    case 'callNanoflow':
      return [node.output, ofDataType(model.find('nanoflow', node.nanoflow)?.content.returnType)];
    case 'callAction':
      return [node.output, ofDataType(model.find('javaScriptAction', node.action)?.content.returnType)];
    case 'loop':
      return node.over.kind === 'list' ? [node.over.item, typeOf(node.over.list)] : [undefined, NO_TYPE];
    default:
      return [undefined, NO_TYPE];
  }
}
