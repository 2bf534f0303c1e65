import { Menubar } from '@base-ui/react/menubar';
import type { RecentProject } from '@skerry/studio/bridge/calls/project-calls';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Kbd } from '../design/kbd.tsx';
import { Menu } from '../design/menu.tsx';
import { useHost } from '../host/host-link.ts';
import { projectStore } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { actionStore } from './actions.ts';
import { documentHistoryStore } from './document-history.ts';
import { keyBindingsStore, keysOf, runAction } from './key-bindings.ts';
import { Mark } from './mark.tsx';
import { menuBar } from './menus.ts';
import { openProject } from './open-project.ts';
import styles from './title-bar.module.css';
import { viewsStore } from './views-store.ts';

/** Menus, the way to everything in the middle, and the switches of the layout. */
export function TitleBar() {
  const t = useWords('workbench');
  const link = useHost();
  const { actions } = useStore(actionStore);
  const views = useStore(viewsStore);
  useStore(keyBindingsStore);
  useStore(documentHistoryStore);
  const project = useStore(projectStore, (state) => state.project);
  const recent = useRecent();
  const goTo = actions.get('view.goToDocument');
  const toggle = (id: string, icon: string, isPressed: boolean) => {
    const action = actions.get(id);
    return (
      action && (
        <IconButton
          icon={icon}
          label={action.title}
          keys={keysOf(action)[0]}
          isPressed={isPressed}
          onClick={() => runAction(action)}
        />
      )
    );
  };
  return (
    <header className={styles.bar}>
      <div className={styles.start}>
        <Mark size={20} />
        <Menubar aria-label={t('menubar.label')} className={styles.menus}>
          {menuBar(recent, (folder) => void openProject(link, folder)).map((menu) => (
            <Menu
              key={menu.id}
              items={menu.items}
              trigger={
                <button type="button" className={styles.menu}>
                  {menu.title}
                </button>
              }
            />
          ))}
        </Menubar>
      </div>
      {project && goTo && (
        <button type="button" className={styles.centre} onClick={() => runAction(goTo)} title={goTo.title}>
          <Icon name="search" />
          <span className={styles.name}>{project.name}</span>
          {keysOf(goTo)[0] && <Kbd keys={keysOf(goTo)[0] ?? ''} />}
        </button>
      )}
      <div className={styles.end}>
        {project && toggle('view.toggleSideBar', 'layout-sidebar-left', views.isSideOpen)}
        {project && toggle('view.togglePanel', 'layout-panel', views.isPanelOpen)}
        {project && toggle('view.toggleProperties', 'layout-sidebar-right', views.isPropertiesOpen)}
      </div>
    </header>
  );
}

function useRecent(): readonly RecentProject[] {
  const { ask } = useHost();
  const folder = useStore(projectStore, ({ project }) => project?.folder);
  const [recent, setRecent] = useState<readonly RecentProject[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project makes another list
  useEffect(() => {
    let isStale = false;
    ask('project/recent', {}).then(
      (found) => !isStale && setRecent(found),
      () => {},
    );
    return () => {
      isStale = true;
    };
  }, [ask, folder]);
  return recent;
}
