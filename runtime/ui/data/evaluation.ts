import type { ObjectId } from '@skerry/shared/base/ids';
import type { BundleContent } from '@skerry/shared/bundle/content';
import type { Expression } from '@skerry/shared/expression/ast';
import { checkExpression } from '@skerry/shared/expression/check';
import { fromCell } from '@skerry/shared/expression/convert';
import type { EvaluationEnvironment } from '@skerry/shared/expression/environment';
import { evaluateExpression } from '@skerry/shared/expression/evaluate';
import { parseExpression } from '@skerry/shared/expression/parse';
import type { Session } from '@skerry/shared/expression/session';
import type { Type } from '@skerry/shared/expression/type';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import { type AttributeMember, domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import { NotLoaded, type ObjectCache } from './object-cache.ts';
import { objectValue } from './plain-value.ts';

/** Values by name without `$`: page and snippet parameters, `currentObject`. */
export type Variables = ReadonlyMap<string, Value>;

export interface EvaluationSurroundings {
  readonly content: BundleContent;
  readonly cache: ObjectCache;
  readonly session: Session;
}

const checked = new WeakMap<Model, Map<string, Expression>>();

/**
 * The tree the checker makes for these variables: only it knows whether a `+` joins texts where what it joins is empty.
 * A text is checked once for each combination of types; a variable that is empty has none.
 */
function treeOf(text: string, variables: Variables, { model }: BundleContent): Expression {
  const trees = checked.get(model) ?? new Map<string, Expression>();
  checked.set(model, trees);
  const types = new Map<string, Type>();
  let key = text;
  for (const [name, value] of variables) {
    const type = typeOfValue(value);
    if (!type || !text.includes(`$${name}`)) continue;
    types.set(name, type);
    key += `\n${name} ${JSON.stringify(type)}`;
  }
  let tree = trees.get(key);
  if (!tree) {
    tree = checkExpression(parseExpression(text).tree, { view: domainView(model), variables: types }).tree;
    trees.set(key, tree);
  }
  return tree;
}

function typeOfValue(value: Value): Type | null {
  if (typeof value === 'string') return { kind: 'String' };
  if (typeof value === 'boolean') return { kind: 'Boolean' };
  if (typeof value === 'number') return { kind: 'Integer' };
  if (typeof value === 'bigint') return { kind: 'Long' };
  if (value === null) return null;
  if (!('kind' in value)) return { kind: 'Decimal' };
  switch (value.kind) {
    case 'object':
      return { kind: 'Object', entity: value.entity };
    case 'list':
      return { kind: 'List', entity: value.entity };
    case 'enumeration':
      return { kind: 'Enumeration', enumeration: value.enumeration };
    case 'dateTime':
      return { kind: 'DateTime' };
    case 'error':
      return null;
  }
}

/** Evaluates an expression text over what the cache knows. Throws NotLoaded when something has yet to come. */
export function evaluate(text: string, variables: Variables, around: EvaluationSurroundings): Value {
  return evaluateExpression(treeOf(text, variables, around.content), environment(variables, around));
}

/** An absent condition holds; an error or empty does not. */
export function evaluateCondition(
  text: string | undefined,
  variables: Variables,
  around: EvaluationSurroundings,
): boolean {
  return text === undefined || text.trim() === '' || evaluate(text, variables, around) === true;
}

/** The value of a member path from an object, for inputs, grid columns and captions. */
export function readPath(object: ObjectValue, path: string, around: EvaluationSurroundings): Value {
  return evaluate(`$currentObject/${path}`, new Map([['currentObject', object]]), around);
}

const SIMPLE_PATH = /^\$(\w+)\/([\w./]+)$/;

/** The attribute an expression reads when it is nothing but a path from an object, for showing its value the way it is kept. */
export function attributeRead(text: string, variables: Variables, content: BundleContent): AttributeMember | undefined {
  const [, name = '', path = ''] = SIMPLE_PATH.exec(text.trim()) ?? [];
  const value = variables.get(name);
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object'
    ? attributeAt(content, value.entity, path)
    : undefined;
}

/** The attribute a path ends in, seen from an entity; undefined where the path does not lead to one. */
export function attributeAt(content: BundleContent, entity: string, path: string): AttributeMember | undefined {
  const view = domainView(content.model);
  const parts = path.split('/');
  let at = entity;
  for (let i = 0; i + 2 < parts.length && parts[i]?.includes('.'); i += 2) at = parts[i + 1] ?? at;
  return view.attributes(at).get(parts.at(-1) ?? '');
}

function environment(variables: Variables, { content, cache, session }: EvaluationSurroundings): EvaluationEnvironment {
  const view = domainView(content.model);
  const asObject = (id: ObjectId): ObjectValue | null => {
    const snapshot = cache.get(id);
    return snapshot ? objectValue(snapshot.entity, id) : null;
  };
  return {
    session,
    variable(name) {
      if (name === 'currentUser') return session.user ? asObject(session.user) : null;
      return variables.get(name);
    },
    read(object, member) {
      const type = view.attributes(object.entity).get(member)?.type;
      const cell = cache.get(object.id)?.values[member];
      return type && cell !== undefined ? fromCell(cell, type) : null;
    },
    follow(object, association) {
      const end = view.step(object.entity, association);
      if (!end) return null;
      const snapshot = cache.get(object.id);
      if (end.direction === 'forward' && end.type === 'reference') {
        const id = snapshot?.values[association];
        return typeof id === 'string' ? asObject(id as ObjectId) : null;
      }
      const ids =
        end.direction === 'forward'
          ? (snapshot?.sets[association] ?? [])
          : cache.follow(object.id, association, undefined, true);
      const items = allOf(ids, asObject).filter((item) => item !== null);
      return end.single ? (items[0] ?? null) : { kind: 'list', entity: end.far, items };
    },
    constant(name) {
      const constant = content.model.find('constant', name)?.content;
      if (!constant) return null;
      return constant.type === 'String'
        ? constant.value
        : evaluate(constantText(constant.type, constant.value), new Map(), { content, cache, session });
    },
    enumeration: (name) => content.model.find('enumeration', name)?.content,
    isA: (entity, ancestor) => view.isA(entity, ancestor),
    userRole: (name) => content.scope.roles.find((role) => role.name === name)?.id,
    status(object, status) {
      const snapshot = object ? cache.get(object.id) : undefined;
      switch (status) {
        case 'isNew':
          return snapshot?.isNew ?? false;
        case 'isSynced':
          return snapshot !== undefined && !snapshot.isNew && !snapshot.isPending && !snapshot.isChanged;
        case 'isSyncing':
          return snapshot?.isPending ?? false;
        case 'hasConflict':
          return snapshot?.inInbox ?? false;
      }
    },
    random: () => Math.random(),
  };
}

/** Reads all before it gives up on what is not loaded, so that everything missing is asked for in one batch. */
function allOf<T>(ids: readonly ObjectId[], read: (id: ObjectId) => T): readonly T[] {
  const found: T[] = [];
  let missing: NotLoaded | undefined;
  for (const id of ids) {
    try {
      found.push(read(id));
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      missing = error;
    }
  }
  if (missing) throw missing;
  return found;
}

function constantText(type: string, value: string): string {
  if (type === 'DateTime') return `parseDateTime('${value}', 'yyyy-MM-dd''T''HH:mm:ssX')`;
  return value;
}
