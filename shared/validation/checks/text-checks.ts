import { resolveConstraint } from '../../constraint/resolve.ts';
import type { Type } from '../../expression/type.ts';
import type { ModelDocument } from '../../metamodel/model.ts';
import { walkDocument } from '../../metamodel/walk.ts';
import { check, rule } from '../check.ts';
import { entityOfContext } from '../context-entity.ts';

/** Parameters of a page or snippet as variables of its texts. */
export function variablesOf(document: ModelDocument, currentObject: string | undefined): ReadonlyMap<string, Type> {
  const { content } = document;
  const parameters = 'parameters' in content ? content.parameters : [];
  return new Map<string, Type>([
    ...parameters.map((parameter): [string, Type] => [parameter.name, parameter.type]),
    ...(currentObject ? [['currentObject', { kind: 'Object', entity: currentObject }] as [string, Type]] : []),
  ]);
}

export const constraintText = check({
  rule: rule('constraint/…', 'error', 'A constraint does not parse, names what is not there, or compares what cannot be compared.', 'As the message says; the constraint is ignored until then.'),
  speed: 'fast',
  kinds: ['entity', 'page', 'snippet', 'navigationProfile'],
  *find(document, context) {
    for (const slot of walkDocument(document.path, document.source).slots) {
      if (slot.language !== 'constraint' || slot.text.trim() === '') continue;
      const entity = entityOfContext(slot.context.members, document, context);
      if (!entity || !context.view.entity(entity)) continue;
      const current = entityOfContext(slot.context.current, document, context);
      const variables = variablesOf(document, document.kind === 'entity' ? undefined : current);
      for (const found of resolveConstraint(slot.text, { view: context.view, entity, variables }).diagnostics) {
        const { code, severity, message, span } = found;
        yield { code, severity, message, path: slot.path, ...(span ? { span } : {}), ...(slot.element ? { element: slot.element } : {}) };
      }
    }
  },
});
