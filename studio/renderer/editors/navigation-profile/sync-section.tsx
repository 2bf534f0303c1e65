import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { Badge } from '../../design/badge.tsx';
import { Button } from '../../design/button.tsx';
import { EmptyState } from '../../design/empty-state.tsx';
import { Icon } from '../../design/icon.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { FilterField } from '../../explorer/filter-field.tsx';
import { problemsStore } from '../../model/problems-store.ts';
import { useDocument } from '../../model/project-store.ts';
import { scopeStore } from '../../model/scope-store.ts';
import { useWords } from '../../words/index.ts';
import { AddEntity } from './add-entity.tsx';
import { SyncHead } from './sync-head.tsx';
import { hasTrouble, problemsByEntity, type Sort, settingsOf, shownRows, syncRows } from './sync-rows.ts';
import styles from './sync-section.module.css';
import { SyncTable } from './sync-table.tsx';

export interface SyncSectionProps {
  readonly path: string;
  readonly profile: string;
  /** An entity that somebody wants to see, and when. */
  readonly wanted: { readonly entity: string; readonly at: number } | undefined;
}

/** What a device of a role holds, entity by entity: how much, how, and why. */
export function SyncSection({ path, profile, wanted }: SyncSectionProps) {
  const t = useWords('profile');
  const content = useDocument(path);
  const view = useStore(scopeStore, ({ views }) => views.get(profile));
  const isPending = useStore(scopeStore, ({ pending }) => pending.has(profile));
  const byDocument = useStore(problemsStore, (problems) => problems.byDocument);
  const problems = useMemo(() => problemsByEntity(byDocument, path, profile), [byDocument, path, profile]);
  const settings = useMemo(() => settingsOf(content), [content]);
  const rows = useMemo(() => syncRows(view, settings, problems), [view, settings, problems]);
  const [filter, setFilter] = useState({ text: '', withProblems: false });
  const [sort, setSort] = useState<Sort>({ key: 'entity', isDescending: false });
  const shown = useMemo(() => shownRows(rows, filter, sort), [rows, filter, sort]);
  const troubled = rows.filter(hasTrouble).length;
  if (!view)
    return (
      <div className={styles.waiting}>
        <Spinner label={t('analysing')} />
      </div>
    );
  return (
    <div className={styles.section} aria-busy={isPending}>
      <SyncHead view={view} isPending={isPending} />
      <div className={styles.tools}>
        <div className={styles.filter}>
          <FilterField
            view={path}
            label={t('filter')}
            clearLabel={t('clearFilter')}
            value={filter.text}
            onChange={(text) => setFilter({ ...filter, text })}
          />
        </div>
        <button
          type="button"
          aria-pressed={filter.withProblems}
          className={styles.toggle}
          onClick={() => setFilter({ ...filter, withProblems: !filter.withProblems })}
        >
          <Icon name="warning" className={troubled > 0 ? styles.warning : ''} />
          {t('problemsOnly')}
          {troubled > 0 && <Badge>{troubled}</Badge>}
        </button>
        <span className={styles.gap} />
        <AddEntity profile={profile} inScope={rows} />
      </div>
      {shown.length === 0 ? (
        <EmptyState
          icon="filter"
          title={t('noMatch')}
          action={
            <Button size="small" onClick={() => setFilter({ text: '', withProblems: false })}>
              {t('clearFilter')}
            </Button>
          }
        />
      ) : (
        <SyncTable
          path={path}
          profile={profile}
          role={view.role}
          rows={shown}
          sort={sort}
          onSort={setSort}
          wanted={wanted}
        />
      )}
    </div>
  );
}
