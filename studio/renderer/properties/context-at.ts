import type { Json, JsonObject } from '@skerry/shared/base/json';
import type { ModelDocument } from '@skerry/shared/metamodel/model';
import { resolveShape, type Shape, shapeAt, shapeOfContent } from '@skerry/shared/metamodel/shape';
import { contextBelow, type EntityContext, NO_CONTEXT, type TextContext } from '@skerry/shared/metamodel/text-context';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { childOf, isJsonObject } from './locate.ts';

/** The surroundings of a place, whether or not something stands there yet: what walking tells of what does. */
export function contextAt({ source, qualifiedName }: ModelDocument, path: DocumentPath): TextContext {
  const own: EntityContext = { kind: 'entity', entity: qualifiedName };
  let context: TextContext = source.kind === 'entity' ? { members: own, current: own } : NO_CONTEXT;
  let value: Json | undefined = source;
  let shape: Shape | undefined = shapeOfContent(source);
  for (const step of path) {
    const here: JsonObject = isJsonObject(value) ? value : {};
    const resolved: Shape | undefined = shape?.kind === 'union' ? resolveShape(shape, here) : shape;
    if (resolved?.kind === 'object') context = contextBelow(here, String(step), context);
    else if (resolved?.kind === 'map') {
      const { role } = resolved.key;
      const entity: EntityContext = { kind: 'entity', entity: String(step) };
      context =
        role?.kind === 'reference' && role.to === 'entity'
          ? { members: entity, current: entity }
          : { members: context.current, current: context.current };
    }
    shape = resolved?.kind === 'list' ? resolved.item : shapeAt(resolved, String(step));
    value = childOf(value, step);
  }
  return context;
}
