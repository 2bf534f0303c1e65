import type { DataType } from '../metamodel/data-type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { FlowNode, FlowNodeOf } from '../metamodel/flow.ts';
import type { Scope } from './variables.ts';

/** The variable that a node makes, with its type; undefined when it makes none or its type cannot be known. */
export function outputOf(
  node: FlowNode,
  scope: Scope,
  view: DomainView,
): { readonly name: string; readonly type: DataType } | undefined {
  if (!('output' in node) || !node.output) return undefined;
  const type = outputType(node as FlowNode & { output: string }, scope, view);
  return type && type.kind !== 'Nothing' ? { name: node.output, type } : undefined;
}

function outputType(node: FlowNode & { output: string }, scope: Scope, view: DomainView): DataType | undefined {
  const { model } = view;
  switch (node.kind) {
    case 'createObject':
    case 'cast':
      return objectOf(node.entity, view);
    case 'createList':
      return listOf(node.entity, view);
    case 'retrieve':
      return retrieveType(node, scope, view);
    case 'listOperation':
      return listOperationType(node, scope);
    case 'aggregateList':
      return aggregateType(node);
    case 'createVariable':
      return node.type;
    case 'callMicroflow':
      return model.find('microflow', node.microflow)?.content.returnType;
    case 'callNanoflow':
      return model.find('nanoflow', node.nanoflow)?.content.returnType;
    case 'callAction':
      return model.find('javaScriptAction', node.action)?.content.returnType;
    case 'callRest':
      return { kind: 'String' };
    default:
      return undefined;
  }
}

function retrieveType(node: FlowNodeOf<'retrieve'>, scope: Scope, view: DomainView): DataType | undefined {
  const { source } = node;
  if (source.kind === 'database') {
    return source.range.kind === 'first' ? objectOf(source.entity, view) : listOf(source.entity, view);
  }
  const from = scope.get(source.variable)?.type;
  if (from?.kind !== 'Object') return undefined;
  const end = view.step(from.entity, source.association);
  if (!end) return undefined;
  return end.single ? objectOf(end.far, view) : listOf(end.far, view);
}

function listOperationType(node: FlowNodeOf<'listOperation'>, scope: Scope): DataType | undefined {
  const list = scope.get(node.variable)?.type;
  const kind = node.operation.kind;
  if (kind === 'contains' || kind === 'equals') return { kind: 'Boolean' };
  if (list?.kind !== 'List') return undefined;
  return kind === 'find' || kind === 'head' ? { kind: 'Object', entity: list.entity } : list;
}

/**
 * FL9. `resultType` says what reduce gives and narrows sum, min and max; without it those are Decimal, which every
 * number fits into.
 */
export function aggregateType(node: FlowNodeOf<'aggregateList'>): DataType {
  if (node.function === 'count') return { kind: 'Integer' };
  if (node.function === 'average') return { kind: 'Decimal' };
  return node.resultType ?? { kind: 'Decimal' };
}

function objectOf(entity: string, view: DomainView): DataType | undefined {
  return view.entity(entity) ? { kind: 'Object', entity } : undefined;
}

function listOf(entity: string, view: DomainView): DataType | undefined {
  return view.entity(entity) ? { kind: 'List', entity } : undefined;
}
