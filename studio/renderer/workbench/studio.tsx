import { Tooltip } from '@base-ui/react/tooltip';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { Spinner } from '../design/spinner.tsx';
import { connectionStore } from '../host/connection-store.ts';
import { type HostLink, HostLinkProvider } from '../host/host-link.ts';
import { projectStore } from '../model/project-store.ts';
import { followScope } from '../model/scope-store.ts';
import { Welcome } from '../welcome/welcome.tsx';
import { useWords } from '../words/index.ts';
import { registerCoreActions } from './core-actions.tsx';
import { DialogHost } from './dialog-host.tsx';
import { followDocumentHistory } from './document-history.ts';
import { followKeys } from './key-bindings.ts';
import styles from './studio.module.css';
import { Toasts } from './toasts.tsx';
import { followTheme } from './views-store.ts';
import { WindowBoundary } from './window-boundary.tsx';
import { Workbench } from './workbench.tsx';

/** The whole window. */
export function Studio({ link }: { readonly link: HostLink }) {
  useEffect(() => {
    const stops = [
      followTheme(),
      registerCoreActions(link),
      followKeys(),
      followDocumentHistory(link),
      followScope(link),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [link]);
  return (
    <HostLinkProvider value={link}>
      <Tooltip.Provider>
        <WindowBoundary>
          <Content />
          <DialogHost />
        </WindowBoundary>
        <Toasts />
      </Tooltip.Provider>
    </HostLinkProvider>
  );
}

function Content() {
  const t = useWords('workbench');
  const hasProject = useStore(projectStore, ({ project }) => project && true);
  const { status, message } = useStore(connectionStore);
  if (hasProject) return <Workbench />;
  if (hasProject === null) return <Welcome />;
  if (status === 'ended') {
    return (
      <div className={styles.whole}>
        <EmptyState
          icon="debug-disconnect"
          title={message ?? t('status.reconnecting')}
          action={<Button onClick={() => location.reload()}>{t('editor.retry')}</Button>}
        />
      </div>
    );
  }
  return (
    <div className={styles.whole}>
      <Spinner label={t('connection.connecting')} />
    </div>
  );
}
