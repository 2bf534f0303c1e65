import type { ModelDocument } from '../metamodel/model.ts';
import type { MenuItem } from '../metamodel/navigation-profile.ts';
import type { Text } from '../metamodel/schema.ts';
import { FactCollector } from './fact-collector.ts';
import type { DocumentFacts, Place } from './facts.ts';
import { actionFacts, opaqueUses } from './facts-action.ts';
import { expressionFacts, type Variables } from './facts-text.ts';
import { widgetFacts } from './facts-widget.ts';
import { entityRef, typeRefOf, UNKNOWN } from './type-ref.ts';

const NO_VARIABLES: Variables = { currentObject: UNKNOWN, variable: () => UNKNOWN };

export function pageFacts(document: ModelDocument<'page' | 'snippet' | 'layout'>): DocumentFacts {
  const into = new FactCollector();
  const { content } = document;
  if (content.kind === 'page') into.edge('layout', content.layout, { steps: [], element: content.id, field: 'layout' });
  const parameters = content.kind === 'layout' ? [] : content.parameters;
  const types = new Map(parameters.map((parameter) => [parameter.name, typeRefOf(parameter.type)]));
  widgetFacts(content.widgets, (name) => types.get(name) ?? UNKNOWN, into);
  return into.facts();
}

/** SC1. Each root is an edge of the profile. */
export function profileFacts(document: ModelDocument<'navigationProfile'>): DocumentFacts {
  const into = new FactCollector();
  const profile = document.content;
  const at = (word: string, roles?: readonly string[]): Place => ({
    steps: [word],
    element: profile.id,
    ...(roles ? { roles } : {}),
  });
  const home = (page: string | undefined, nanoflow: string | undefined, place: Place) => {
    into.edge('page', page, place);
    into.edge('nanoflow', nanoflow, place);
  };
  home(profile.homePage.page, profile.homePage.nanoflow, at('home'));
  for (const { role, page, nanoflow } of profile.homePageByRole) home(page, nanoflow, at(`home:${role}`, [role]));
  into.edge('page', profile.signInPage, at('signIn'));
  menuItemFacts(profile.menu, [], into);
  for (const [moment, nanoflow] of Object.entries(profile.synchronization.flows)) {
    into.edge('nanoflow', nanoflow, at(`synchronization:${moment}`));
  }
  return into.facts();
}

export function menuFacts(document: ModelDocument<'menu'>): DocumentFacts {
  const into = new FactCollector();
  menuItemFacts(document.content.items, [], into);
  return into.facts();
}

function menuItemFacts(items: readonly MenuItem[], above: readonly string[], into: FactCollector): void {
  for (const item of items) {
    // An item that names nobody is for whom its parent is for.
    const roles = item.roles.length > 0 ? item.roles : above;
    const place: Place = {
      steps: [`menu:${anyCaption(item.caption)}`],
      element: item.id,
      ...(roles.length > 0 ? { roles } : {}),
    };
    actionFacts(item.action, NO_VARIABLES, place, into);
    menuItemFacts(item.items, roles, into);
  }
}

/** A caption for explanations: they do not depend on which language the studio speaks. */
function anyCaption(text: Text): string {
  return text.en ?? Object.values(text)[0] ?? '';
}

/** What an entity in scope does on the device by itself: calculated attributes, and event handlers that are nanoflows. */
export function entityFacts(document: ModelDocument<'entity'>): DocumentFacts {
  const into = new FactCollector();
  const { content, qualifiedName } = document;
  const variables: Variables = { currentObject: entityRef(qualifiedName), variable: () => UNKNOWN };
  for (const attribute of content.attributes) {
    const place: Place = { steps: [`attribute:${attribute.name}`], element: attribute.id, field: 'calculatedBy' };
    if (attribute.calculatedBy?.kind === 'expression') {
      expressionFacts(attribute.calculatedBy.expression, variables, place, into);
    }
  }
  for (const handler of content.eventHandlers) {
    into.edge('nanoflow', handler.flow, {
      steps: [`${handler.moment}:${handler.event}`],
      element: handler.id,
      field: 'flow',
    });
  }
  return into.facts();
}

/** Documents without widgets or nodes of their own. */
export function opaqueFacts(document: ModelDocument<'javaScriptAction' | 'rule' | 'opaque'>): DocumentFacts {
  const into = new FactCollector();
  const { content } = document;
  const place: Place = { steps: [], element: content.id };
  if (content.kind === 'opaque') opaqueUses(content.uses, place, into);
  if (content.kind === 'javaScriptAction') {
    // The code may do anything with what it declares, reading stored objects included.
    for (const entity of content.uses.entities) into.source(entityRef(entity), `declares:${entity}`, place);
  }
  if (content.kind === 'rule') {
    const types = new Map(content.parameters.map((parameter) => [parameter.name, typeRefOf(parameter.type)]));
    const variables: Variables = { currentObject: UNKNOWN, variable: (name) => types.get(name) ?? UNKNOWN };
    expressionFacts(content.expression, variables, { ...place, field: 'expression' }, into);
  }
  return into.facts();
}
