import type { Diagnostic } from '../base/diagnostic.ts';
import type { ElementId } from '../base/ids.ts';
import { must } from '../base/invariant.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { Flow, FlowNode, FlowNodeOf } from '../metamodel/flow.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { checkFlow } from './check.ts';
import { type ActivityNode, compileActivity } from './compile-activity.ts';
import { type FlowGraph, flowGraph, reachable } from './graph.ts';
import { withJoinedTexts } from './join-texts.ts';
import type { Case, ControlOperation, FlowProgram, Operation } from './program.ts';
import { type FlowVariables, flowVariables, type Scope } from './variables.ts';

/** The program of a flow, or its errors (warnings are not among them; `checkFlow` has those too). */
export function compileFlow(
  document: ModelDocument<'nanoflow' | 'microflow'>,
  model: Model,
): Result<FlowProgram, readonly Diagnostic[]> {
  const view = domainView(model);
  const flow = document.content;
  const errors = checkFlow(flow, view, document.path).filter((found) => found.severity === 'error');
  if (errors.length > 0) return err(errors);
  const operations = new Compiler(withJoinedTexts(flow, view), view).compile();
  return ok({
    id: flow.id,
    name: document.qualifiedName,
    kind: flow.kind,
    parameters: flow.parameters.map(({ name, type, required }) => ({ name, type, required })),
    returnType: flow.returnType,
    applyEntityAccess: flow.kind === 'nanoflow' || flow.applyEntityAccess,
    allowedModuleRoles: flow.allowedModuleRoles.map((role) => `${document.module}.${role}`),
    entry: 0,
    operations,
    savepoint: operations.some((operation) => 'onError' in operation && operation.onError === 'customWithRollback'),
  });
}

/** Gives every reachable node a place, then writes its operation; checked flows only. */
class Compiler {
  readonly #flow: Flow;
  readonly #view: DomainView;
  readonly #variables: FlowVariables;
  readonly #operations: Operation[] = [];

  constructor(flow: Flow, view: DomainView) {
    this.#flow = flow;
    this.#view = view;
    this.#variables = flowVariables(flow, view);
  }

  compile(): readonly Operation[] {
    this.#level(flowGraph(this.#flow), undefined);
    return this.#operations;
  }

  /** Writes one level, entry first, and answers the entry's place. `loop` is the place of the loop around it. */
  #level(graph: FlowGraph, loop: number | undefined): number {
    const reached = reachable(graph);
    const entry = must(graph.entries[0], 'a checked level has an entry');
    const order = [entry, ...graph.nodes.filter((node) => node !== entry && reached.has(node.id))];
    const places = new Map<string, number>();
    const first = this.#operations.length;
    for (const node of order) {
      places.set(node.id, this.#operations.length);
      this.#operations.push({ kind: 'pass', node: node.id, next: 0 });
    }
    // Where a way inside a loop simply stops, the next round begins.
    let again: number | undefined;
    if (graph.loop && loop !== undefined) {
      again = this.#operations.length;
      this.#operations.push({ kind: 'again', node: graph.loop.id, loop });
    }
    for (const node of order) {
      const place = must(places.get(node.id), 'placed above');
      const to = (id: string | undefined) => (id === undefined ? undefined : places.get(id)) ?? again ?? 0;
      this.#operations[place] = this.#operation(node, place, graph, to, loop);
    }
    return first;
  }

  #operation(
    node: FlowNode,
    place: number,
    graph: FlowGraph,
    to: (id: string | undefined) => number,
    loop: number | undefined,
  ): Operation {
    const next = () => to(graph.outgoing(node.id)[0]?.to);
    const at = { node: node.id };
    switch (node.kind) {
      case 'start':
      case 'merge':
      case 'annotation':
        return { ...at, kind: 'pass', next: next() };
      case 'end':
        return { ...at, kind: 'end', ...(node.value === undefined ? {} : { value: node.value }) };
      case 'errorEnd':
        return { ...at, kind: 'errorEnd' };
      case 'exclusiveSplit':
        return { ...at, kind: 'decide', condition: node.condition, cases: casesOf(node, graph, to) };
      case 'typeSplit':
        return decideType(node, graph, to);
      case 'loop':
        return { ...at, kind: 'loop', over: node.over, next: next(), body: this.#level(flowGraph(node, node), place) };
      case 'break':
        return { ...at, kind: 'break', loop: must(loop, 'a break stands in a loop') };
      case 'continue':
        return { ...at, kind: 'again', loop: must(loop, 'a continue stands in a loop') };
      default: {
        const handler = graph.errorEdge(node.id);
        const common = {
          ...at,
          next: next(),
          onError: node.errorHandling,
          ...(handler ? { handler: to(handler.to) } : {}),
        };
        return { ...common, ...compileActivity(node as ActivityNode, this.#scope(node.id), this.#view) };
      }
    }
  }

  #scope(id: ElementId): Scope {
    return this.#variables.get(id) ?? new Map();
  }
}

function casesOf(node: FlowNode, graph: FlowGraph, to: (id: string) => number): readonly Case[] {
  return graph.outgoing(node.id).map((edge) => ({ on: edge.case ?? '', next: to(edge.to) }));
}

/** `empty` and `otherwise` (none of the named) are cases besides the entities. */
function decideType(node: FlowNodeOf<'typeSplit'>, graph: FlowGraph, to: (id: string) => number): ControlOperation {
  const edges = graph.outgoing(node.id);
  const find = (name: string) => edges.find((edge) => edge.case === name);
  const empty = find('empty');
  const otherwise = find('otherwise');
  return {
    node: node.id,
    kind: 'decideType',
    variable: node.variable,
    cases: edges
      .filter((edge) => edge !== empty && edge !== otherwise)
      .map((edge) => ({ entity: edge.case ?? '', next: to(edge.to) })),
    ...(empty ? { empty: to(empty.to) } : {}),
    ...(otherwise ? { otherwise: to(otherwise.to) } : {}),
  };
}
