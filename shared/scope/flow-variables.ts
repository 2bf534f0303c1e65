import { allNodes } from '../flow/graph.ts';
import type { Flow, FlowNode } from '../metamodel/flow.ts';
import { entityRef, type TypeRef, typeRefOf, UNKNOWN } from './type-ref.ts';

/**
 * Entities of a flow's variables, from its own file alone. Not scoped: the analysis wants the entity of every variable
 * that occurs, and a name that is declared twice is an error elsewhere.
 */
export function flowVariables(flow: Flow): (name: string) => TypeRef {
  const declared = new Map<string, FlowNode>();
  for (const node of allNodes(flow.nodes)) {
    const name = declares(node);
    if (name && !declared.has(name)) declared.set(name, node);
  }
  const parameters = new Map(flow.parameters.map((parameter) => [parameter.name, parameter.type]));
  const known = new Map<string, TypeRef>();
  const typeOf = (name: string): TypeRef => {
    const before = known.get(name);
    if (before) return before;
    // A variable that is declared in terms of itself ends here.
    known.set(name, UNKNOWN);
    const node = declared.get(name);
    const type = parameters.has(name) ? typeRefOf(parameters.get(name)) : node ? producedBy(node, typeOf) : UNKNOWN;
    known.set(name, type);
    return type;
  };
  return typeOf;
}

function declares(node: FlowNode): string | undefined {
  if (node.kind === 'loop') return node.over.kind === 'list' ? node.over.item : undefined;
  return 'output' in node ? node.output : undefined;
}

function producedBy(node: FlowNode, typeOf: (name: string) => TypeRef): TypeRef {
  switch (node.kind) {
    case 'loop':
      return node.over.kind === 'list' ? typeOf(node.over.list) : UNKNOWN;
    case 'createObject':
    case 'createList':
    case 'cast':
      return entityRef(node.entity);
    case 'retrieve':
      return node.source.kind === 'database'
        ? entityRef(node.source.entity)
        : { kind: 'far', association: node.source.association, from: typeOf(node.source.variable) };
    case 'listOperation':
      return typeOf(node.variable);
    case 'aggregateList':
      return typeRefOf(node.resultType);
    case 'createVariable':
      return typeRefOf(node.type);
    case 'callNanoflow':
      return { kind: 'result', of: 'nanoflow', name: node.nanoflow };
    case 'callMicroflow':
      return { kind: 'result', of: 'microflow', name: node.microflow };
    case 'callAction':
      return { kind: 'result', of: 'javaScriptAction', name: node.action };
    default:
      return UNKNOWN;
  }
}
