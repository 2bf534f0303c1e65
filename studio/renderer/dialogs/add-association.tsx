import { useMemo, useState } from 'react';
import { useProject } from '../model/project-store.ts';
import { useRun } from '../model/use-run.ts';
import { type Candidate, referenceCandidates } from '../properties/candidates.ts';
import { useSite } from '../properties/form-context.tsx';
import { Picker } from '../properties/picker.tsx';
import { useWords } from '../words/index.ts';

/** Associates the entity with another one: choosing which is all it takes. */
export function AddAssociation({ from }: { readonly from: string }) {
  const t = useWords('dialogs');
  const run = useRun();
  const site = useSite([]);
  const [count, setCount] = useState(0);
  const revision = useProject((project) => project.revision);
  const candidates: readonly Candidate[] = useMemo(() => (site ? referenceCandidates('entity', site) : []), [site]);
  return (
    <div>
      <Picker
        key={`${count} ${revision}`}
        label={t('addAssociation')}
        placeholder={t('addAssociation')}
        value=""
        candidates={candidates}
        onChange={(to) => {
          if (!to) return;
          setCount(count + 1);
          void run('association.create', { from, to });
        }}
      />
    </div>
  );
}
