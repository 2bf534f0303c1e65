import type { Scope } from '@skerry/shared/flow/variables';
import { useWords } from '../../words/index.ts';
import styles from './flow-editor.module.css';
import { dataTypeWord } from './type-words.ts';

/** Variables as they stand just before the selected step. */
export function VariableList({ scope }: { readonly scope: Scope | undefined }) {
  const t = useWords('flow');
  return (
    <section className={styles.variables} aria-label={t('variables')}>
      <h2>{t('variables')}</h2>
      {scope === undefined ? (
        <p>{t('unreached')}</p>
      ) : scope.size === 0 ? (
        <p>{t('noVariables')}</p>
      ) : (
        <dl>
          {[...scope].map(([name, { type, readOnly }]) => (
            <div key={name} title={readOnly ? t('fixed') : undefined}>
              <dt>${name}</dt>
              <dd>{dataTypeWord(type)}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
