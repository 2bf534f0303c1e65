import type { ElementId } from '../base/ids.ts';
import type { DataType } from '../metamodel/data-type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { Flow, FlowNode } from '../metamodel/flow.ts';
import { type FlowGraph, flowGraph } from './graph.ts';
import { outputOf } from './output.ts';

/** A variable as seen from some node. */
export interface VariableInScope {
  readonly type: DataType;
  /** The node, or the parameter, that made it. */
  readonly from: ElementId;
  /** Bound by the language ($latestError, $currentIndex, $latestHttpResponse) or by a loop: not to be changed. */
  readonly readOnly: boolean;
}

export type Scope = ReadonlyMap<string, VariableInScope>;

/** Variables by name as they stand just before each node, by node id, nodes inside loops included. */
export type FlowVariables = ReadonlyMap<string, Scope>;

/**
 * A variable is in scope where every way to the node has made it (FL4). Nodes that nothing leads to have no entry.
 * Types of activities that name unknown elements are left out, so the answer is good for half-made flows too.
 */
export function flowVariables(flow: Flow, view: DomainView): FlowVariables {
  const found = new Map<string, Scope>();
  const parameters: Scope = new Map(
    flow.parameters.map((parameter) => [parameter.name, { type: parameter.type, from: parameter.id, readOnly: false }]),
  );
  visitLevel(flowGraph(flow), parameters, view, found);
  return found;
}

function visitLevel(graph: FlowGraph, initial: Scope, view: DomainView, found: Map<string, Scope>): void {
  const arriving = new Map<string, Scope>();
  const work: FlowNode[] = [];
  const arrive = (id: string, scope: Scope) => {
    const node = graph.byId.get(id);
    if (!node) return;
    const known = arriving.get(id);
    const next = known ? intersection(known, scope) : scope;
    if (known && next.size === known.size) return;
    arriving.set(id, next);
    work.push(node);
  };
  for (const entry of graph.entries) arrive(entry.id, initial);
  for (let node = work.pop(); node; node = work.pop()) {
    const before = arriving.get(node.id) ?? initial;
    const after = scopeAfter(node, before, view);
    for (const edge of graph.outgoing(node.id)) arrive(edge.to, after);
    const error = graph.errorEdge(node.id);
    if (error) arrive(error.to, scopeOfHandler(node, before));
  }
  for (const [id, scope] of arriving) {
    found.set(id, scope);
    const node = graph.byId.get(id);
    if (node?.kind === 'loop') visitLevel(flowGraph(node, node), scopeOfBody(node, scope, view), view, found);
  }
}

function scopeAfter(node: FlowNode, before: Scope, view: DomainView): Scope {
  const output = outputOf(node, before, view);
  const after = new Map(before);
  if (output) after.set(output.name, { type: output.type, from: node.id, readOnly: false });
  if (node.kind === 'callRest') {
    after.set('latestHttpResponse', { type: { kind: 'String' }, from: node.id, readOnly: true });
  }
  return after;
}

function scopeOfHandler(node: FlowNode, before: Scope): Scope {
  return new Map(before).set('latestError', { type: { kind: 'String' }, from: node.id, readOnly: true });
}

function scopeOfBody(loop: Extract<FlowNode, { kind: 'loop' }>, before: Scope, view: DomainView): Scope {
  const scope = new Map(before);
  scope.set('currentIndex', { type: { kind: 'Integer' }, from: loop.id, readOnly: true });
  if (loop.over.kind === 'list') {
    const list = before.get(loop.over.list)?.type;
    if (list?.kind === 'List' && view.entity(list.entity)) {
      scope.set(loop.over.item, { type: { kind: 'Object', entity: list.entity }, from: loop.id, readOnly: true });
    }
  }
  return scope;
}

function intersection(a: Scope, b: Scope): Scope {
  const both = new Map<string, VariableInScope>();
  for (const [name, variable] of a) {
    const other = b.get(name);
    if (other && sameType(variable.type, other.type)) both.set(name, variable);
  }
  return both;
}

/** A scope as the two languages take it. */
export function scopeTypes(scope: Scope): ReadonlyMap<string, DataType> {
  return new Map([...scope].map(([name, { type }]) => [name, type]));
}

export function sameType(a: DataType, b: DataType): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'Enumeration') return a.enumeration === (b as typeof a).enumeration;
  if (a.kind === 'Object' || a.kind === 'List') return a.entity === (b as typeof a).entity;
  return true;
}
