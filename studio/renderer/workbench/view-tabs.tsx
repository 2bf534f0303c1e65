import type { DockviewApi } from 'dockview-react';
import { lazy, Suspense } from 'react';
import { Spinner } from '../design/spinner.tsx';
import { words } from '../words/index.ts';
import { dockStore } from './dock-store.ts';
import styles from './editor-panel.module.css';

/** Tabs among the editors that show no document. */
export type ViewTab = 'view:preview';

const PreviewPanel = lazy(async () => ({ default: (await import('../preview/preview-panel.tsx')).PreviewPanel }));

const VIEWS: { readonly [V in ViewTab]: { readonly icon: string; readonly title: () => string } } = {
  'view:preview': { icon: 'device-mobile', title: () => words('releases')('previewPanel.title') },
};

export function isViewTab(id: string): id is ViewTab {
  return Object.hasOwn(VIEWS, id);
}

export function describeView(id: ViewTab): { readonly icon: string; readonly title: string } {
  return { icon: VIEWS[id].icon, title: VIEWS[id].title() };
}

/** Beside what is open, so that an edit and what it does are seen at once. */
export function openView(id: ViewTab): void {
  const { api } = dockStore.getState();
  if (!api) return;
  const known = api.getPanel(id);
  if (known) known.api.setActive();
  else api.addPanel({ id, component: 'view', title: VIEWS[id].title(), params: { path: id }, ...besides(api) });
}

function besides(api: DockviewApi) {
  const { activeGroup } = api;
  return activeGroup && activeGroup.panels.length > 0
    ? { position: { referenceGroup: activeGroup, direction: 'right' as const } }
    : {};
}

export function ViewPanel() {
  return (
    <Suspense
      fallback={
        <div className={styles.loading}>
          <Spinner label={words('releases')('previewPanel.starting')} />
        </div>
      }
    >
      <PreviewPanel />
    </Suspense>
  );
}
