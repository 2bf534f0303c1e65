import type { JsonObject } from '@skerry/shared/base/json';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { type DomainView, domainView } from '@skerry/shared/metamodel/domain-view';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import type { ProjectState } from '@skerry/studio/bridge/calls/project-calls';
import type { HistoryState } from '@skerry/studio/bridge/calls/shapes';
import type { Notification } from '@skerry/studio/bridge/notifications';
import { createStore, useStore } from 'zustand';

/** The window's read-only copy of the open project. Only what the host tells changes it. */
export interface Project {
  readonly folder: string;
  readonly name: string;
  readonly revision: number;
  /** Documents and layout sidecars by path. What an edit does not touch keeps its identity. */
  readonly content: Documents;
  readonly model: Model;
  readonly view: DomainView;
  readonly unparsed: readonly string[];
  readonly dirty: ReadonlySet<string>;
  readonly history: HistoryState;
  readonly branch?: string | undefined;
}

/** null: the welcome page shows; undefined: nobody has answered yet. */
export const projectStore = createStore<{ readonly project: Project | null | undefined }>(() => ({
  project: undefined,
}));

export function projectFromState(state: ProjectState): Project {
  const content: Documents = new Map(Object.entries(state.documents));
  return {
    folder: state.folder,
    name: state.name,
    revision: state.revision,
    unparsed: state.unparsed,
    dirty: new Set(state.dirty),
    history: state.history,
    branch: state.branch,
    ...viewed(content),
  };
}

/** The project after a step of the host; undefined when the copy has missed one and must be fetched again. */
export function afterStep(project: Project, step: Notification<'project/changed'>): Project | undefined {
  if (step.revision !== project.revision + 1) return undefined;
  const applied = apply(project.content, step.edit);
  if (!applied.ok) return undefined;
  return {
    ...project,
    revision: step.revision,
    history: step.history,
    dirty: new Set(step.dirty),
    ...viewed(applied.value),
  };
}

function viewed(content: Documents): Pick<Project, 'content' | 'model' | 'view'> {
  const model = readModel(new Map([...content].filter(([path]) => !path.endsWith('.layout.json'))));
  return { content, model, view: domainView(model) };
}

/** @throws when no project is open: for components that only show with one */
export function useProject<T>(select: (project: Project) => T): T {
  return useStore(projectStore, ({ project }) => {
    if (!project) throw new Error('No project is open.');
    return select(project);
  });
}

/** A document's JSON; undefined when it is gone. */
export function useDocument(path: string): JsonObject | undefined {
  return useProject(({ content }) => content.get(path));
}
