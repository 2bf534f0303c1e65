import type { HostLink } from '../host/host-link.ts';
import { problemsStore, tellProblems } from '../model/problems-store.ts';
import { afterStep, projectFromState, projectStore } from '../model/project-store.ts';
import { words } from '../words/index.ts';
import { logStore, tellLog } from './log-store.ts';
import { showFault, showMessage } from './messages.ts';
import { previewStore } from './preview-store.ts';

export interface ProjectFollower {
  /** Fetches the project anew: what was told in between is unknown. */
  refetch(): Promise<void>;
  stop(): void;
}

/** Keeps the window's copy of the project in step with the host. The only writer of the project's stores. */
export function followProject(link: HostLink): ProjectFollower {
  let fetching: Promise<void> | undefined;
  let isStale = false;

  const fetchOnce = async () => {
    try {
      const state = await link.ask('project/state', {});
      const before = projectStore.getState().project;
      if (state === null || before?.folder !== state.folder) forgetProblems();
      projectStore.setState({ project: state && projectFromState(state) });
      if (state?.recovered && before?.folder !== state.folder) showMessage({ tone: 'info', text: state.recovered });
      if (state) {
        const preview = await link.ask('preview/state', {}).catch(() => undefined);
        previewStore.setState({ preview });
      }
    } catch (error) {
      showFault(error);
    }
  };
  /** One at a time; who asks during a fetch gets another one behind it. */
  const refetch = (): Promise<void> => {
    if (fetching) {
      isStale = true;
      return fetching;
    }
    fetching = (async () => {
      do {
        isStale = false;
        await fetchOnce();
      } while (isStale);
      fetching = undefined;
    })();
    return fetching;
  };

  const stops = [
    link.listen('project/changed', (step) => {
      const { project } = projectStore.getState();
      if (!project || step.revision <= project.revision) return;
      const after = afterStep(project, step);
      if (after) projectStore.setState({ project: after });
      else void refetch();
    }),
    link.listen('project/switched', () => void refetch()),
    link.listen('project/saved', ({ dirty }) => {
      const { project } = projectStore.getState();
      if (project) projectStore.setState({ project: { ...project, dirty: new Set(dirty) } });
    }),
    link.listen('project/branch', ({ branch }) => {
      const { project } = projectStore.getState();
      if (project) projectStore.setState({ project: { ...project, branch } });
    }),
    link.listen('project/diskConflict', ({ documents }) => {
      showMessage({
        tone: 'warning',
        text: words('workbench')('diskConflict', { documents: documents.join(', ') }),
      });
    }),
    link.listen('analysis/problems', tellProblems),
    link.listen('preview/changed', (told) => {
      const { preview } = previewStore.getState();
      previewStore.setState({ preview: { url: preview?.url ?? '', ...told } });
    }),
    link.listen('host/log', tellLog),
  ];
  void refetch();
  return {
    refetch,
    stop: () => {
      for (const stop of stops) stop();
    },
  };
}

function forgetProblems(): void {
  problemsStore.setState({ revision: 0, isComplete: false, byDocument: new Map() });
  logStore.setState({ lines: [] });
}
