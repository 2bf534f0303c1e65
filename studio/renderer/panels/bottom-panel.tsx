import { useStore } from 'zustand';
import { Badge } from '../design/badge.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Tabs } from '../design/tabs.tsx';
import { problemsStore } from '../model/problems-store.ts';
import { useWords } from '../words/index.ts';
import { viewsStore } from '../workbench/views-store.ts';
import styles from './bottom-panel.module.css';
import { OutputPanel } from './output-panel.tsx';
import { countProblems } from './problem-list.ts';
import { ProblemsPanel } from './problems-panel.tsx';
import { ReferencesPanel } from './references-panel.tsx';
import { referencesStore } from './references-store.ts';
import { ScopeBadge } from './scope-badge.tsx';
import { ScopePanel } from './scope-panel.tsx';

/** Lists below the editors. */
export function BottomPanel() {
  const t = useWords('panels');
  const ts = useWords('scope');
  const { panel } = useStore(viewsStore);
  const counts = countProblems(useStore(problemsStore, ({ byDocument }) => byDocument));
  const usages = useStore(referencesStore, ({ search }) => search?.usages?.length);
  const problems = counts.error + counts.warning;
  return (
    <section aria-label={t('label')} className={styles.panel}>
      <Tabs
        label={t('label')}
        value={panel}
        onChange={(next) => viewsStore.setState({ panel: next })}
        actions={
          <IconButton icon="close" label={t('hide')} onClick={() => viewsStore.setState({ isPanelOpen: false })} />
        }
        tabs={[
          {
            id: 'problems',
            title: t('problems.title'),
            badge: problems > 0 && <Badge tone={counts.error > 0 ? 'error' : 'warning'}>{problems}</Badge>,
            panel: <ProblemsPanel />,
          },
          { id: 'scope', title: ts('title'), badge: <ScopeBadge />, panel: <ScopePanel /> },
          {
            id: 'references',
            title: t('references.title'),
            badge: usages !== undefined && usages > 0 && <Badge>{usages}</Badge>,
            panel: <ReferencesPanel />,
          },
          { id: 'output', title: t('output.title'), panel: <OutputPanel /> },
        ]}
      />
    </section>
  );
}
