import { useEffect, useState } from 'react';
import { createStore, useStore } from 'zustand';
import { Splitter } from '../design/splitter.tsx';
import { Explorer } from '../explorer/explorer.tsx';
import { useProject } from '../model/project-store.ts';
import { BottomPanel } from '../panels/bottom-panel.tsx';
import { SearchView } from '../panels/search-view.tsx';
import { useWords } from '../words/index.ts';
import { ActivityBar } from './activity-bar.tsx';
import { dockStore } from './dock-store.ts';
import { EditorArea, layoutKey } from './editor-area.tsx';
import { PropertiesSide } from './properties-side.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { FIRST_VIEWS, viewsStore } from './views-store.ts';
import styles from './workbench.module.css';

const SPLITS = 'skerry.split.';
const resetStore = createStore(() => ({ count: 0 }));

/** Everything back to where it is at the first start; open documents close. */
export function resetLayout(folder: string): void {
  dockStore.getState().api?.clear();
  for (const key of Object.keys(localStorage)) if (key.startsWith(SPLITS)) localStorage.removeItem(key);
  localStorage.removeItem(layoutKey(folder));
  viewsStore.setState(({ theme }) => ({ ...FIRST_VIEWS, theme }));
  resetStore.setState(({ count }) => ({ count: count + 1 }));
}

/** The studio with a project open. */
export function Workbench() {
  const t = useWords('workbench');
  const { side, isSideOpen, isPanelOpen, isPropertiesOpen } = useStore(viewsStore);
  const resets = useStore(resetStore, ({ count }) => count);
  const folder = useProject((project) => project.folder);
  const name = useProject((project) => project.name);
  const isNarrow = useIsNarrow();
  useEffect(() => {
    document.title = `${name} – Skerry`;
  }, [name]);
  return (
    <div className={styles.workbench} key={`${folder} ${resets}`}>
      <TitleBar />
      <main className={styles.middle}>
        <h1 className="visually-hidden">{name}</h1>
        <ActivityBar />
        <Splitter
          direction="horizontal"
          initial={260}
          min={170}
          storageKey={`${SPLITS}side`}
          isSizedHidden={!isSideOpen}
          label={t('sideBar.resize')}
        >
          <div className={styles.side}>{side === 'explorer' ? <Explorer /> : <SearchView />}</div>
          <Splitter
            direction="vertical"
            initial={190}
            min={90}
            sized="second"
            storageKey={`${SPLITS}panel`}
            isSizedHidden={!isPanelOpen}
            label={t('panel.resize')}
          >
            <Splitter
              direction="horizontal"
              initial={isNarrow ? 260 : 300}
              min={200}
              sized="second"
              storageKey={`${SPLITS}properties`}
              isSizedHidden={!isPropertiesOpen}
              label={t('properties.resize')}
            >
              <EditorArea />
              <PropertiesSide />
            </Splitter>
            <BottomPanel />
          </Splitter>
        </Splitter>
      </main>
      <StatusBar />
    </div>
  );
}

function useIsNarrow(): boolean {
  const [isNarrow] = useState(() => matchMedia('(max-width: 1360px)').matches);
  return isNarrow;
}
