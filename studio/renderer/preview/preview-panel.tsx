import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { Icon } from '../design/icon.tsx';
import { Spinner } from '../design/spinner.tsx';
import { useHost } from '../host/host-link.ts';
import { useProject } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { openDocument } from '../workbench/open.ts';
import { previewStore } from '../workbench/preview-store.ts';
import styles from './preview-panel.module.css';

/** The devices that run the app, framed: they follow every edit. */
export function PreviewPanel() {
  const t = useWords('releases');
  const { preview, trouble, retry } = usePreview();
  if (!preview?.url) {
    return trouble ? (
      <EmptyState
        icon="device-mobile"
        title={t('previewPanel.none')}
        action={<Button onClick={retry}>{t('previewPanel.again')}</Button>}
      >
        {trouble}
        <br />
        {t('previewPanel.noneHint')}
      </EmptyState>
    ) : (
      <div className={styles.waiting}>
        <Spinner label={t('previewPanel.starting')} />
      </div>
    );
  }
  const { heldBy } = preview;
  return (
    <section className={styles.panel} aria-label={t('previewPanel.title')}>
      {heldBy && (
        <p role="status" className={styles.held}>
          <Icon name="debug-pause" />
          <span className={styles.grow}>{t('previewPanel.held', { message: heldBy.message })}</span>
          {heldBy.document !== undefined && (
            <Button
              size="small"
              onClick={() => openDocument(heldBy.document as string, { element: heldBy.element, path: heldBy.path })}
            >
              {t('previewPanel.show')}
            </Button>
          )}
        </p>
      )}
      <iframe
        className={styles.frame}
        src={preview.url}
        title={t('previewPanel.frame')}
        allow="storage-access; camera; geolocation"
      />
    </section>
  );
}

/** Asks again while none is known: the service may still be starting. */
function usePreview() {
  const { ask } = useHost();
  const preview = useStore(previewStore, (state) => state.preview);
  const folder = useProject((project) => project.folder);
  const [trouble, setTrouble] = useState<string>();
  const [tries, setTries] = useState(0);
  const isKnown = Boolean(preview?.url);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another project or another try asks anew
  useEffect(() => {
    if (isKnown) return;
    let isStale = false;
    setTrouble(undefined);
    ask('preview/state', {}).then(
      (state) => !isStale && previewStore.setState({ preview: state }),
      (error: unknown) => !isStale && setTrouble(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isStale = true;
    };
  }, [ask, folder, tries, isKnown]);
  return { preview, trouble, retry: () => setTries(tries + 1) };
}
