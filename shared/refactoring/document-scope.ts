import { domainView } from '../metamodel/domain-view.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import type { EntityContext, TextContext } from '../metamodel/text-context.ts';
import { walkDocument } from '../metamodel/walk.ts';
import { flowVariableTypes } from './flow-variables.ts';
import { followPath } from './names-in-path.ts';
import { type NameScope, splitPath } from './names-in-text.ts';
import { NO_TYPE, ofDataType, ofEntity, type ValueType } from './value-type.ts';

/** Answers, for one document, which entity stands where. */
export interface DocumentScope {
  entityOf(context: EntityContext): ValueType;
  at(context: TextContext): NameScope;
}

/** The scope of names in a document; parameters and variables are found when first asked for. */
export function documentScope(model: Model, document: ModelDocument): DocumentScope {
  const view = domainView(model);
  let known: ReadonlyMap<string, ValueType> | undefined;
  const variables = () => {
    known ??= variablesOf(model, document);
    return known;
  };
  const entityOf = (context: EntityContext, asking: readonly string[] = []): ValueType => {
    switch (context.kind) {
      case 'none':
        return NO_TYPE;
      case 'entity':
        return ofEntity(context.entity);
      case 'variable':
        return variables().get(context.variable) ?? NO_TYPE;
      case 'path':
        return followPath(splitPath(context.path), entityOf(context.from, asking), view).type;
      case 'result':
        return ofDataType(model.find(context.of, context.flow)?.content.returnType);
      case 'selection': {
        const { selections } = walkDocument(document.path, document.source);
        const selected = selections.get(context.widget);
        // Two widgets that listen to each other show nothing.
        if (!selected || asking.includes(context.widget)) return NO_TYPE;
        return entityOf(selected, [...asking, context.widget]);
      }
    }
  };
  return {
    entityOf: (context) => entityOf(context),
    at: ({ members, current }) => ({
      view,
      members: entityOf(members),
      current: entityOf(current),
      variables: variables(),
    }),
  };
}

function variablesOf(model: Model, { content }: ModelDocument): ReadonlyMap<string, ValueType> {
  switch (content.kind) {
    case 'microflow':
    case 'nanoflow':
      return flowVariableTypes(model, content);
    case 'page':
    case 'snippet':
    case 'rule':
      return new Map(content.parameters.map(({ name, type }) => [name, ofDataType(type)]));
    default:
      return new Map();
  }
}
