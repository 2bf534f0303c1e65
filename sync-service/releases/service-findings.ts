import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { type DomainView, domainView } from '@skerry/shared/metamodel/domain-view';
import type { Flow, FlowNode } from '@skerry/shared/metamodel/flow';
import type { Model, ModelDocument } from '@skerry/shared/metamodel/model';
import { checkCalculation } from './calculated-attributes.ts';
import { microflowProgram } from './programs.ts';

/**
 * What of a model the service cannot do, or does less than the model asks for. Errors would refuse every transaction of
 * an entity; with warnings the rest of the app works as it should. Codes:
 *
 * - `publish/handler-not-runnable` (error): an event handler that has errors, or reaches an activity that cannot run here.
 * - `publish/flow-not-runnable`: the same of another microflow; calling it fails.
 * - `publish/policy-parks`: a conflict policy by microflow; its conflicts wait for a person.
 * - `publish/calculation-not-run`: calculated by a microflow, or by an expression with errors; it stays empty.
 * - `publish/calculation-not-current`: reads other objects; kept current only when its own object is written.
 */
export function serviceFindings(model: Model): readonly Diagnostic[] {
  const view = domainView(model);
  const findings: Diagnostic[] = [];
  const handlers = new Set<string>();
  for (const document of model.all('entity').values()) {
    for (const { flow } of document.content.eventHandlers) {
      const problem = whyNotRunnable(model, flow);
      if (problem === null) continue;
      handlers.add(flow);
      findings.push(
        found(
          'error',
          'handler-not-runnable',
          `${flow} handles events of ${document.qualifiedName} and cannot run: ${problem}`,
          document,
        ),
      );
    }
    findings.push(...calculationFindings(view, document), ...policyFindings(document));
  }
  for (const document of model.all('microflow').values()) {
    const problem = handlers.has(document.qualifiedName) ? null : whyNotRunnable(model, document.qualifiedName);
    if (problem === null) continue;
    findings.push(
      found('warning', 'flow-not-runnable', `${document.qualifiedName} fails when it is called: ${problem}`, document),
    );
  }
  const { defaultConflictPolicy } = model.app;
  if (defaultConflictPolicy.kind === 'microflow') findings.push(found('warning', 'policy-parks', PARKS('the app')));
  return findings;
}

const PARKS = (of: string) =>
  `Conflict policies by microflow do not run yet: conflicts under the policy of ${of} wait for a decision.`;

function policyFindings(document: ModelDocument<'entity'>): readonly Diagnostic[] {
  const isMicroflow = document.content.conflictPolicy?.kind === 'microflow';
  return isMicroflow ? [found('warning', 'policy-parks', PARKS(document.qualifiedName), document)] : [];
}

function calculationFindings(view: DomainView, document: ModelDocument<'entity'>): readonly Diagnostic[] {
  return document.content.attributes.flatMap(({ name, type, calculatedBy }): Diagnostic[] => {
    if (!calculatedBy) return [];
    const member = `${document.qualifiedName}/${name}`;
    if (calculatedBy.kind === 'microflow') {
      const message = `${member} is calculated by a microflow, which the service does not do: it stays empty.`;
      return [found('warning', 'calculation-not-run', message, document)];
    }
    const checked = checkCalculation(view, document.qualifiedName, calculatedBy.expression, type);
    if (!checked) {
      const message = `The expression of ${member} has errors: it stays empty.`;
      return [found('warning', 'calculation-not-run', message, document)];
    }
    if (!checked.readsOthers) return [];
    const message = `${member} reads other objects. Its stored value is made when its own object is written, not when those change.`;
    return [found('warning', 'calculation-not-current', message, document)];
  });
}

/** In words, or null. Nanoflows do not run here, and nobody asks them to. */
function whyNotRunnable(model: Model, flow: string, asked = new Set<string>()): string | null {
  const program = microflowProgram(model, flow);
  if (!program || asked.has(flow)) return null;
  asked.add(flow);
  if ('problem' in program) return program.problem;
  const content = model.find('microflow', flow)?.content;
  for (const node of content ? allNodes(content) : []) {
    if (node.kind === 'callRest') return 'it calls another service, which this one does not do yet.';
    if (node.kind === 'opaque') return `it has an imported activity of the type ${node.type}, which runs nowhere.`;
    if (node.kind !== 'callMicroflow') continue;
    const inner = whyNotRunnable(model, node.microflow, asked);
    if (inner !== null) return `in ${node.microflow}, ${inner}`;
  }
  return null;
}

function allNodes({ nodes }: Pick<Flow, 'nodes'>): readonly FlowNode[] {
  return nodes.flatMap((node) => (node.kind === 'loop' ? [node, ...allNodes(node)] : [node]));
}

function found(
  severity: Diagnostic['severity'],
  problem: string,
  message: string,
  document?: ModelDocument,
): Diagnostic {
  return { code: `publish/${problem}`, severity, message, ...(document ? { document: document.path } : {}) };
}
