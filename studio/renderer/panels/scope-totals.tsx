import type { ScopeView } from '@skerry/studio/bridge/calls/analysis-calls';
import { useStore } from 'zustand';
import { countText, sizeText } from '../design/amounts.ts';
import { Icon } from '../design/icon.tsx';
import { scopeStore, useScopeView } from '../model/scope-store.ts';
import { useWords, type Words } from '../words/index.ts';
import { showPanel } from '../workbench/views-store.ts';
import styles from './scope-panel.module.css';

function totalsText(t: Words, { totals, role }: ScopeView): string {
  return t('status', {
    entities: t('entities', { count: totals.entities, text: countText(totals.entities) }),
    rows: t('rows', { count: totals.rows, text: countText(totals.rows) }),
    size: sizeText(totals.bytes),
    role,
  });
}

/** How much a device of the chosen role holds, in a line. */
export function ScopeTotals({ view }: { readonly view: ScopeView }) {
  const t = useWords('scope');
  return <span className={styles.totals}>{totalsText(t, view)}</span>;
}

/** The same for the status bar; leads to the panel. */
export function ScopeStatus({ className }: { readonly className: string | undefined }) {
  const t = useWords('scope');
  const view = useScopeView(useStore(scopeStore, ({ profile }) => profile));
  if (!view) return null;
  return (
    <button
      type="button"
      className={className}
      title={t('statusHint', { role: view.role, profile: view.profile })}
      onClick={() => showPanel('scope')}
    >
      <Icon name="target" />
      {totalsText(t, view)}
    </button>
  );
}
