import type { FlowNode } from '@skerry/shared/metamodel/flow';
import type { Model } from '@skerry/shared/metamodel/model';

/** The document that a step leads to: what it calls or shows, or the entity it works on. */
export function calledDocument(node: FlowNode | undefined, model: Model): string | undefined {
  switch (node?.kind) {
    case 'callMicroflow':
      return model.find('microflow', node.microflow)?.path;
    case 'callNanoflow':
      return model.find('nanoflow', node.nanoflow)?.path;
    case 'callAction':
      return model.find('javaScriptAction', node.action)?.path;
    case 'showPage':
      return model.find('page', node.page)?.path;
    case 'createObject':
    case 'createList':
    case 'cast':
      return model.find('entity', node.entity)?.path;
    case 'retrieve':
      return node.source.kind === 'database' ? model.find('entity', node.source.entity)?.path : undefined;
    default:
      return undefined;
  }
}
