import { useEffect, useRef } from 'react';
import type { Point } from '../../canvas/geometry.ts';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/index.ts';
import styles from './domain-model-editor.module.css';

export const CONNECTIONS = ['many', 'sets', 'one', 'specialise'] as const;
export type Connection = (typeof CONNECTIONS)[number];

export interface ConnectChoiceProps {
  readonly from: string;
  /** undefined: an entity to be made. */
  readonly to: string | undefined;
  /** Where the pointer let go, in the canvas's frame. */
  readonly at: Point;
  readonly onChoose: (connection: Connection) => void;
  readonly onClose: () => void;
}

const MARKS = { many: '* – 1', sets: '* – *', one: '1 – 1', specialise: '△' } as const;

/** What a line that was just drawn shall mean. */
export function ConnectChoice({ from, to, at, onChoose, onClose }: ConnectChoiceProps) {
  const t = useWords('domain');
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const far = to ?? t('choice.newEntity');
  return (
    <>
      {/* A press beside the choice gives up; the keyboard has Escape. */}
      <div className={styles.veil} onPointerDown={onClose} />
      <div
        ref={list}
        role="menu"
        aria-label={t('choice.title', { from, to: far })}
        className={styles.choices}
        style={{ left: at.x, top: at.y }}
        onKeyDown={(event) => {
          event.stopPropagation();
          const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
          const now = buttons.indexOf(document.activeElement as HTMLButtonElement);
          if (event.key === 'Escape') onClose();
          if (event.key === 'ArrowDown') buttons[(now + 1) % buttons.length]?.focus();
          if (event.key === 'ArrowUp') buttons[(now - 1 + buttons.length) % buttons.length]?.focus();
        }}
      >
        {CONNECTIONS.map((connection) => (
          <button key={connection} type="button" role="menuitem" onClick={() => onChoose(connection)}>
            <span className={styles.mark}>
              {connection === 'specialise' ? <Icon name="type-hierarchy-super" /> : MARKS[connection]}
            </span>
            {connection === 'specialise' && to === undefined
              ? t('choice.specialiseNew', { from })
              : t(`choice.${connection}`, { from, to: far })}
          </button>
        ))}
      </div>
    </>
  );
}
