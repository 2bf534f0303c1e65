import type { Diagnostic } from '../base/diagnostic.ts';
import { compileFlow } from '../flow/compile.ts';
import { allNodes } from '../flow/graph.ts';
import type { FlowProgram } from '../flow/program.ts';
import { deviceCapable } from '../flow/sides.ts';
import { domainView } from '../metamodel/domain-view.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import type { ScopePlan } from '../scope/plan.ts';

type FlowDocument = ModelDocument<'nanoflow' | 'microflow'>;

/**
 * Flows that the device runs: the plan's nanoflows; what event handlers and calculated attributes of entities in scope
 * use, if the device can run it; and the microflows that such a flow calls.
 */
export function deviceFlows(model: Model, plan: ScopePlan): readonly FlowDocument[] {
  const view = domainView(model);
  const nanoflows = new Set<string>(plan.nanoflows);
  const found = new Map<string, FlowDocument>();
  const take = (document: FlowDocument | undefined) => {
    if (!document || found.has(document.path) || !deviceCapable(document.content, view).capable) return;
    found.set(document.path, document);
    for (const node of document.kind === 'microflow' ? allNodes(document.content.nodes) : []) {
      if (node.kind === 'callMicroflow') take(model.find('microflow', node.microflow));
    }
  };
  for (const document of [...model.all('nanoflow').values(), ...model.all('microflow').values()]) {
    if (nanoflows.has(document.content.id)) take(document);
  }
  for (const { id } of plan.entities) {
    for (const entity of view.lineage(view.byId(id)?.qualifiedName ?? '')) {
      for (const { flow } of view.entity(entity)?.eventHandlers ?? [])
        take(model.find('nanoflow', flow) ?? model.find('microflow', flow));
      for (const { calculatedBy } of view.entity(entity)?.attributes ?? []) {
        if (calculatedBy?.kind === 'microflow') take(model.find('microflow', calculatedBy.microflow));
      }
    }
  }
  return [...found.values()];
}

/** Programs by qualified name, and the errors that keep flows from being compiled. */
export function compileFlows(
  flows: readonly FlowDocument[],
  model: Model,
): { readonly programs: ReadonlyMap<string, FlowProgram>; readonly errors: readonly Diagnostic[] } {
  const programs = new Map<string, FlowProgram>();
  const errors: Diagnostic[] = [];
  for (const flow of flows) {
    const compiled = compileFlow(flow, model);
    if (compiled.ok) programs.set(flow.qualifiedName, compiled.value);
    else errors.push(...compiled.error);
  }
  return { programs, errors };
}
