import type { WhyStep } from '@skerry/studio/bridge/calls/analysis-calls';
import { Fragment } from 'react';
import { Icon } from '../../design/icon.tsx';
import codeStyles from '../../text/code.module.css';
import { StaticCode } from '../../text/static-code.tsx';
import { useWords } from '../../words/index.ts';
import { openDocument } from '../../workbench/open.ts';
import styles from './entity-details.module.css';
import type { SyncRow } from './sync-rows.ts';

/** Why an entity is in scope, and what of it the role receives. */
export function EntityDetails({ row: { scope }, role }: { readonly row: SyncRow; readonly role: string }) {
  const t = useWords('profile');
  if (!scope) return <p className={styles.quiet}>{t('idleHint')}</p>;
  const readable = scope.members.filter((member) => member.readable);
  return (
    <div className={styles.details}>
      <section>
        <h3>{t('whyTitle')}</h3>
        {scope.why.length === 0 && <p className={styles.quiet}>{t('whyNone')}</p>}
        <ol className={styles.chains}>
          {scope.why.map((chain) => (
            <li key={chain.map(({ text, element }) => `${text} ${element}`).join('/')}>
              <Chain steps={chain} />
            </li>
          ))}
        </ol>
      </section>
      <section>
        <h3>
          {t('membersTitle', { role })}
          <span className={styles.count}>
            {readable.length} / {scope.members.length}
          </span>
        </h3>
        {readable.length === 0 && <p className={styles.quiet}>{t('membersNone')}</p>}
        <ul className={styles.members}>
          {scope.members.map(({ name, kind, readable: isReadable }) => (
            <li key={name} data-unreadable={!isReadable || undefined}>
              <Icon name={isReadable ? (kind === 'association' ? 'arrow-both' : 'symbol-field') : 'lock'} />
              {name}
            </li>
          ))}
        </ul>
        <h3>{t('rightsTitle', { role })}</h3>
        {scope.grants.length === 0 && <p className={styles.quiet}>{t('rightsNone')}</p>}
        <ul className={styles.grants}>
          {scope.grants.map((grant) => (
            <li key={grant}>
              <Grant text={grant} />
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** `menu › page › list › retrieve`; each step leads to its place. */
function Chain({ steps }: { readonly steps: readonly WhyStep[] }) {
  return steps.map(({ text, document, element }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the same step can come twice
    <Fragment key={index}>
      {index > 0 && <Icon name="chevron-right" className={styles.arrow} />}
      {document === undefined ? (
        <span>{text}</span>
      ) : (
        <button type="button" className={styles.step} onClick={() => openDocument(document, { element })}>
          {text}
        </button>
      )}
    </Fragment>
  ));
}

/** The words, and behind `where` the constraint as code. */
function Grant({ text }: { readonly text: string }) {
  const at = text.indexOf(' where [');
  if (at < 0) return text;
  const end = text.lastIndexOf(']') + 1;
  return (
    <>
      {text.slice(0, at)} where{' '}
      <code className={`${codeStyles.code} ${styles.code}`}>
        <StaticCode text={text.slice(at + 7, end)} language="constraint" problems={[]} />
      </code>
      {text.slice(end)}
    </>
  );
}
