import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { useEffect, useState } from 'react';
import { Icon } from '../design/icon.tsx';
import { useProject } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { describeDocument } from './document-info.ts';
import styles from './editor-tab.module.css';
import { describeView, isViewTab } from './view-tabs.tsx';

/**
 * A tab's inside. The tab around it takes focus and keys; the cross is for the pointer only, since a control may not
 * stand in a tab. The keyboard closes tabs by a command.
 */
export function EditorTab({ api, params }: IDockviewPanelHeaderProps<{ path: string }>) {
  const t = useWords('workbench');
  const { path } = params;
  const isDirty = useProject(({ dirty }) => dirty.has(path) || dirty.has(path.replace(/\.json$/, '.layout.json')));
  const view = isViewTab(path) ? describeView(path) : undefined;
  const isGone = useProject(({ content, unparsed }) => !view && !content.has(path) && !unparsed.includes(path));
  const info = describeDocument(path);
  const title = view?.title ?? info?.title ?? path;
  const hasTwin = useHasTwin(api, path, title);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the middle button is a shortcut of the command
    <div
      className={styles.tab}
      title={view?.title ?? path}
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      onAuxClick={(event) => event.button === 1 && api.close()}
    >
      <Icon name={view?.icon ?? info?.icon ?? 'file'} className={styles.icon} />
      <span className={isGone ? styles.gone : styles.title}>{title}</span>
      {info && info.module !== '' && (info.kind === 'domain' || hasTwin) && (
        <span className={styles.module}>{info.module}</span>
      )}
      {isDirty && <span className="visually-hidden">{t('tab.unsaved')}</span>}
      <span
        aria-hidden="true"
        title={t('tab.close', { title })}
        className={`${styles.close} ${isDirty ? styles.dirty : ''}`}
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => api.close()}
      >
        <Icon name="circle-filled" className={styles.dot} />
        <Icon name="close" className={styles.cross} />
      </span>
    </div>
  );
}

/** Whether another open tab has the same title, so that both must say more. */
function useHasTwin(api: IDockviewPanelHeaderProps['api'], path: string, title: string): boolean {
  const [hasTwin, setHasTwin] = useState(false);
  useEffect(() => {
    const look = () =>
      setHasTwin(
        api.group?.panels.some((one) => one.id !== path && describeDocument(one.id)?.title === title) ?? false,
      );
    look();
    const listening = api.group?.api.onDidActivePanelChange(look);
    return () => listening?.dispose();
  }, [api, path, title]);
  return hasTwin;
}
