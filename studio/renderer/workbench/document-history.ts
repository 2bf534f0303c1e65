import type { HistoryState } from '@skerry/studio/bridge/calls/shapes';
import { createStore } from 'zustand';
import type { HostLink } from '../host/host-link.ts';
import { projectStore } from '../model/project-store.ts';
import { words } from '../words/index.ts';
import { activeStore } from './active-document.ts';
import { showFault, showMessage } from './messages.ts';

/** What undo and redo would do in the document in front; of the whole project when none is. */
export const documentHistoryStore = createStore<HistoryState>(() => ({}));

/** Asks again whenever the project or the tab in front changes. */
export function followDocumentHistory(link: HostLink): () => void {
  let asked = 0;
  const refresh = async () => {
    const { project } = projectStore.getState();
    const { document } = activeStore.getState();
    const number = ++asked;
    if (!project) documentHistoryStore.setState({}, true);
    else if (document === undefined) documentHistoryStore.setState(project.history, true);
    else {
      const history = await link.ask('history/state', { document }).catch(() => ({}));
      if (number === asked) documentHistoryStore.setState(history, true);
    }
  };
  void refresh();
  const stops = [
    projectStore.subscribe(({ project }, before) => {
      if (project?.revision !== before.project?.revision || project?.history !== before.project?.history)
        void refresh();
    }),
    activeStore.subscribe(() => void refresh()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** @param document absent: the last step of all, wherever it was */
export async function stepHistory(link: HostLink, direction: 'undo' | 'redo', document?: string): Promise<void> {
  try {
    await link.ask(`history/${direction}`, document === undefined ? {} : { document });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'history/nothing') {
      const key = direction === 'undo' ? 'nothingToUndo' : 'nothingToRedo';
      showMessage({ tone: 'info', text: words('workbench')(key) });
    } else showFault(error);
  }
}

/** Whether keys belong to a field that has an undo of its own. */
export function isTextEntry(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  const without = ['checkbox', 'radio', 'button', 'range', 'color', 'submit', 'reset', 'file'];
  return target instanceof HTMLInputElement && !without.includes(target.type);
}
