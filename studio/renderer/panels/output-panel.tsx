import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { EmptyState } from '../design/empty-state.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useWords } from '../words/index.ts';
import { logStore } from '../workbench/log-store.ts';
import styles from './output-panel.module.css';

/** What the host does in the background. Follows the end unless one has scrolled up to read. */
export function OutputPanel() {
  const t = useWords('panels');
  const { lines } = useStore(logStore);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are the reason to scroll
  useEffect(() => {
    if (isAtEnd.current) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [lines]);
  if (lines.length === 0) {
    return (
      <EmptyState icon="output" title={t('output.none')}>
        {t('output.noneHint')}
      </EmptyState>
    );
  }
  return (
    <div className={styles.panel}>
      <IconButton
        icon="clear-all"
        label={t('output.clear')}
        className={styles.clear}
        onClick={() => logStore.setState({ lines: [] })}
      />
      <div
        ref={list}
        role="log"
        aria-label={t('output.list')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable
        tabIndex={0}
        data-focus-first="output"
        className={styles.lines}
        onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < 8;
        }}
      >
        {lines.map(({ key, atMs, level, message, details }) => (
          <p key={key} className={styles.line}>
            <time className={styles.time}>{new Date(atMs).toLocaleTimeString(undefined, { hour12: false })}</time>
            <span className={styles[level]}>{level}</span>
            <span className={styles.message}>
              {message}
              {details && <span className={styles.details}> {JSON.stringify(details)}</span>}
            </span>
          </p>
        ))}
      </div>
    </div>
  );
}
