import { type KeyboardEvent, useMemo } from 'react';
import { useStore } from 'zustand';
import { EmptyState } from '../design/empty-state.tsx';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { Spinner } from '../design/spinner.tsx';
import { useHost } from '../host/host-link.ts';
import { projectStore } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { describeDocument, documentOfFile } from '../workbench/document-info.ts';
import { showFault } from '../workbench/messages.ts';
import { openDocument } from '../workbench/open.ts';
import styles from './references-panel.module.css';
import { findReferences, referencesStore, type Usage } from './references-store.ts';

/** Every place that speaks of one element. */
export function ReferencesPanel() {
  const t = useWords('panels');
  const link = useHost();
  const search = useStore(referencesStore, (state) => state.search);
  const groups = useMemo(() => byDocument(search?.usages ?? []), [search]);
  if (!search) {
    return (
      <EmptyState icon="references" title={t('references.none')}>
        {t('references.noneHint')}
      </EmptyState>
    );
  }
  const { document, element, name, usages } = search;
  return (
    <div className={styles.panel}>
      <div className={styles.bar}>
        <p role="status" className={styles.summary}>
          {usages === undefined
            ? t('references.searching')
            : usages.length === 0
              ? t('references.unused', { name })
              : t('references.of', { count: usages.length, name })}
        </p>
        {usages === undefined ? (
          <Spinner label={t('references.searching')} />
        ) : (
          <IconButton
            icon="refresh"
            label={t('references.again')}
            onClick={() => void findReferences(link, document, element, name).catch(showFault)}
          />
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons within */}
      <div className={styles.list} onKeyDown={moveAmongButtons}>
        {groups.map(([path, found]) => (
          <Group key={path} path={path} usages={found} />
        ))}
      </div>
    </div>
  );
}

function Group({ path, usages }: { readonly path: string; readonly usages: readonly Usage[] }) {
  const info = describeDocument(path);
  return (
    <section>
      <h3 className={styles.heading}>
        <Icon name={info?.icon ?? 'file'} className={styles.icon} />
        {info?.title ?? path}
        <span className={styles.dim}>{info?.module}</span>
        <span className={styles.dim}>{usages.length}</span>
      </h3>
      <ul className={styles.usages}>
        {usages.map((usage, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: one text can speak of the element twice
          <li key={`${usage.path.join('/')} ${index}`}>
            <button type="button" className={styles.usage} onClick={() => goTo(usage)}>
              <Mention usage={usage} />
              <span className={styles.path}>{usage.path.filter((part) => typeof part === 'string').at(-1)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mention({ usage: { text, span } }: { readonly usage: Usage }) {
  if (!span || span.end > text.length) return <code className={styles.text}>{text}</code>;
  return (
    <code className={styles.text}>
      {text.slice(0, span.start)}
      <mark className={styles.mark}>{text.slice(span.start, span.end)}</mark>
      {text.slice(span.end)}
    </code>
  );
}

/** Mentions in demo data are shown at the entity whose rows they are. */
function goTo({ document, element, path }: Usage): void {
  const { project } = projectStore.getState();
  const shown = project ? documentOfFile(document, project.model) : undefined;
  if (shown !== undefined) openDocument(shown, shown === document ? { element, path } : {});
}

export function moveAmongButtons(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
  const at = rows.indexOf(document.activeElement as HTMLButtonElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(next, rows.length - 1))]?.focus();
}

function byDocument(usages: readonly Usage[]): readonly (readonly [string, readonly Usage[]])[] {
  const groups = new Map<string, Usage[]>();
  for (const usage of usages) {
    const group = groups.get(usage.document);
    if (group) group.push(usage);
    else groups.set(usage.document, [usage]);
  }
  return [...groups];
}
