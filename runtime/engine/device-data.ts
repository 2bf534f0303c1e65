import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { checkSort } from '@skerry/shared/constraint/sort';
import { toComparator } from '@skerry/shared/constraint/to-comparator';
import type { Value } from '@skerry/shared/expression/value';
import type { SortItem } from '@skerry/shared/metamodel/data-source';
import { ObjectValues } from '../flow/object-values.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import type { ObjectSnapshot, PlainValue, RetrieveRequest, RetrieveResult } from './device-face.ts';
import { bindingEnvironment, type EnvironmentParts } from './environment.ts';
import { failureOf, refuse } from './failure.ts';
import { followObjects } from './follow.ts';
import { loadObjects, snapshot } from './object-reader.ts';
import { findObjects, type Query, type QueryScope, searchConstraint } from './query.ts';
import type { LoadedObject, ReaderContext } from './stored-object.ts';
import { fromPlain, isObject } from './values.ts';

/** What reading for pages needs of the engine. */
export interface DataContext {
  readonly reader: ReaderContext;
  readonly parts: (variables: { readonly [name: string]: Value }, values: ObjectValues) => EnvironmentParts;
}

/** Objects for a data source that is answered from the device's rows and memory. */
export async function retrieveObjects(
  reader: SqlReader,
  context: DataContext,
  request: RetrieveRequest,
): Promise<RetrieveResult> {
  try {
    const { source, limit } = request;
    const variables = await valuesOf(reader, context.reader, request.variables);
    const offset = request.offset ?? 0;
    if (source.kind === 'association') {
      const objects = await overAssociations(reader, context, source, variables);
      const end = limit === undefined ? objects.length : offset + limit;
      return { objects: objects.slice(offset, end).map(snapshot), more: objects.length > end };
    }
    if (source.kind !== 'database')
      return refuse('query/not-a-source', `A "${source.kind}" source is the page's own affair.`);
    const page = Math.min(limit ?? Number.POSITIVE_INFINITY, (source.limit ?? Number.POSITIVE_INFINITY) - offset);
    const ids = await findObjects(scopeOf(reader, context, variables), {
      entity: source.entity,
      constraint: source.constraint + searchOf(context.reader, source.entity, request.search),
      sort: source.sort,
      variables,
      offset,
      ...(Number.isFinite(page) ? { limit: Math.max(0, page) + 1 } : {}),
    });
    const objects = await loadObjects(reader, context.reader, ids.slice(0, Number.isFinite(page) ? page : ids.length));
    const isCut = source.limit !== undefined && offset + objects.length >= source.limit;
    return { objects: objects.map(snapshot), more: !isCut && ids.length > objects.length };
  } catch (thrown) {
    return { objects: [], more: false, failure: failureOf(thrown) };
  }
}

export function scopeOf(reader: SqlReader, context: DataContext, variables: Query['variables']): QueryScope {
  const values = new ObjectValues();
  return { reader, context: context.reader, values, environment: bindingEnvironment(context.parts(variables, values)) };
}

export async function valuesOf(
  reader: SqlReader,
  context: ReaderContext,
  variables: { readonly [name: string]: PlainValue },
): Promise<{ readonly [name: string]: Value }> {
  const values: { [name: string]: Value } = {};
  for (const [name, plain] of Object.entries(variables)) {
    values[name] = await fromPlain(reader, context, plain, undefined);
  }
  return values;
}

/** Far objects by start, with their snapshots; `entity` narrows to a specialisation. */
export async function followFrom(
  reader: SqlReader,
  context: ReaderContext,
  step: {
    readonly objects: readonly ObjectId[];
    readonly association: string;
    readonly entity?: string;
    readonly reversed?: boolean;
  },
): Promise<{ links: { [id: string]: readonly ObjectId[] }; objects: readonly ObjectSnapshot[] }> {
  const found = await followObjects(reader, context, step.objects, step.association, step.reversed);
  const links: { [id: string]: readonly ObjectId[] } = {};
  const objects = new Map<ObjectId, LoadedObject>();
  for (const [id, reached] of found) {
    const kept = reached.filter((object) => !step.entity || context.app.view.isA(object.entity.name, step.entity));
    links[id] = kept.map((object) => object.id);
    for (const object of kept) objects.set(object.id, object);
  }
  return { links, objects: [...objects.values()].map(snapshot) };
}

async function overAssociations(
  reader: SqlReader,
  context: DataContext,
  source: { readonly path: string; readonly variable?: string | undefined; readonly sort: readonly SortItem[] },
  variables: Query['variables'],
): Promise<readonly LoadedObject[]> {
  const start = variables[source.variable ?? 'currentObject'] ?? null;
  if (!isObject(start)) return [];
  const names = source.path.split('/').filter((name) => name !== '');
  let objects: readonly LoadedObject[] = await loadObjects(reader, context.reader, [start.id]);
  for (let at = 0; at < names.length; at += 2) {
    const entity = names[at + 1];
    const found = await followObjects(
      reader,
      context.reader,
      objects.map((object) => object.id),
      names[at] ?? '',
    );
    const reached = new Map([...found.values()].flat().map((object) => [object.id, object]));
    objects = [...reached.values()].filter(
      (object) => !entity || context.reader.app.view.isA(object.entity.name, entity),
    );
  }
  return sorted(context.reader, objects, names.length % 2 === 0 ? names.at(-1) : undefined, source.sort);
}

/** By members of the objects themselves; what they refer to is not at hand here. */
function sorted(
  context: ReaderContext,
  objects: readonly LoadedObject[],
  entity: string | undefined,
  sort: readonly SortItem[],
): readonly LoadedObject[] {
  const name = entity ?? objects[0]?.entity.name;
  if (name === undefined || sort.length === 0) return objects;
  const { resolved } = checkSort(sort, { view: context.app.view, entity: name });
  const compare = toComparator(resolved.filter((key) => key.steps.length === 0));
  const byId = new Map(objects.map((object) => [object.id, object]));
  const cells = {
    entityOf: (id: ObjectId) => byId.get(id)?.entity.id,
    cell: (id: ObjectId, memberId: ElementId) => byId.get(id)?.cells[memberId] ?? null,
    reach: () => [],
  };
  return objects.toSorted((a, b) => compare(a.id, b.id, cells));
}

function searchOf(context: ReaderContext, entityName: string, search: RetrieveRequest['search']): string {
  const entity = context.app.entity(entityName);
  if (!search || search.text === '' || !entity) return '';
  return searchConstraint(entity, search.members, search.text) ?? '';
}
