import type { JsonObject } from '../base/json.ts';

/** Which entity's object stands somewhere, as far as the document itself says; the model answers the rest. */
export type EntityContext =
  | { readonly kind: 'none' }
  | { readonly kind: 'entity'; readonly entity: string }
  /** A parameter or variable: its object, or the objects of its list. */
  | { readonly kind: 'variable'; readonly variable: string }
  /** What is reached over associations. */
  | { readonly kind: 'path'; readonly from: EntityContext; readonly path: string }
  /** What a flow returns. */
  | { readonly kind: 'result'; readonly of: 'microflow' | 'nanoflow'; readonly flow: string }
  /** What another widget of the page has selected. */
  | { readonly kind: 'selection'; readonly widget: string };

/** The surroundings of a text. */
export interface TextContext {
  /** The entity whose members may be written short: in constraints, member paths and names of members. */
  readonly members: EntityContext;
  /** The entity of `$currentObject`. */
  readonly current: EntityContext;
}

export const NO_CONTEXT: TextContext = { members: { kind: 'none' }, current: { kind: 'none' } };

type Rule = (value: JsonObject, outer: TextContext) => TextContext;

const both = (context: EntityContext): TextContext => ({ members: context, current: context });
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const entity = (value: JsonObject): EntityContext => ({ kind: 'entity', entity: text(value.entity) });
const variable = (value: JsonObject): EntityContext => ({ kind: 'variable', variable: text(value.variable) });

const membersOfEntity: Rule = (value, outer) => ({ ...outer, members: entity(value) });
const membersOfVariable: Rule = (value, outer) => ({ ...outer, members: variable(value) });
const eachOfVariable: Rule = (value) => both(variable(value));
const eachOfSource: Rule = (value, outer) => both(sourceContext(value.source, outer));
const start: Rule = (value, outer) =>
  value.variable === undefined ? both(outer.current) : membersOfVariable(value, outer);
const reached: Rule = (value, outer) => ({ ...outer, members: sourceContext(value, outer) });
const choice: Rule = (value, outer) => ({ ...outer, members: sourceContext(value.selectable, outer) });

/** By the `kind` of an object and the key under which a text or name stands in it: what differs from the surroundings. */
const RULES: { readonly [kind: string]: { readonly [key: string]: Rule } } = {
  // Data sources, of pages and of retrievals alike.
  database: { constraint: membersOfEntity, sort: membersOfEntity },
  association: { path: start, sort: reached },
  // Widgets that bring a context with them.
  dataView: { widgets: eachOfSource },
  listView: { widgets: eachOfSource, onClick: eachOfSource, search: eachOfSource },
  gallery: { widgets: eachOfSource, onClick: eachOfSource, search: eachOfSource },
  dataGrid: { columns: eachOfSource, onClick: eachOfSource, search: eachOfSource },
  referenceSelector: { caption: choice },
  referenceSetSelector: { caption: choice },
  // Actions and activities that name members.
  create: { changes: membersOfEntity },
  createObject: { changes: membersOfEntity },
  changeObject: { changes: membersOfVariable },
  validationFeedback: { member: membersOfVariable },
  listOperation: { operation: eachOfVariable },
  aggregateList: { expression: eachOfVariable },
};

/** The context under `key` of an object that itself stands in `outer`. */
export function contextBelow(value: JsonObject, key: string, outer: TextContext): TextContext {
  const rules = typeof value.kind === 'string' && Object.hasOwn(RULES, value.kind) ? RULES[value.kind] : undefined;
  const rule = rules && Object.hasOwn(rules, key) ? rules[key] : undefined;
  return rule ? rule(value, outer) : outer;
}

/** The entity of a data source's objects. */
export function sourceContext(source: unknown, outer: TextContext): EntityContext {
  const value = (source ?? {}) as JsonObject;
  switch (value.kind) {
    case 'context':
      return value.variable === undefined ? outer.current : variable(value);
    case 'database':
      return entity(value);
    case 'association':
      return { kind: 'path', from: start(value, outer).members, path: text(value.path) };
    case 'microflow':
    case 'nanoflow':
      return { kind: 'result', of: value.kind, flow: text(value[value.kind]) };
    case 'listen':
      return { kind: 'selection', widget: text(value.widget) };
    default:
      return { kind: 'none' };
  }
}
