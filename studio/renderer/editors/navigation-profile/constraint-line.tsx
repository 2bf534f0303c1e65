import { useEffect, useRef } from 'react';
import { useRun } from '../../model/use-run.ts';
import { useDraft } from '../../properties/use-draft.ts';
import { CodeField } from '../../text/code-field.tsx';
import { useWords } from '../../words/index.ts';
import type { SyncRow } from './sync-rows.ts';
import styles from './sync-table.module.css';

/** Longest wait between a keystroke and its step. */
const WRITE_AFTER_MS = 120;

export interface ConstraintLineProps {
  readonly row: SyncRow;
  readonly path: string;
  readonly profile: string;
  /** Takes the focus whenever it grows. */
  readonly wanted: number;
}

/** The constraint of an entity, edited where it stands. All that is typed in one visit is one step. */
export function ConstraintLine({ row, path, profile, wanted }: ConstraintLineProps) {
  const t = useWords('profile');
  const run = useRun();
  const { entity, constraint } = row;
  const draft = useDraft(constraint);
  const field = useRef<HTMLDivElement>(null);
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; send: () => void }>(undefined);
  const flush = () => {
    const one = waiting.current;
    if (!one) return;
    waiting.current = undefined;
    clearTimeout(one.timer);
    one.send();
  };
  const last = useRef(flush);
  last.current = flush;
  useEffect(() => () => last.current(), []);
  useEffect(() => {
    if (wanted > 0) field.current?.querySelector<HTMLElement>('[role="textbox"]')?.focus();
  }, [wanted]);
  const change = (text: string) => {
    draft.change(text);
    const { merge } = draft;
    if (waiting.current) clearTimeout(waiting.current.timer);
    const send = () => void run('profile.setConstraint', { profile, entity, constraint: text, merge });
    waiting.current = { send, timer: setTimeout(() => last.current(), WRITE_AFTER_MS) };
  };
  return (
    <div ref={field} className={styles.constraint}>
      <CodeField
        document={path}
        path={['synchronization', 'entities', entity, 'constraint']}
        language="constraint"
        label={t('constraint', { entity })}
        placeholder={t('constraintEmpty')}
        value={draft.text}
        lines={4}
        showsMessages={false}
        onChange={change}
        onCommit={() => {
          flush();
          draft.leave();
        }}
      />
    </div>
  );
}
