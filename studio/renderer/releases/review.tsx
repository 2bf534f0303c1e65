import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { type ReactNode, useState } from 'react';
import { Badge, type BadgeProps } from '../design/badge.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { ModeGlyph } from '../design/mode-glyph.tsx';
import { TextField } from '../design/text-field.tsx';
import { useWords } from '../words/index.ts';
import { openDocument } from '../workbench/open.ts';
import styles from './publish.module.css';
import type { Reasons } from './publish.tsx';

type ReviewAnswer = CallReply<'publish/review'>;

export interface ReviewProps {
  readonly review: ReviewAnswer;
  readonly reasons: Reasons;
  readonly onReasons: (reasons: Reasons) => void;
  /** Somebody goes to a document. */
  readonly onLeave: () => void;
}

export function Review(props: ReviewProps) {
  const t = useWords('releases');
  const { review, onLeave } = props;
  const go = (document: string | undefined, element?: string) => {
    if (document === undefined) return;
    openDocument(document, { element });
    onLeave();
  };
  return (
    <>
      {review.errors.length > 0 && (
        <Section title={t('errors', { count: review.errors.length })} tone="error">
          <ul className={styles.list}>
            {review.errors.map((error) => (
              <li key={`${error.document} ${error.code} ${error.message}`} className={styles.row}>
                <Icon name="error" className={styles.error} />
                <span className={styles.grow}>{error.message}</span>
                <Button size="small" onClick={() => go(error.document, error.element)}>
                  {t('go')}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Compatibility {...props} />
      <Scope review={review} />
      <Model review={review} onGo={go} />
    </>
  );
}

function Section({
  title,
  note,
  tone,
  children,
}: {
  readonly title: string;
  readonly note?: string | undefined;
  readonly tone?: 'error' | undefined;
  readonly children: ReactNode;
}) {
  return (
    <section className={`${styles.section} ${tone === 'error' ? styles.errors : ''}`}>
      <h3 className={styles.heading}>
        {title}
        {note && <span className={styles.note}>{note}</span>}
      </h3>
      {children}
    </section>
  );
}

const TONES: { readonly [change: string]: BadgeProps['tone'] } = {
  added: 'success',
  removed: 'error',
  changed: 'info',
  moved: 'neutral',
};
const SHOWN_AT_FIRST = 12;

function Model({
  review: { model },
  onGo,
}: {
  readonly review: ReviewAnswer;
  readonly onGo: (document: string) => void;
}) {
  const t = useWords('releases');
  const [isWhole, setIsWhole] = useState(false);
  const shown = isWhole ? model : model.slice(0, SHOWN_AT_FIRST);
  return (
    <Section title={t('model')} note={model.length > 0 ? t('documents', { count: model.length }) : undefined}>
      {model.length === 0 && <p className={styles.none}>{t('noModel')}</p>}
      <ul className={styles.list}>
        {shown.map(({ document, name, change, details }) => (
          <li key={document} className={styles.row}>
            <Badge tone={TONES[change]}>{t(`change.${change}`)}</Badge>
            {change === 'removed' ? (
              <span className={styles.name}>{name}</span>
            ) : (
              <button type="button" className={styles.link} onClick={() => onGo(document)}>
                {name}
              </button>
            )}
            <span className={styles.details}>{details.join(' · ')}</span>
          </li>
        ))}
      </ul>
      {!isWhole && model.length > SHOWN_AT_FIRST && (
        <Button size="small" onClick={() => setIsWhole(true)}>
          {t('documents', { count: model.length })}…
        </Button>
      )}
    </Section>
  );
}

function Scope({ review: { scope } }: { readonly review: ReviewAnswer }) {
  const t = useWords('releases');
  return (
    <Section title={t('scope')}>
      {scope.map(({ profile, diff, bytesBefore, bytesAfter }) => {
        const size =
          bytesBefore > 0 && bytesBefore !== bytesAfter
            ? t('bytes', { before: kilobytes(bytesBefore), after: kilobytes(bytesAfter) })
            : t('bytesSame', { after: kilobytes(bytesAfter) });
        const isSame = diff.entered.length + diff.left.length + diff.changedMode.length + diff.changed.length === 0;
        return (
          <div key={profile} className={styles.profile}>
            <p className={styles.profileName}>
              <Icon name="device-mobile" />
              {profile}
              <span className={styles.note}>{size}</span>
            </p>
            {isSame && <p className={styles.none}>{t('noScope')}</p>}
            <ul className={styles.list}>
              {diff.entered.map((entity) => (
                <li key={`+${entity}`} className={styles.row}>
                  <Badge tone="success">{t('entered')}</Badge>
                  <span className={styles.name}>{entity}</span>
                </li>
              ))}
              {diff.left.map((entity) => (
                <li key={`-${entity}`} className={styles.row}>
                  <Badge tone="error">{t('left')}</Badge>
                  <span className={styles.name}>{entity}</span>
                </li>
              ))}
              {diff.changedMode.map(({ entity, from, to }) => (
                <li key={entity} className={styles.row}>
                  <ModeGlyph mode={to} />
                  <span className={styles.name}>{entity}</span>
                  <span className={styles.details}>{t('modeChanged', { from, to })}</span>
                </li>
              ))}
              {diff.changed.map(({ entity, what }) => (
                <li key={entity} className={styles.row}>
                  <Icon name="diff-modified" />
                  <span className={styles.name}>{entity}</span>
                  <span className={styles.details}>{t('differs', { what: what.join(', ') })}</span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </Section>
  );
}

function Compatibility({ review: { compatibility }, reasons, onReasons }: ReviewProps) {
  const t = useWords('releases');
  if (compatibility.length === 0) {
    return (
      <Section title={t('compatibility')}>
        <p className={styles.none}>{t('noCompatibility')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('compatibility')}>
      <ul className={styles.list}>
        {compatibility.map(({ code, element, message, weight, blocking }) => (
          <li key={`${code} ${element}`} className={styles.finding}>
            <p className={styles.row}>
              <Badge tone={weight === 'lossy' ? 'error' : weight === 'notice' ? 'warning' : 'neutral'}>
                {t(`weight.${weight}`)}
              </Badge>
              <span className={styles.grow}>{message}</span>
            </p>
            {blocking && (
              <div className={styles.decision}>
                <TextField
                  label={t('reason')}
                  placeholder={t('accept')}
                  value={reasons[element] ?? ''}
                  onChange={(reason) => onReasons({ ...reasons, [element]: reason })}
                />
              </div>
            )}
            {weight === 'lossy' && !blocking && <p className={styles.none}>{t('decided')}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function kilobytes(bytes: number): string {
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1000)} kB`;
}
