import { Component, type ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { EmptyState } from '../design/empty-state.tsx';
import { words } from '../words/index.ts';
import styles from './studio.module.css';

interface State {
  readonly error: Error | undefined;
}

/** The last net: what no other boundary has caught ends in words and a way on, never in an empty window. */
export class WindowBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const t = words('workbench');
    return (
      <div className={styles.whole}>
        <EmptyState
          icon="bug"
          title={t('window.failed')}
          action={<Button onClick={() => location.reload()}>{t('window.reload')}</Button>}
        >
          {t('window.kept')}
          <br />
          {error.message}
        </EmptyState>
      </div>
    );
  }
}
