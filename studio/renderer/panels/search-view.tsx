import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { EmptyState } from '../design/empty-state.tsx';
import { Icon } from '../design/icon.tsx';
import explorerStyles from '../explorer/explorer.module.css';
import { FilterField } from '../explorer/filter-field.tsx';
import { useProject } from '../model/project-store.ts';
import { useWords } from '../words/index.ts';
import { describeDocument, fullTitle } from '../workbench/document-info.ts';
import { elementsOf, type NamedElement } from '../workbench/elements.ts';
import { openDocument } from '../workbench/open.ts';
import { moveAmongButtons } from './references-panel.tsx';
import styles from './search-view.module.css';

const MOST_SHOWN = 300;

/** Elements by name over the whole model. */
export function SearchView() {
  const t = useWords('panels');
  const [text, setText] = useState('');
  const content = useProject((project) => project.content);
  const wanted = useDeferredValue(text.trim().toLowerCase());
  const list = useRef<HTMLDivElement>(null);
  const found = useMemo(() => {
    if (wanted === '') return [];
    return [...content].flatMap(([path, document]) => {
      const info = describeDocument(path);
      if (!info) return [];
      const own = info.title.toLowerCase().includes(wanted)
        ? [{ document: path, element: '', name: info.title, within: [], kind: info.kind }]
        : [];
      return [...own, ...elementsOf(path, document).filter(({ name }) => name.toLowerCase().includes(wanted))];
    });
  }, [wanted, content]);
  return (
    <section aria-label={t('search.title')} className={explorerStyles.explorer}>
      <header className={explorerStyles.header}>
        <h2 className={explorerStyles.title}>{t('search.title')}</h2>
      </header>
      <FilterField
        view="search"
        label={t('search.field')}
        clearLabel={t('problems.clear')}
        value={text}
        onChange={setText}
        onDown={() => list.current?.querySelector('button')?.focus()}
      />
      <p role="status" className={styles.summary}>
        {wanted === ''
          ? t('search.hint')
          : found.length > MOST_SHOWN
            ? t('search.tooMany', { count: MOST_SHOWN })
            : t('search.count', { count: found.length })}
      </p>
      {wanted !== '' && found.length === 0 ? (
        <EmptyState icon="search" title={t('search.none')} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: arrows move among the buttons within
        <div ref={list} className={explorerStyles.ground} onKeyDown={moveAmongButtons}>
          {found.slice(0, MOST_SHOWN).map((one) => (
            <Result key={`${one.document} ${one.element}`} found={one} wanted={wanted} />
          ))}
        </div>
      )}
    </section>
  );
}

function Result({ found, wanted }: { readonly found: NamedElement; readonly wanted: string }) {
  const info = describeDocument(found.document);
  const at = found.name.toLowerCase().indexOf(wanted);
  return (
    <button
      type="button"
      className={styles.result}
      onClick={() => openDocument(found.document, found.element === '' ? {} : { element: found.element })}
    >
      <Icon name={info?.icon ?? 'file'} className={styles.icon} />
      <span className={styles.name}>
        {found.name.slice(0, Math.max(at, 0))}
        <mark className={styles.mark}>{at < 0 ? '' : found.name.slice(at, at + wanted.length)}</mark>
        {found.name.slice(at < 0 ? 0 : at + wanted.length)}
      </span>
      <span className={styles.detail}>
        {info && found.element !== '' ? [fullTitle(info), ...found.within].join(' › ') : info?.module}
      </span>
    </button>
  );
}
