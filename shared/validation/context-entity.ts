import type { ModelDocument } from '../metamodel/model.ts';
import type { EntityContext } from '../metamodel/text-context.ts';
import { walkDocument } from '../metamodel/walk.ts';
import type { CheckContext } from './check.ts';

/** The entity that a context of a page, snippet or entity document stands for; flows answer for their variables themselves. */
export function entityOfContext(
  context: EntityContext,
  document: ModelDocument,
  { model, view }: CheckContext,
  depth = 0,
): string | undefined {
  // Widgets that listen to each other in a circle select nothing.
  if (depth > 20) return undefined;
  const again = (inner: EntityContext) => entityOfContext(inner, document, { model, view }, depth + 1);
  switch (context.kind) {
    case 'none':
      return undefined;
    case 'entity':
      return context.entity;
    case 'variable': {
      const { content } = document;
      const parameters = 'parameters' in content ? content.parameters : [];
      const type = parameters.find((parameter) => parameter.name === context.variable)?.type;
      return type?.kind === 'Object' || type?.kind === 'List' ? type.entity : undefined;
    }
    case 'path': {
      let at = again(context.from);
      const names = context.path.split('/');
      for (let index = 0; at && index < names.length; index++) {
        const end = view.step(at, names[index] ?? '');
        if (!end) return undefined;
        const next = names[index + 1];
        at = next && view.entity(next) ? next : end.far;
        if (next && view.entity(next)) index++;
      }
      return at;
    }
    case 'result': {
      const type = model.find(context.of, context.flow)?.content.returnType;
      return type?.kind === 'Object' || type?.kind === 'List' ? type.entity : undefined;
    }
    case 'selection': {
      const selected = walkDocument(document.path, document.source).selections.get(context.widget);
      return selected && again(selected);
    }
  }
}
