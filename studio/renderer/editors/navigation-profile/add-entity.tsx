import { useMemo } from 'react';
import { useProject } from '../../model/project-store.ts';
import { useRun } from '../../model/use-run.ts';
import { Picker } from '../../properties/picker.tsx';
import { useWords } from '../../words/index.ts';
import type { SyncRow } from './sync-rows.ts';
import styles from './sync-section.module.css';

export interface AddEntityProps {
  readonly profile: string;
  readonly inScope: readonly SyncRow[];
}

/** Brings an entity into scope that nothing is seen to use. */
export function AddEntity({ profile, inScope }: AddEntityProps) {
  const t = useWords('profile');
  const run = useRun();
  const entities = useProject(({ model }) => model.all('entity'));
  const candidates = useMemo(() => {
    const known = new Set(inScope.filter(({ scope, isAdded }) => scope || isAdded).map(({ entity }) => entity));
    return [...entities]
      .filter(([name, { content }]) => content.persistable && !known.has(name))
      .map(([name]) => ({ value: name, label: name, icon: 'table' }));
  }, [entities, inScope]);
  return (
    <div className={styles.add} title={t('addHint')}>
      <Picker
        label={t('add')}
        placeholder={t('add')}
        value=""
        candidates={candidates}
        onChange={(entity) => entity !== undefined && void run('profile.addEntity', { profile, entity })}
      />
    </div>
  );
}
