import { useStore } from 'zustand';
import { Icon } from '../design/icon.tsx';
import { Spinner } from '../design/spinner.tsx';
import { Tooltip } from '../design/tooltip.tsx';
import { connectionStore } from '../host/connection-store.ts';
import { problemsStore } from '../model/problems-store.ts';
import { useProject } from '../model/project-store.ts';
import { countProblems } from '../panels/problem-list.ts';
import { ScopeStatus } from '../panels/scope-totals.tsx';
import { useWords } from '../words/index.ts';
import { actionStore } from './actions.ts';
import { runAction } from './key-bindings.ts';
import { previewStore } from './preview-store.ts';
import styles from './status-bar.module.css';
import { openView } from './view-tabs.tsx';
import { showPanel } from './views-store.ts';

/** One line on how things stand; most of it is a way there. */
export function StatusBar() {
  return (
    <footer className={styles.bar}>
      <Saved />
      <Problems />
      <ScopeStatus className={styles.button} />
      <span className={styles.gap} />
      <Devices />
      <Branch />
      <Connection />
    </footer>
  );
}

function Saved() {
  const t = useWords('workbench');
  const count = useProject(({ dirty }) => dirty.size);
  if (count === 0) {
    return (
      <span className={styles.text}>
        <Icon name="check" />
        {t('status.saved')}
      </span>
    );
  }
  const save = () => {
    const action = actionStore.getState().actions.get('file.saveAll');
    if (action) runAction(action);
  };
  return (
    <Tooltip text={t('status.saveAll')}>
      <button type="button" className={styles.button} onClick={save}>
        <Icon name="circle-filled" className={styles.dot} />
        {t('status.unsaved', { count })}
      </button>
    </Tooltip>
  );
}

function Problems() {
  const t = useWords('workbench');
  const { byDocument, isComplete, revision } = useStore(problemsStore);
  const { error, warning } = countProblems(byDocument);
  return (
    <button
      type="button"
      className={styles.button}
      title={t('status.showProblems')}
      onClick={() => showPanel('problems')}
    >
      <Icon name="error" className={error > 0 ? styles.error : ''} />
      {error} <span className="visually-hidden">{t('status.errors')}</span>
      <Icon name="warning" className={warning > 0 ? styles.warning : ''} />
      {warning} <span className="visually-hidden">{t('status.warnings')}</span>
      {revision > 0 && !isComplete && <Spinner label={t('status.checking')} />}
    </button>
  );
}

function Devices() {
  const t = useWords('workbench');
  const preview = useStore(previewStore, (state) => state.preview);
  if (!preview) return null;
  const total = preview.devices.length;
  const online = preview.devices.filter((device) => device.isOnline).length;
  return (
    <>
      {preview.heldBy && (
        <Tooltip text={t('status.previewHeld', { message: preview.heldBy.message })}>
          <button
            type="button"
            aria-label={t('status.previewHeld', { message: preview.heldBy.message })}
            className={styles.button}
            onClick={() => showPanel('problems')}
          >
            <Icon name="debug-pause" className={styles.warning} />
          </button>
        </Tooltip>
      )}
      {total > 0 && (
        <button type="button" className={styles.button} onClick={() => openView('view:preview')}>
          <Icon name="device-mobile" />
          {t('status.devices', { online, total })}
        </button>
      )}
    </>
  );
}

function Branch() {
  const branch = useProject((project) => project.branch);
  const t = useWords('workbench');
  if (branch === undefined) return null;
  return (
    <span className={styles.text} title={t('status.branch', { branch })}>
      <Icon name="git-branch" />
      {branch}
    </span>
  );
}

function Connection() {
  const t = useWords('workbench');
  const { status, message } = useStore(connectionStore);
  const isUp = status === 'connected';
  return (
    <span role="status" className={`${styles.text} ${isUp ? '' : styles.lost}`}>
      <Icon name={isUp ? 'pass-filled' : 'debug-disconnect'} className={isUp ? styles.up : ''} />
      {isUp ? t('status.connected') : (message ?? t('status.reconnecting'))}
    </span>
  );
}
