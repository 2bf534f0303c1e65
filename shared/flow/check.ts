import type { Diagnostic } from '../base/diagnostic.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { Flow, FlowNode, FlowNodeOf, SequenceFlow } from '../metamodel/flow.ts';
import { checkNames } from './check-names.ts';
import { checkTexts } from './check-texts.ts';
import { type FlowGraph, flowGraph, reachable, strayEdges } from './graph.ts';
import { mayStandIn } from './sides.ts';
import { flowVariables } from './variables.ts';

export type Report = (
  node: { readonly id: string } | undefined,
  problem: string,
  message: string,
  severity?: Diagnostic['severity'],
) => void;

/** All that is wrong with one flow: its shape, the names it uses, its texts. Codes are `flow/…`, listed in SPEC.md. */
export function checkFlow(flow: Flow, view: DomainView, document?: string): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const place = document === undefined ? {} : { document };
  const report: Report = (node, problem, message, severity = 'error') => {
    diagnostics.push({ code: `flow/${problem}`, severity, message, ...place, element: node?.id ?? flow.id });
  };
  const variables = flowVariables(flow, view);
  checkLevel(flow, flowGraph(flow), flow, report);
  checkNames(flow, view, variables, report);
  for (const found of checkTexts(flow, view, variables)) diagnostics.push({ ...place, ...found });
  return diagnostics;
}

function checkLevel(
  level: { readonly nodes: readonly FlowNode[]; readonly flows: readonly SequenceFlow[] },
  graph: FlowGraph,
  flow: Flow,
  report: Report,
): void {
  if (graph.entries.length !== 1) {
    report(
      graph.loop,
      'one-start',
      `${graph.loop ? 'This loop' : 'The flow'} begins in ${graph.entries.length} places; it needs exactly one.`,
    );
  }
  for (const edge of strayEdges(level, graph)) {
    report(edge, 'stray-edge', 'This arrow begins or ends at a node that is not here. Remove it or draw it anew.');
  }
  const reached = reachable(graph);
  for (const node of graph.nodes) {
    if (!reached.has(node.id)) report(node, 'unreachable', 'Nothing leads here. Connect it or remove it.', 'warning');
    else checkNode(node, graph, flow, report);
    if (node.kind === 'loop') checkLevel(node, flowGraph(node, node), flow, report);
  }
}

const NO_WAY_ON: ReadonlySet<string> = new Set(['end', 'errorEnd', 'break', 'continue']);
const NEVER_FAILS: ReadonlySet<string> = new Set([
  'start',
  'merge',
  'end',
  'errorEnd',
  'break',
  'continue',
  'exclusiveSplit',
  'typeSplit',
  'loop',
]);

function checkNode(node: FlowNode, graph: FlowGraph, flow: Flow, report: Report): void {
  const out = graph.outgoing(node.id);
  if (!mayStandIn(node.kind, flow.kind)) {
    report(
      node,
      'wrong-side',
      `A ${flow.kind} cannot do ${node.kind}: it runs on the ${flow.kind === 'nanoflow' ? 'service' : 'device'} only.`,
    );
  }
  if (node.kind === 'opaque')
    report(node, 'opaque', `${node.type} was imported and cannot run: the flow fails when it comes here.`, 'warning');
  if ((node.kind === 'break' || node.kind === 'continue') && !graph.loop) {
    report(node, 'outside-loop', `A ${node.kind} stands in a loop only.`);
  }
  if (node.kind === 'end' && graph.loop) report(node, 'end-in-loop', 'A flow cannot end inside a loop; break first.');
  if (node.kind === 'exclusiveSplit' || node.kind === 'typeSplit') checkCases(node, out, report);
  else if (NO_WAY_ON.has(node.kind)) {
    if (out.length > 0) report(node, 'way-on', `Nothing goes on after ${node.kind}. Remove the arrow.`);
  } else if (out.length > 1)
    report(node, 'many-ways-on', 'One arrow only goes on from here; use a decision to choose.');
  else if (out.length === 0 && !graph.loop)
    report(node, 'no-way-on', 'The flow stops here without an end. Lead it on.');
  checkErrorEdge(node, graph, report);
}

function checkCases(
  node: FlowNodeOf<'exclusiveSplit' | 'typeSplit'>,
  out: readonly SequenceFlow[],
  report: Report,
): void {
  const seen = new Set<string>();
  for (const edge of out) {
    if (edge.case === undefined)
      report(node, 'no-case', 'An arrow out of this decision does not say for which case it is.');
    else if (seen.has(edge.case)) report(node, 'case-twice', `Two arrows are for the case ${edge.case}.`);
    if (edge.case !== undefined) seen.add(edge.case);
  }
}

function checkErrorEdge(node: FlowNode, graph: FlowGraph, report: Report): void {
  const edge = graph.errorEdge(node.id);
  const custom = node.errorHandling === 'customWithRollback' || node.errorHandling === 'customWithoutRollback';
  if (custom && NEVER_FAILS.has(node.kind))
    report(node, 'handler-here', `Error handling belongs to activities, not to ${node.kind}.`);
  else if (custom && !edge) report(node, 'no-handler', 'Errors are to be handled here, but no error arrow leads on.');
  else if (!custom && edge)
    report(
      node,
      'unused-handler',
      'The error arrow is never taken: set the error handling to a custom one, or remove the arrow.',
    );
}
