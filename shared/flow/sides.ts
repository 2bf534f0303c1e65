import type { DomainView } from '../metamodel/domain-view.ts';
import type { Flow, FlowNode, FlowNodeKind } from '../metamodel/flow.ts';
import { allNodes } from './graph.ts';

type Side = 'device' | 'service';

/** Activities that only one side can do. What is absent runs on both. */
const ONLY: { readonly [K in FlowNodeKind]?: Side } = {
  callNanoflow: 'device',
  callAction: 'device',
  showPage: 'device',
  closePage: 'device',
  showHomePage: 'device',
  openUrl: 'device',
  synchronize: 'device',
  cancelSynchronization: 'device',
  clearFromDevice: 'device',
  signOut: 'device',
  callRest: 'service',
  synchronizeToDevice: 'service',
};

/** Whether a kind of node may stand in a flow of this kind (FL14). */
export function mayStandIn(node: FlowNodeKind, flow: Flow['kind']): boolean {
  const side = ONLY[node];
  return side === undefined || side === (flow === 'nanoflow' ? 'device' : 'service');
}

export type Capability =
  | { readonly capable: true }
  /** `node` is the activity that prevents it; in a microflow it calls, the activity that calls. */
  | { readonly capable: false; readonly node: FlowNode; readonly because: string };

/** Whether a device can run the flow by itself (FL14). A nanoflow always; a microflow if all it does, and calls, can. */
export function deviceCapable(flow: Flow, view: DomainView): Capability {
  return capability(flow, view, new Set());
}

function capability(flow: Flow, view: DomainView, asked: Set<string>): Capability {
  if (flow.kind === 'nanoflow') return { capable: true };
  asked.add(flow.id);
  for (const node of allNodes(flow.nodes)) {
    if (node.kind === 'opaque') return { capable: false, node, because: `${node.type} runs nowhere` };
    if (ONLY[node.kind] === 'service')
      return { capable: false, node, because: `${node.kind} runs on the service only` };
    if (node.kind !== 'callMicroflow') continue;
    const called = view.model.find('microflow', node.microflow)?.content;
    if (!called) return { capable: false, node, because: `${node.microflow} is not there` };
    // A flow that calls itself hinders nothing that its other activities do not.
    if (asked.has(called.id)) continue;
    const inner = capability(called, view, asked);
    if (!inner.capable) return { capable: false, node, because: `in ${node.microflow}, ${inner.because}` };
  }
  return { capable: true };
}
