import type { ListValue, ObjectValue, Value } from '../expression/value.ts';
import type { Values } from './effect.ts';
import { type Evaluator, isList, isObject } from './evaluate.ts';
import { fitsAs } from './fit.ts';
import { compareForSorting } from './order.ts';
import type { Activity, ListOperation } from './program.ts';

type ActivityOf<K extends Activity['kind']> = Extract<Activity, { kind: K }>;

/** FL7. Lists are values: every operation gives a new one. An empty variable counts as a list of none. */
export function operateOnList(activity: ActivityOf<'listOperation'>, variables: Values, evaluator: Evaluator): Value {
  const items = evaluator.objects(activity.variable, variables);
  const own = variables[activity.variable];
  const entity = isList(own) ? own.entity : '';
  const list = (chosen: readonly ObjectValue[]): ListValue => ({ kind: 'list', entity, items: chosen });
  const { operation } = activity;
  switch (operation.kind) {
    case 'head':
      return items[0] ?? null;
    case 'tail':
      return list(items.slice(1));
    case 'filter':
      return list(fitting(items, operation.condition, variables, evaluator));
    case 'find':
      return fitting(items, operation.condition, variables, evaluator)[0] ?? null;
    case 'sort':
      return list(sorted(items, operation.sort, variables, evaluator));
    case 'range': {
      const offset = operation.offset === undefined ? 0 : evaluator.count(operation.offset, variables);
      const limit = operation.limit === undefined ? items.length : evaluator.count(operation.limit, variables);
      return list(items.slice(offset, offset + limit));
    }
    default: {
      const result = combine(items, operation, variables, evaluator);
      return typeof result === 'boolean' ? result : list(result);
    }
  }
}

function combine(
  items: readonly ObjectValue[],
  operation: Extract<ListOperation, { other: string }>,
  variables: Values,
  evaluator: Evaluator,
): readonly ObjectValue[] | boolean {
  const others = evaluator.objects(operation.other, variables);
  const theirs = new Set(others.map(({ id }) => id));
  const ours = new Set(items.map(({ id }) => id));
  switch (operation.kind) {
    case 'union':
      return distinct([...items, ...others]);
    case 'intersect':
      return distinct(items.filter(({ id }) => theirs.has(id)));
    case 'subtract':
      return distinct(items.filter(({ id }) => !theirs.has(id)));
    case 'contains':
      return others.length > 0 && others.every(({ id }) => ours.has(id));
    case 'equals':
      return ours.size === theirs.size && [...ours].every((id) => theirs.has(id));
  }
}

/** FL8: changing a list puts a new list into its variable. */
export function changeList(activity: ActivityOf<'changeList'>, variables: Values, evaluator: Evaluator): Value {
  const items = evaluator.objects(activity.variable, variables);
  const value = activity.value === undefined ? null : evaluator.evaluate(activity.value, variables);
  const given = isObject(value) ? [value] : isList(value) ? value.items : [];
  const ids = new Set(given.map(({ id }) => id));
  const own = variables[activity.variable];
  const entity = isList(own) ? own.entity : isList(value) ? value.entity : (given[0]?.entity ?? '');
  switch (activity.operation) {
    case 'add':
      return { kind: 'list', entity, items: distinct([...items, ...given]) };
    case 'remove':
      return { kind: 'list', entity, items: items.filter(({ id }) => !ids.has(id)) };
    case 'replace':
      return { kind: 'list', entity, items: distinct(given) };
    case 'clear':
      return { kind: 'list', entity, items: [] };
  }
}

/** FL9. Empty values are left out; of none, sum is 0 and average, min and max are empty. */
export function aggregate(activity: ActivityOf<'aggregateList'>, variables: Values, evaluator: Evaluator): Value {
  const items = evaluator.objects(activity.variable, variables);
  if (activity.function === 'count') return items.length;
  const text = activity.expression ?? 'empty';
  if (activity.function === 'reduce') {
    const initial = evaluator.evaluate(activity.initial ?? 'empty', variables);
    return items.reduce<Value>(
      (currentResult, currentObject) =>
        fit(evaluator.evaluate(text, { ...variables, currentResult, currentObject }), activity),
      fit(initial, activity),
    );
  }
  const values = evaluator.evaluateEach(text, items, variables).filter((value) => value !== null);
  const combined = combineValues(activity.function, values, evaluator);
  return combined === null ? null : fit(combined, activity);
}

// Arithmetic and order are the expression language's: two values at a time, so that overflow is its error too.
function combineValues(how: 'sum' | 'average' | 'min' | 'max', values: readonly Value[], evaluator: Evaluator): Value {
  const [first, ...others] = values;
  if (first === undefined) return how === 'sum' ? 0 : null;
  const apply = (text: string, a: Value, b: Value) => evaluator.evaluate(text, { a, b });
  switch (how) {
    case 'sum':
      return others.reduce((sum, value) => apply('$a + $b', sum, value), first);
    case 'average':
      return apply(
        '$a div $b',
        others.reduce((sum, value) => apply('$a + $b', sum, value), first),
        values.length,
      );
    case 'min':
      return others.reduce((least, value) => (apply('$b < $a', least, value) === true ? value : least), first);
    case 'max':
      return others.reduce((most, value) => (apply('$b > $a', most, value) === true ? value : most), first);
  }
}

function fit(value: Value, activity: ActivityOf<'aggregateList'>): Value {
  return fitsAs(value, activity.type);
}

function fitting(
  items: readonly ObjectValue[],
  condition: string,
  variables: Values,
  evaluator: Evaluator,
): readonly ObjectValue[] {
  const truths = evaluator.evaluateEach(condition, items, variables);
  return items.filter((_, place) => truths[place] === true);
}

/** Stable. Paths are read as expressions read them. */
function sorted(
  items: readonly ObjectValue[],
  sort: Extract<ListOperation, { kind: 'sort' }>['sort'],
  variables: Values,
  evaluator: Evaluator,
): readonly ObjectValue[] {
  const keys = sort.map(({ path }) => evaluator.evaluateEach(`$currentObject/${path}`, items, variables));
  const places = items.map((_, place) => place);
  places.sort((a, b) => {
    for (const [which, { descending }] of sort.entries()) {
      const order = compareForSorting(keys[which]?.[a] ?? null, keys[which]?.[b] ?? null, evaluator.environment);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return places.flatMap((place) => items[place] ?? []);
}

function distinct(items: readonly ObjectValue[]): readonly ObjectValue[] {
  const seen = new Set<string>();
  return items.filter(({ id }) => !seen.has(id) && seen.add(id));
}
