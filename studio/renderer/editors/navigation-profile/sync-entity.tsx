import { useState } from 'react';
import { countText, sizeText } from '../../design/amounts.ts';
import { Icon } from '../../design/icon.tsx';
import { Menu, type MenuItem } from '../../design/menu.tsx';
import { Tooltip } from '../../design/tooltip.tsx';
import { useProject } from '../../model/project-store.ts';
import { useRun } from '../../model/use-run.ts';
import { worstSeverity } from '../../panels/problem-list.ts';
import { useWords } from '../../words/index.ts';
import { openDocument } from '../../workbench/open.ts';
import { ConstraintLine } from './constraint-line.tsx';
import { EntityDetails } from './entity-details.tsx';
import { EntityProblems } from './entity-problems.tsx';
import { ModeChoice } from './mode-choice.tsx';
import type { SyncRow } from './sync-rows.ts';
import styles from './sync-table.module.css';
import { CELL, line, WIDE_CELL } from './table-roles.ts';

const ICONS = { error: 'error', warning: 'warning', information: 'info' } as const;

export interface SyncEntityProps {
  readonly row: SyncRow;
  readonly index: number;
  readonly path: string;
  readonly profile: string;
  readonly role: string;
  /** Bytes of the largest entity. */
  readonly most: number;
  readonly isOpen: boolean;
  /** Whether Tab reaches the controls of the line. */
  readonly isTabStop: boolean;
  readonly onToggle: () => void;
}

/** An entity: its line, its constraint, its problems, and unfolded its reasons. */
export function SyncEntity(props: SyncEntityProps) {
  const { row, index, path, profile, role, most, isOpen, isTabStop, onToggle } = props;
  const t = useWords('profile');
  const { entity, scope } = row;
  const tabIndex = isTabStop ? 0 : -1;
  const [wantsConstraint, setWantsConstraint] = useState(0);
  const severity = worstSeverity(row.problems);
  // What is only worth knowing waits until somebody wants to know.
  const told = isOpen ? row.problems : row.problems.filter((problem) => problem.severity !== 'information');
  const at = entity.indexOf('.') + 1;
  return (
    <>
      <div {...line(index + 2)} className={styles.columns} data-pending={row.isPending || undefined}>
        <span {...CELL} className={styles.name}>
          <button
            type="button"
            tabIndex={tabIndex}
            data-column="entity"
            aria-expanded={isOpen}
            aria-label={t('why', { entity })}
            className={styles.fold}
            onClick={onToggle}
          >
            <Icon name={isOpen ? 'chevron-down' : 'chevron-right'} />
            <span className={styles.module}>{entity.slice(0, at)}</span>
            <span className={styles.own}>{entity.slice(at)}</span>
          </button>
          {row.isAdded && <Mark text={t('added')} hint={t('addedHint')} />}
          {!scope && <Mark text={t('idle')} hint={t('idleHint')} />}
          {severity && (
            <Tooltip text={t('problems', { count: row.problems.length, entity })}>
              <span className={styles.badge} data-severity={severity}>
                <Icon name={ICONS[severity]} />
                <span className="visually-hidden">{t('problems', { count: row.problems.length, entity })}</span>
              </span>
            </Tooltip>
          )}
        </span>
        <span {...CELL} className={styles.mode}>
          <ModeChoice
            row={row}
            profile={profile}
            role={role}
            tabIndex={tabIndex}
            onConstrained={() => setWantsConstraint((count) => count + 1)}
          />
        </span>
        <span {...CELL} className={styles.number}>
          {scope?.rows === undefined || !downloads(row) ? '–' : countText(scope.rows)}
        </span>
        <span {...CELL} className={styles.size}>
          <span className={styles.number}>
            {scope?.bytes === undefined || !downloads(row) ? '–' : sizeText(scope.bytes)}
          </span>
          <span aria-hidden="true" className={styles.gauge} data-mode={row.mode}>
            <span style={{ width: `${((scope?.bytes ?? 0) / most) * 100}%` }} />
          </span>
        </span>
        <span {...CELL} className={styles.words}>
          {scope && downloads(row) ? (
            <Tooltip text={t(`deltaHint.${scope.delta}`)}>
              <span data-delta={scope.delta}>{t(`delta.${scope.delta}`)}</span>
            </Tooltip>
          ) : (
            '–'
          )}
        </span>
        <span {...CELL} className={styles.words} title={scope?.conflictPolicy}>
          {scope ? shortPolicy(scope.conflictPolicy) : '–'}
        </span>
        <span {...CELL}>
          <RowMenu row={row} profile={profile} tabIndex={tabIndex} />
        </span>
      </div>
      {row.mode === 'constrained' && (
        <div {...line()} className={styles.below}>
          <div {...WIDE_CELL}>
            <ConstraintLine row={row} path={path} profile={profile} wanted={wantsConstraint} />
          </div>
        </div>
      )}
      {told.length > 0 && (
        <div {...line()} className={styles.below}>
          <div {...WIDE_CELL}>
            <EntityProblems problems={told} />
          </div>
        </div>
      )}
      {isOpen && (
        <div {...line()} className={styles.below}>
          <div {...WIDE_CELL}>
            <EntityDetails row={row} role={role} />
          </div>
        </div>
      )}
    </>
  );
}

/** Without the words on where it comes from, which the tooltip has. */
function shortPolicy(policy: string): string {
  return policy.replace(/ \(.*\)$/, '');
}

/** Whether anything comes down by itself; what does not has no amount. */
function downloads({ mode }: SyncRow): boolean {
  return mode === 'all' || mode === 'constrained';
}

function Mark({ text, hint }: { readonly text: string; readonly hint: string }) {
  return (
    <Tooltip text={hint}>
      <span className={styles.mark}>{text}</span>
    </Tooltip>
  );
}

interface RowMenuProps {
  readonly row: SyncRow;
  readonly profile: string;
  readonly tabIndex: number;
}

function RowMenu({ row, profile, tabIndex }: RowMenuProps) {
  const t = useWords('profile');
  const run = useRun();
  const { entity } = row;
  const document = useProject(({ view }) => view.document(entity)?.path);
  const items: readonly MenuItem[] = [
    ...(document === undefined
      ? []
      : [{ id: 'open', title: t('open'), icon: 'go-to-file', run: () => openDocument(document) }]),
    {
      id: 'reset',
      title: t('reset'),
      icon: 'discard',
      disabled: !row.isChosen,
      run: () => void run('profile.reset', { profile, entity }),
    },
    ...(row.isAdded
      ? [
          {
            id: 'remove',
            title: t('remove'),
            icon: 'trash',
            tone: 'danger' as const,
            run: () => void run('profile.removeEntity', { profile, entity }),
          },
        ]
      : []),
  ];
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <button
          type="button"
          tabIndex={tabIndex}
          data-column="actions"
          aria-label={t('actions', { entity })}
          className={styles.more}
        >
          <Icon name="ellipsis" />
        </button>
      }
    />
  );
}
