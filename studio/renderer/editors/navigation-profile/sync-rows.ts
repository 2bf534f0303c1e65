import type { Diagnostic, Severity } from '@skerry/shared/base/diagnostic';
import type { JsonObject } from '@skerry/shared/base/json';
import { isObject } from '@skerry/shared/metamodel/canonical';
import type { SyncMode } from '@skerry/shared/metamodel/navigation-profile';
import type { ScopeEntity, ScopeView } from '@skerry/studio/bridge/calls/analysis-calls';

/** A line of the synchronisation table: what the profile says, and what the analysis made of it. */
export interface SyncRow {
  readonly entity: string;
  /** As the document says it now; the analysis may still be at work on it. */
  readonly mode: SyncMode | undefined;
  /** Chosen by a person; otherwise derived. */
  readonly isChosen: boolean;
  readonly constraint: string;
  /** Added by hand. */
  readonly isAdded: boolean;
  /** Undefined: the entity is not in scope, or not analysed yet. */
  readonly scope: ScopeEntity | undefined;
  /** The analysis has not yet seen what the document says. */
  readonly isPending: boolean;
  readonly problems: readonly Diagnostic[];
}

/** What a profile's document says about entities. */
export interface Settings {
  readonly byEntity: ReadonlyMap<string, { readonly mode: SyncMode | undefined; readonly constraint: string }>;
  readonly added: readonly string[];
}

const MODES: ReadonlySet<unknown> = new Set(['all', 'constrained', 'uploadOnly', 'kept', 'never', 'online']);

export function settingsOf(content: JsonObject | undefined): Settings {
  const synchronization = isObject(content?.synchronization) ? content.synchronization : {};
  const entities = isObject(synchronization.entities) ? synchronization.entities : {};
  const added = Array.isArray(synchronization.additional) ? synchronization.additional : [];
  return {
    byEntity: new Map(
      Object.entries(entities).map(([entity, setting]) => {
        const { mode, constraint } = isObject(setting) ? setting : {};
        return [
          entity,
          {
            mode: MODES.has(mode) ? (mode as SyncMode) : undefined,
            constraint: typeof constraint === 'string' ? constraint : '',
          },
        ];
      }),
    ),
    added: added.filter((one: unknown): one is string => typeof one === 'string'),
  };
}

/** Entities in scope in the analysis' order, then those that the document alone names. */
export function syncRows(
  view: ScopeView | undefined,
  { byEntity, added }: Settings,
  problems: ReadonlyMap<string, readonly Diagnostic[]>,
): readonly SyncRow[] {
  const scoped = new Map((view?.entities ?? []).map((one) => [one.entity, one]));
  const names = new Set([...scoped.keys(), ...byEntity.keys(), ...added]);
  return [...names].map((entity) => {
    const scope = scoped.get(entity);
    const setting = byEntity.get(entity);
    const mode = setting?.mode ?? scope?.mode;
    const constraint = setting ? setting.constraint : (scope?.constraint ?? '');
    return {
      entity,
      mode,
      isChosen: setting !== undefined,
      constraint,
      isAdded: added.includes(entity),
      scope,
      isPending: scope !== undefined && (scope.mode !== mode || scope.configured !== (setting !== undefined)),
      problems: problems.get(entity) ?? [],
    };
  });
}

/**
 * Problems by the entity whose setting they speak of: those that stand at the setting, and those elsewhere that a change of
 * the setting would mend.
 */
export function problemsByEntity(
  byDocument: ReadonlyMap<string, readonly Diagnostic[]>,
  path: string,
  profile: string,
): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const [document, problems] of byDocument) {
    for (const problem of problems) {
      const entities = new Set<string>();
      if (document === path && problem.path?.[0] === 'synchronization' && problem.path[1] === 'entities')
        entities.add(String(problem.path[2] ?? ''));
      for (const { arguments: args } of problem.fixes ?? [])
        if (args.profile === profile && typeof args.entity === 'string') entities.add(args.entity);
      for (const entity of entities) found.set(entity, [...(found.get(entity) ?? []), problem]);
    }
  }
  for (const problems of found.values()) problems.sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity]);
  return found;
}

const WEIGHT: { readonly [S in Severity]: number } = { error: 0, warning: 1, information: 2 };

export type SortKey = 'entity' | 'mode' | 'rows' | 'size' | 'delta' | 'policy';
export interface Sort {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

const ORDER: readonly (SyncMode | undefined)[] = [
  'all',
  'constrained',
  'kept',
  'uploadOnly',
  'never',
  'online',
  undefined,
];
const COSTS: readonly (ScopeEntity['delta'] | undefined)[] = [undefined, 'own', 'path', 'clock', 'reconcile'];

const VALUES: { readonly [K in SortKey]: (row: SyncRow) => string | number } = {
  entity: ({ entity }) => entity,
  mode: ({ mode }) => ORDER.indexOf(mode),
  rows: ({ scope }) => scope?.rows ?? -1,
  size: ({ scope }) => scope?.bytes ?? -1,
  delta: ({ scope }) => COSTS.indexOf(scope?.delta),
  policy: ({ scope }) => scope?.conflictPolicy ?? '',
};

/** Whether anything is wrong that ought to be mended. */
export function hasTrouble({ problems }: Pick<SyncRow, 'problems'>): boolean {
  return problems.some(({ severity }) => severity !== 'information');
}

/** Rows whose name, mode or constraint has all words of the filter, in the order wanted; equal ones by name. */
export function shownRows(
  rows: readonly SyncRow[],
  filter: { readonly text: string; readonly withProblems: boolean },
  { key, isDescending }: Sort,
): readonly SyncRow[] {
  const terms = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const value = VALUES[key];
  return rows
    .filter(({ entity, mode, constraint, problems }) => {
      const text = `${entity} ${mode ?? ''} ${constraint}`.toLowerCase();
      return (!filter.withProblems || hasTrouble({ problems })) && terms.every((term) => text.includes(term));
    })
    .sort((a, b) => (isDescending ? -1 : 1) * compare(value(a), value(b)) || compare(a.entity, b.entity));
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
