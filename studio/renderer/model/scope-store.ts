import type { ScopeView } from '@skerry/studio/bridge/calls/analysis-calls';
import type { Notification } from '@skerry/studio/bridge/notifications';
import { createStore, useStore } from 'zustand';
import { BridgeFault, type HostLink } from '../host/host-link.ts';
import { showFault } from '../workbench/messages.ts';
import { isRecord, readStored, writeStored } from '../workbench/stored.ts';
import { type Project, projectStore } from './project-store.ts';

export type PlanDiff = Notification<'analysis/scope'>['profiles'][number]['diff'];

/** What a step of the project did to a profile's scope. */
export interface ScopeStep {
  readonly revision: number;
  readonly profile: string;
  /** Of the step that caused it; of the last when several came at once. */
  readonly label: string;
  readonly origin: Notification<'project/changed'>['origin'];
  /** Steps that came with it. */
  readonly others: number;
  readonly diff: PlanDiff;
}

export interface ScopeState {
  /** Names of the profiles with an offline scope. */
  readonly profiles: readonly string[];
  /** The profile that panel and status bar speak of. */
  readonly profile: string | undefined;
  /** For whom all of the studio counts rows; undefined: the first role. */
  readonly role: string | undefined;
  /** As last told, by profile; an older answer stays until the next is there. */
  readonly views: ReadonlyMap<string, ScopeView>;
  /** Profiles that are being asked for. */
  readonly pending: ReadonlySet<string>;
  /** Since the project was opened or saved, newest first. */
  readonly steps: readonly ScopeStep[];
}

const NOTHING: ScopeState = {
  profiles: [],
  profile: undefined,
  role: undefined,
  views: new Map(),
  pending: new Set(),
  steps: [],
};

export const scopeStore = createStore<ScopeState>(() => NOTHING);

export function chooseProfile(profile: string): void {
  scopeStore.setState({ profile });
}

export function chooseRole(role: string): void {
  scopeStore.setState({ role });
}

export function useScopeView(profile: string | undefined): ScopeView | undefined {
  return useStore(scopeStore, ({ views }) => (profile === undefined ? undefined : views.get(profile)));
}

const keyOf = (folder: string) => `skerry.scope.${folder}`;
const MOST_STEPS = 200;

/** Edits that move numbers or words of the table without moving the plan. */
function movesNumbers({ origin, edit }: Notification<'project/changed'>): boolean {
  return (
    origin === 'disk' ||
    edit.some(({ path }) => path.startsWith('data/') || path.includes('/entities/') || !path.includes('/'))
  );
}

/** Keeps the scope of every offline profile as the host last analysed it. The only writer of views and steps. */
export function followScope({ ask, listen }: HostLink): () => void {
  let folder: string | undefined;
  const again = new Set<string>();
  let labels: { readonly revision: number; readonly label: string; readonly origin: ScopeStep['origin'] }[] = [];

  const fetch = async (profile: string): Promise<void> => {
    const { pending, role } = scopeStore.getState();
    if (pending.has(profile)) {
      again.add(profile);
      return;
    }
    const asked = folder;
    scopeStore.setState({ pending: new Set([...pending, profile]) });
    try {
      const view = await ask('scope/view', { profile, ...(role === undefined ? {} : { role }) });
      if (asked === folder) scopeStore.setState(({ views }) => ({ views: new Map([...views, [profile, view]]) }));
    } catch (error) {
      const code = error instanceof BridgeFault ? error.code : '';
      if (code === 'analysis/no-such-role') scopeStore.setState({ role: undefined });
      // A profile that went online or away in between has no scope, and one that is asked for again says so then.
      else if (code !== 'analysis/no-such-profile' && code !== 'analysis/interrupted' && asked === folder)
        showFault(error);
    }
    scopeStore.setState(({ pending: now }) => ({ pending: new Set([...now].filter((one) => one !== profile)) }));
    if (again.delete(profile)) void fetch(profile);
  };
  const fetchAll = () => {
    for (const profile of scopeStore.getState().profiles) void fetch(profile);
  };

  const followProject = (project: Project | null | undefined) => {
    if (project?.folder !== folder) {
      folder = project?.folder;
      labels = [];
      again.clear();
      const stored = folder === undefined ? undefined : readStored(keyOf(folder), isChoice);
      scopeStore.setState({ ...NOTHING, ...stored });
    }
    const profiles = project ? offlineProfileNames(project) : [];
    const { profiles: before, profile } = scopeStore.getState();
    if (profiles.join() === before.join()) return;
    const chosen = profile !== undefined && profiles.includes(profile) ? profile : profiles[0];
    scopeStore.setState(({ views }) => ({
      profiles,
      profile: chosen,
      views: new Map([...views].filter(([name]) => profiles.includes(name))),
    }));
    for (const name of profiles) if (!before.includes(name)) void fetch(name);
  };

  const stops = [
    projectStore.subscribe(({ project }) => followProject(project)),
    scopeStore.subscribe(({ role, profile }, before) => {
      if (folder !== undefined && (role !== before.role || profile !== before.profile))
        writeStored(keyOf(folder), { ...(role ? { role } : {}), ...(profile ? { profile } : {}) });
      if (role !== before.role) fetchAll();
    }),
    listen('project/changed', (step) => {
      labels.push({ revision: step.revision, label: step.label, origin: step.origin });
      if (movesNumbers(step)) fetchAll();
    }),
    listen('project/saved', ({ dirty }) => {
      if (dirty.length === 0) scopeStore.setState({ steps: [] });
    }),
    listen('analysis/scope', ({ revision, profiles }) => {
      const causes = labels.filter((one) => one.revision <= revision);
      labels = labels.filter((one) => one.revision > revision);
      const cause = causes.at(-1);
      const moved = profiles.filter(({ diff }) => !isNothing(diff));
      if (cause && moved.length > 0) {
        const { label, origin } = cause;
        const made = moved.map(
          ({ profile, diff }): ScopeStep => ({ revision, profile, label, origin, others: causes.length - 1, diff }),
        );
        scopeStore.setState(({ steps }) => ({ steps: [...made, ...steps].slice(0, MOST_STEPS) }));
      }
      for (const { profile } of profiles) void fetch(profile);
    }),
  ];
  followProject(projectStore.getState().project);
  return () => {
    for (const stop of stops) stop();
    scopeStore.setState(NOTHING);
  };
}

function offlineProfileNames({ model }: Project): readonly string[] {
  return [...model.all('navigationProfile')]
    .filter(([, { content }]) => content.profile !== 'online')
    .map(([name]) => name);
}

export function isNothing({ entered, left, changedMode, changed }: PlanDiff): boolean {
  return entered.length + left.length + changedMode.length + changed.length === 0;
}

function isChoice(value: unknown): value is { readonly role?: string; readonly profile?: string } {
  return isRecord(value) && Object.values(value).every((one) => typeof one === 'string');
}
