import type { ObjectId } from '@skerry/shared/base/ids';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import type { DataSource } from '@skerry/shared/metamodel/data-source';
import type { DataType } from '@skerry/shared/metamodel/data-type';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Failure, PlainValue, RetrieveResult } from '../../engine/device-face.ts';
import { useApp, usePage, useScope } from '../app-context.ts';
import type { Variables } from './evaluation.ts';
import { objectValue, toPlain } from './plain-value.ts';

export interface SourceObjects {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly objects: readonly ObjectValue[];
  readonly more: boolean;
  readonly failure?: Failure;
  refresh(): Promise<void>;
}

export interface SourceOptions {
  readonly limit?: number;
  readonly search?: { readonly text: string; readonly members: readonly string[] };
}

/** The objects of a data source, asked of the engine again whenever what is stored changes. */
export function useSource(source: DataSource, options: SourceOptions = {}): SourceObjects {
  const { device, cache } = useApp();
  const page = usePage();
  const scope = useScope();
  const [answer, setAnswer] = useState<Omit<SourceObjects, 'refresh'>>({ state: 'loading', objects: [], more: false });
  const asked = useRef(0);
  const selection = useSyncExternalStore(page.subscribe, () =>
    source.kind === 'listen' ? page.selected(source.widget) : null,
  );

  // Objects that stand in scope need no asking.
  const here = useMemo(() => standing(source, scope.variables), [source, scope.variables]);
  const searchText = options.search?.text ?? '';
  const { limit } = options;

  const ask = useMemo(
    () => async () => {
      if (here || source.kind === 'listen') return;
      const turn = ++asked.current;
      const result = await device
        .retrieve({
          source,
          variables: plainVariables(scope.variables),
          ...(searchText && options.search ? { search: { text: searchText, members: options.search.members } } : {}),
          ...(limit ? { limit } : {}),
        })
        .catch((error: unknown): RetrieveResult => ({ objects: [], more: false, failure: awayFailure(error) }));
      // A later question has been asked since: its answer counts.
      if (turn !== asked.current) return;
      cache.put(result.objects);
      setAnswer({
        state: result.failure ? 'failed' : 'ready',
        objects: result.objects.map(({ entity, id }) => objectValue(entity, id)),
        more: result.more,
        ...(result.failure ? { failure: result.failure } : {}),
      });
    },
    [device, cache, source, scope.variables, here, searchText, limit, options.search],
  );

  useEffect(() => {
    void ask();
    return device.subscribe((event) => {
      if (event.kind === 'data' || event.kind === 'objects') void ask();
    });
  }, [ask, device]);

  if (here) return { state: 'ready', objects: here, more: false, refresh: ask };
  if (source.kind === 'listen') {
    const entity = selection ? cacheEntity(cache, selection) : null;
    return {
      state: 'ready',
      objects: selection && entity ? [objectValue(entity, selection)] : [],
      more: false,
      refresh: ask,
    };
  }
  return { ...answer, refresh: ask };
}

/** The engine itself did not answer; it may have moved to another tab. */
function awayFailure(error: unknown): Failure {
  return { code: 'engine/away', message: error instanceof Error ? error.message : String(error) };
}

function cacheEntity(
  cache: { get(id: ObjectId): { readonly entity: string } | undefined },
  id: ObjectId,
): string | null {
  try {
    return cache.get(id)?.entity ?? null;
  } catch {
    return null;
  }
}

function standing(source: DataSource, variables: Variables): readonly ObjectValue[] | null {
  if (source.kind !== 'context') return null;
  const value = variables.get(source.variable ?? 'currentObject');
  return isObject(value) ? [value] : [];
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'object';
}

/** Variables as the engine takes them. Only objects, lists and cells of evident type travel. */
export function plainVariables(variables: Variables): { [name: string]: PlainValue } {
  const plain: { [name: string]: PlainValue } = {};
  for (const [name, value] of variables) {
    const type = evidentType(value);
    if (value === null) plain[name] = { kind: 'cell', value: null };
    else if (type) plain[name] = toPlain(value, type);
  }
  return plain;
}

function evidentType(value: Value): DataType | null {
  if (typeof value === 'string') return { kind: 'String' };
  if (typeof value === 'boolean') return { kind: 'Boolean' };
  if (typeof value === 'number') return { kind: 'Integer' };
  if (typeof value === 'bigint') return { kind: 'Long' };
  if (value === null) return null;
  if (!('kind' in value)) return { kind: 'Decimal' };
  switch (value.kind) {
    case 'dateTime':
      return { kind: 'DateTime' };
    case 'enumeration':
      return { kind: 'Enumeration', enumeration: value.enumeration };
    case 'object':
      return { kind: 'Object', entity: value.entity };
    case 'list':
      return { kind: 'List', entity: value.entity };
    default:
      return null;
  }
}
