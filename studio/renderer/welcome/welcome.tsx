import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useHost } from '../host/host-link.ts';
import { useWords } from '../words/index.ts';
import { actionStore } from '../workbench/actions.ts';
import { showDialog } from '../workbench/dialog-store.ts';
import { NewProjectDialog } from '../workbench/dialogs/new-project-dialog.tsx';
import { KeyHints } from '../workbench/empty-editor.tsx';
import { runAction } from '../workbench/key-bindings.ts';
import { Mark } from '../workbench/mark.tsx';
import { showFault } from '../workbench/messages.ts';
import { openProject } from '../workbench/open-project.ts';
import { TitleBar } from '../workbench/title-bar.tsx';
import styles from './welcome.module.css';

type Recent = CallReply<'project/recent'>;
type Templates = CallReply<'project/templates'>;

/** What shows while no project is open. */
export function Welcome() {
  const t = useWords('welcome');
  const link = useHost();
  const [recent, setRecent] = useState<Recent>([]);
  const [templates, setTemplates] = useState<Templates>([]);
  const { actions } = useStore(actionStore);
  useEffect(() => {
    document.title = t('title');
    link.ask('project/recent', {}).then(setRecent, showFault);
    link.ask('project/templates', {}).then(setTemplates, showFault);
  }, [link, t]);
  const forget = (folder: string) => {
    setRecent((known) => known.filter((one) => one.folder !== folder));
    link.ask('project/forgetRecent', { folder }).catch(showFault);
  };
  const openFolder = actions.get('file.openFolder');
  return (
    <div className={styles.page}>
      <TitleBar />
      <main className={styles.main}>
        <div className={styles.sheet}>
          <header className={styles.header}>
            <Mark size={56} />
            <div>
              <h1 className={styles.title}>{t('title')}</h1>
              <p className={styles.tagline}>{t('tagline')}</p>
            </div>
          </header>
          <div className={styles.columns}>
            <div className={styles.column}>
              <section>
                <h2 className={styles.heading}>{t('start')}</h2>
                <div className={styles.actions}>
                  <Button
                    tone="accent"
                    icon="add"
                    onClick={() => showDialog((close) => <NewProjectDialog onClose={close} />)}
                  >
                    {t('new')}
                  </Button>
                  {openFolder && (
                    <Button icon="folder-opened" onClick={() => runAction(openFolder)}>
                      {t('open')}
                    </Button>
                  )}
                </div>
              </section>
              <section>
                <h2 className={styles.heading}>{t('recent')}</h2>
                {recent.length === 0 && <p className={styles.dim}>{t('noRecent')}</p>}
                <ul className={styles.recent}>
                  {recent.map(({ folder, name }) => (
                    <li key={folder} className={styles.row}>
                      <button type="button" className={styles.project} onClick={() => void openProject(link, folder)}>
                        <Icon name="project" className={styles.icon} />
                        <span className={styles.name}>{name}</span>
                        <span className={styles.folder}>
                          <bdi>{folder}</bdi>
                        </span>
                      </button>
                      <IconButton icon="close" label={t('forget', { name })} onClick={() => forget(folder)} />
                    </li>
                  ))}
                </ul>
              </section>
            </div>
            <div className={styles.column}>
              {templates.length > 0 && (
                <section>
                  <h2 className={styles.heading}>{t('templates')}</h2>
                  <ul className={styles.templates}>
                    {templates.map(({ id, title, description }) => (
                      <li key={id}>
                        <button
                          type="button"
                          className={styles.template}
                          onClick={() => showDialog((close) => <NewProjectDialog template={id} onClose={close} />)}
                        >
                          <span className={styles.name}>{title}</span>
                          <span className={styles.dim}>{description}</span>
                        </button>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              <section>
                <h2 className={styles.heading}>{t('keys')}</h2>
                <div className={styles.keys}>
                  <KeyHints />
                </div>
              </section>
            </div>
          </div>
        </div>
      </main>
    </div>
  );
}
