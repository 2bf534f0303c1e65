import { useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/index.ts';
import { SyncEntity } from './sync-entity.tsx';
import type { Sort, SortKey, SyncRow } from './sync-rows.ts';
import styles from './sync-table.module.css';
import { columnHead, LINES, line, NO_ROLE, table } from './table-roles.ts';

const COLUMNS: readonly SortKey[] = ['entity', 'mode', 'rows', 'size', 'delta', 'policy'];
const ROW_HEIGHT = 33;
const MOVES: { readonly [key: string]: (at: number, last: number) => number } = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

export interface SyncTableProps {
  readonly path: string;
  readonly profile: string;
  readonly role: string;
  readonly rows: readonly SyncRow[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly wanted: { readonly entity: string; readonly at: number } | undefined;
}

/** One line per entity; only those on screen are there. Up and down move between lines, within the same column. */
export function SyncTable({ path, profile, role, rows, sort, onSort, wanted }: SyncTableProps) {
  const t = useWords('profile');
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string>();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const focusOn = useRef<{ entity: string; column: string }>(undefined);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.entity ?? index,
    overscan: 12,
  });
  const stop = rows.some(({ entity }) => entity === current) ? current : rows[0]?.entity;

  const goTo = (index: number, column: string) => {
    const row = rows[index];
    if (!row) return;
    setCurrent(row.entity);
    focusOn.current = { entity: row.entity, column };
    virtual.scrollToIndex(index);
  };
  // A line that was off screen takes the focus once it is there.
  useEffect(() => {
    const wish = focusOn.current;
    if (!wish) return;
    const line = scroller.current?.querySelector(`[data-entity="${wish.entity}"]`);
    const target =
      line?.querySelector<HTMLElement>(`[data-column="${wish.column}"]`) ??
      line?.querySelector<HTMLElement>('[data-column]');
    if (!target) return;
    focusOn.current = undefined;
    target.focus();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish once, when it comes
  useEffect(() => {
    const index = wanted ? rows.findIndex(({ entity }) => entity === wanted.entity) : -1;
    if (!wanted || index < 0) return;
    setOpen((now) => new Set([...now, wanted.entity]));
    goTo(index, 'entity');
  }, [wanted?.at]);

  const press = (event: KeyboardEvent<HTMLElement>) => {
    const target = event.target as HTMLElement;
    const column = target.dataset.column;
    const entity = target.closest<HTMLElement>('[data-entity]')?.dataset.entity;
    const move = MOVES[event.key];
    if (column === undefined || entity === undefined) return;
    const at = rows.findIndex((row) => row.entity === entity);
    if (move && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      goTo(Math.max(0, Math.min(move(at, rows.length - 1), rows.length - 1)), column);
    }
  };
  const follow = ({ target }: FocusEvent<HTMLElement>) =>
    setCurrent(target.closest<HTMLElement>('[data-entity]')?.dataset.entity);
  const toggle = (entity: string) =>
    setOpen((now) => {
      const after = new Set(now);
      if (!after.delete(entity)) after.add(entity);
      return after;
    });
  const most = Math.max(1, ...rows.map(({ scope }) => scope?.bytes ?? 0));
  const items = virtual.getVirtualItems();
  return (
    <div {...table(t('table'), rows.length + 1)} className={styles.table}>
      <div {...LINES} className={styles.header}>
        <div {...line(1)} className={styles.columns}>
          {COLUMNS.map((key) => (
            <ColumnHead key={key} column={key} sort={sort} onSort={onSort} />
          ))}
          <span {...columnHead()}>
            <span className="visually-hidden">{t('column.actions')}</span>
          </span>
        </div>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the controls within */}
      <div ref={scroller} {...NO_ROLE} className={styles.scroller} onKeyDown={press} onFocus={follow}>
        <div {...NO_ROLE} className={styles.canvas} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, key, start }) => {
            const row = rows[index];
            return (
              row && (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  {...LINES}
                  data-index={index}
                  data-entity={row.entity}
                  className={styles.entity}
                  style={{ top: start }}
                >
                  <SyncEntity
                    row={row}
                    index={index}
                    path={path}
                    profile={profile}
                    role={role}
                    most={most}
                    isOpen={open.has(row.entity)}
                    isTabStop={row.entity === stop}
                    onToggle={() => toggle(row.entity)}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface ColumnHeadProps {
  readonly column: SortKey;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

function ColumnHead({ column, sort, onSort }: ColumnHeadProps) {
  const t = useWords('profile');
  const isChosen = sort.key === column;
  const caption = t(`column.${column}`);
  // Amounts are looked at from the largest down.
  const first = column === 'rows' || column === 'size' || column === 'delta';
  return (
    <span
      {...columnHead(isChosen ? (sort.isDescending ? 'descending' : 'ascending') : 'none')}
      data-column-head={column}
    >
      <button
        type="button"
        title={t('sort', { column: caption })}
        className={styles.sort}
        onClick={() => onSort({ key: column, isDescending: isChosen ? !sort.isDescending : first })}
      >
        {caption}
        {isChosen && <Icon name={sort.isDescending ? 'arrow-down' : 'arrow-up'} />}
      </button>
    </span>
  );
}
