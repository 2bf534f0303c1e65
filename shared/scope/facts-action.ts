import type { Action } from '../metamodel/action.ts';
import type { DataSource, SortItem } from '../metamodel/data-source.ts';
import type { FactCollector } from './fact-collector.ts';
import type { NodeKind, Place } from './facts.ts';
import { constraintFacts, expressionFacts, type Variables } from './facts-text.ts';
import { entityRef, type TypeRef, UNKNOWN } from './type-ref.ts';

const NODE_OF_HOW: { readonly [how: string]: NodeKind } = {
  page: 'page',
  snippet: 'snippet',
  layout: 'layout',
  menu: 'menu',
  nanoflow: 'nanoflow',
  microflow: 'microflow',
  javaScriptAction: 'javaScriptAction',
};
const SOURCE_HOWS = new Set(['source', 'retrieve']);
const LOCAL_HOWS = new Set(['local', 'create', 'shown']);

/** What an imported element that Skerry could not map says it uses. */
export function opaqueUses(uses: readonly { element: string; how: string }[], place: Place, into: FactCollector): void {
  for (const { element, how } of uses) {
    const node = NODE_OF_HOW[how];
    if (node) into.edge(node, element, place);
    else if (SOURCE_HOWS.has(how)) into.source(entityRef(element), `opaque:${element}`, place);
    else if (LOCAL_HOWS.has(how)) into.local(entityRef(element), `opaque:${element}`, place);
  }
}

/** Facts of what a widget, menu item or home page does. */
export function actionFacts(action: Action, variables: Variables, place: Place, into: FactCollector): void {
  const context = variables.currentObject;
  const given = (values: { readonly [name: string]: string }) => {
    for (const [name, text] of Object.entries(values))
      expressionFacts(text, variables, { ...place, field: `arguments/${name}` }, into);
  };
  switch (action.kind) {
    case 'openPage':
      into.edge('page', action.page, place);
      given(action.arguments);
      break;
    case 'create':
      into.local(entityRef(action.entity), 'create', place);
      into.object(entityRef(action.entity), 'create', place);
      into.edge('page', action.page, place);
      for (const member of Object.keys(action.changes)) into.writes(entityRef(action.entity), member, place);
      given(action.changes);
      break;
    case 'save':
      into.object(context, 'change', place);
      break;
    case 'delete':
      into.object(context, 'delete', place);
      break;
    case 'callNanoflow':
      into.edge('nanoflow', action.nanoflow, place);
      given(action.arguments);
      break;
    case 'callMicroflow':
      into.edge('microflow', action.microflow, place);
      given(action.arguments);
      break;
    case 'openUrl':
      expressionFacts(action.url, variables, { ...place, field: 'url' }, into);
      break;
    case 'opaque':
      opaqueUses(action.uses, place, into);
      break;
    default:
  }
}

export function sortFacts(sort: readonly SortItem[], entity: TypeRef, place: Place, into: FactCollector): void {
  for (const item of sort) into.memberPath(entity, item.path, { ...place, field: 'sort' });
}

/** Facts of a data source. @returns the entity of what it yields; `listened` answers for other widgets' selections. */
export function sourceFacts(
  source: DataSource,
  variables: Variables & { listened(widget: string): TypeRef },
  place: Place,
  into: FactCollector,
): TypeRef {
  const start = (variable: string | undefined) => (variable ? variables.variable(variable) : variables.currentObject);
  switch (source.kind) {
    case 'context':
      return start(source.variable);
    case 'database': {
      const entity = entityRef(source.entity);
      into.source(entity, `retrieve:${source.entity}`, place, source.constraint);
      constraintFacts(source.constraint, entity, variables, { ...place, field: 'constraint' }, into);
      sortFacts(source.sort, entity, place, into);
      return entity;
    }
    case 'association': {
      const reached = into.memberPath(start(source.variable), source.path, { ...place, field: 'path' });
      sortFacts(source.sort, reached, place, into);
      return reached;
    }
    case 'nanoflow':
    case 'microflow': {
      const name = source.kind === 'nanoflow' ? source.nanoflow : source.microflow;
      into.edge(source.kind, name, place);
      for (const text of Object.values(source.arguments))
        expressionFacts(text, variables, { ...place, field: 'arguments' }, into);
      const result: TypeRef = { kind: 'result', of: source.kind, name };
      if (source.kind === 'microflow') into.local(result, `result:${name}`, place);
      return result;
    }
    case 'listen':
      return variables.listened(source.widget);
    case 'opaque':
      opaqueUses(source.uses, place, into);
      return UNKNOWN;
  }
}
