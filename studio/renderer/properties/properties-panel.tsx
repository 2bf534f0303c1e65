import { shapeAt } from '@skerry/shared/metamodel/shape';
import type { DocumentPath } from '@skerry/shared/metamodel/walk';
import { useMemo, useState } from 'react';
import { EmptyState } from '../design/empty-state.tsx';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { TextField } from '../design/text-field.tsx';
import { openEntityDialog } from '../dialogs/open-entity-dialog.tsx';
import { useProject } from '../model/project-store.ts';
import { SlotMessages } from '../text/slot-messages.tsx';
import { useIndexedProblems } from '../text/slot-problems.ts';
import { useWords } from '../words/index.ts';
import { type Selection, select, useSelection } from '../workbench/selection.ts';
import { KIND_ICONS } from './candidates.ts';
import { typeCaption } from './captions.ts';
import { commonShape } from './common-shape.ts';
import styles from './form.module.css';
import { FormProvider, useForm } from './form-context.tsx';
import { FormRows } from './form-rows.tsx';
import { type Located, locate, locateAt } from './locate.ts';
import { ReadOnlyBanner } from './read-only-banner.tsx';
import { summaryOf } from './summary.ts';
import { UsageLink } from './usage-link.tsx';

/** What is selected, as a form. */
export function PropertiesPanel() {
  const t = useWords('properties');
  const selection = useSelection();
  const isOpen = useProject(({ content }) => selection !== undefined && content.has(selection.document));
  return (
    <section className={styles.panel} aria-label={t('panel')}>
      {selection && isOpen ? (
        <Selected key={`${selection.document} ${selection.elements.join(' ')}`} selection={selection} />
      ) : (
        <EmptyState icon="inspect" title={t('nothing')}>
          {t('nothingHint')}
        </EmptyState>
      )}
    </section>
  );
}

function Selected({ selection: { document, elements } }: { readonly selection: Selection }) {
  const t = useWords('properties');
  const content = useProject((project) => project.content.get(document));
  const located = useMemo(() => {
    if (!content) return [];
    const ids = elements.length === 0 ? [undefined] : elements;
    return ids.flatMap((id) => locate(document, content, id) ?? []);
  }, [document, content, elements]);
  const roots = useMemo(() => located.map(({ path }) => path), [located]);
  const first = located.at(-1);
  if (!first) {
    return (
      <EmptyState icon="inspect" title={t('gone')}>
        {t('nothingHint')}
      </EmptyState>
    );
  }
  // What was touched last leads.
  const ordered = roots.length > 1 ? [first.path, ...roots.slice(0, -1)] : roots;
  return (
    <FormProvider document={document} roots={ordered}>
      <PanelForm located={located} first={first} />
    </FormProvider>
  );
}

function PanelForm({ located, first }: { readonly located: readonly Located[]; readonly first: Located }) {
  const t = useWords('properties');
  const form = useForm();
  const [filter, setFilter] = useState('');
  const language = useProject(({ model }) => model.app.defaultLanguage);
  const problems = useIndexedProblems(form.document);
  const isSeveral = located.length > 1;
  const shape = useMemo(
    () => (isSeveral ? commonShape(located.map((one) => one.shape)) : first.shape),
    [located, isSeveral, first],
  );
  const element = typeof first.value.id === 'string' ? first.value.id : undefined;
  const base = first.type.split('-')[0] ?? '';
  const own = problems.filter((problem) => !problem.path && (problem.element ?? element) === element);
  const name = summaryOf(t, first.type, first.value, language);
  return (
    <>
      <header className={styles.header}>
        <Crumbs path={first.path} />
        <div className={styles.titleLine}>
          <Icon name={KIND_ICONS[base] ?? 'symbol-misc'} />
          <h2 className={styles.title}>{isSeveral ? t('several', { count: located.length }) : name}</h2>
          <span className={styles.kind}>{typeCaption(t, first.type)}</span>
          {first.type === 'entity' && !isSeveral && (
            <IconButton icon="edit" label={t('details')} onClick={() => openEntityDialog(form.document)} />
          )}
        </div>
        {!isSeveral && element && shapeAt(first.shape, 'name') && (
          <UsageLink document={form.document} element={element} />
        )}
        <TextField
          type="search"
          label={t('search')}
          hideLabel
          placeholder={t('search')}
          value={filter}
          onChange={setFilter}
          onCancel={() => setFilter('')}
        />
      </header>
      <ReadOnlyBanner />
      <div className={styles.body}>
        {own.length > 0 && !isSeveral && (
          <div className={styles.problems}>
            <SlotMessages problems={own} />
          </div>
        )}
        <FormRows path={first.path} shape={shape} type={first.type} filter={filter} />
      </div>
    </>
  );
}

/** The elements around, outermost first; the document is one of them. */
function Crumbs({ path }: { readonly path: DocumentPath }) {
  const t = useWords('properties');
  const { document, content } = useForm();
  const language = useProject(({ model }) => model.app.defaultLanguage);
  const around = path.flatMap((_, depth) => {
    const at = locateAt(content, path.slice(0, depth));
    const id = at?.value.id;
    return at && (depth === 0 || typeof id === 'string') ? [{ at, id: depth === 0 ? undefined : String(id) }] : [];
  });
  if (around.length === 0) return null;
  return (
    <nav className={styles.crumbs} aria-label={t('panel')}>
      {around.map(({ at, id }) => (
        <span key={at.path.join('/')} className={styles.caption}>
          <button type="button" onClick={() => select(document, id === undefined ? [] : [id])}>
            {summaryOf(t, at.type, at.value, language)}
          </button>
          <Icon name="chevron-right" />
        </span>
      ))}
    </nav>
  );
}
