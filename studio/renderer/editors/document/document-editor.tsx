import { lazy, Suspense, useState } from 'react';
import { Spinner } from '../../design/spinner.tsx';
import { ToggleRow } from '../../design/toggle-row.tsx';
import { useWords } from '../../words/index.ts';
import { describeDocument, fullTitle } from '../../workbench/document-info.ts';
import type { EditorProps } from '../editor.ts';
import styles from './document-editor.module.css';

type View = 'form' | 'text';

const Form = lazy(async () => ({
  default: (await import('../../properties/document-form.tsx')).DocumentForm,
}));
const Text = lazy(async () => ({ default: (await import('../../text/json-text-editor.tsx')).JsonTextEditor }));

/** Any document: a form of all its properties, or its text. */
export function DocumentEditor({ path }: EditorProps) {
  const t = useWords('workbench');
  const [view, setView] = useState<View>('form');
  const info = describeDocument(path);
  const title = info ? fullTitle(info) : path;
  return (
    <div className={styles.editor}>
      <header className={styles.header}>
        <h2 className={styles.title}>{title}</h2>
        {info && info.title !== t(`kind.${info.kind}`) && <span className={styles.kind}>{t(`kind.${info.kind}`)}</span>}
        <ToggleRow
          label={t('editor.views')}
          value={view}
          onChange={setView}
          options={[
            { value: 'form', label: t('editor.form'), icon: 'list-flat' },
            { value: 'text', label: t('editor.text'), icon: 'json' },
          ]}
        />
      </header>
      <Suspense
        fallback={
          <div className={styles.loading}>
            <Spinner label={t('editor.loading', { title })} />
          </div>
        }
      >
        {view === 'form' ? (
          <div className={styles.form}>
            <Form document={path} />
          </div>
        ) : (
          <Text document={path} />
        )}
      </Suspense>
    </div>
  );
}
