import type { SyncMode } from '@skerry/shared/metamodel/navigation-profile';
import { MODES } from '@skerry/shared/scope/modes';
import { countText, sizeText } from '../../design/amounts.ts';
import { Icon } from '../../design/icon.tsx';
import { ModeGlyph } from '../../design/mode-glyph.tsx';
import { Spinner } from '../../design/spinner.tsx';
import { useWords } from '../../words/index.ts';
import type { SyncRow } from './sync-rows.ts';
import { useWhatIf, type WhatIf } from './use-what-if.ts';
import styles from './what-if.module.css';

export interface WhatIfPaneProps {
  readonly row: SyncRow;
  readonly profile: string;
  readonly role: string | undefined;
  readonly mode: SyncMode;
}

/** What another mode would bring and cost, before it is applied. */
export function WhatIfPane({ row, profile, role, mode }: WhatIfPaneProps) {
  const t = useWords('profile');
  const { entity, constraint } = row;
  const isNow = mode === row.mode;
  const { answer, isWaiting } = useWhatIf(isNow ? undefined : { profile, role, entity, mode, constraint });
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what does not fit is scrolled to by keyboard
      tabIndex={0}
      aria-label={t('whatIf.title')}
      aria-live="polite"
      aria-busy={isWaiting}
      className={styles.pane}
    >
      <h3 className={styles.title}>
        {t('whatIf.title')}
        {!isNow && (
          <span className={styles.step}>
            <ModeGlyph mode={row.mode ?? 'none'} />
            <Icon name="arrow-right" />
            <ModeGlyph mode={mode} />
            <span className="visually-hidden">{MODES[mode].caption}</span>
          </span>
        )}
      </h3>
      {isNow ? (
        <p className={styles.quiet}>
          {t('whatIf.same')} {t('whatIf.chosen')}
        </p>
      ) : answer ? (
        <div className={isWaiting ? styles.waiting : undefined}>
          <Answer answer={answer} />
          {mode === 'constrained' && constraint.trim() === '' && (
            <p className={styles.quiet}>{t('whatIf.constraintNext')}</p>
          )}
        </div>
      ) : (
        <Spinner label={t('whatIf.looking')} />
      )}
    </section>
  );
}

function Answer({ answer: { before, after, diff, appearing, vanishing } }: { readonly answer: WhatIf }) {
  const t = useWords('profile');
  const most = Math.max(before.bytes, after.bytes, 1);
  return (
    <>
      <dl className={styles.amounts}>
        <dt>{t('whatIf.rows')}</dt>
        <dd>
          <Amount before={countText(before.rows)} after={countText(after.rows)} change={after.rows - before.rows} />
        </dd>
        <dt>{t('whatIf.size')}</dt>
        <dd>
          <Amount before={sizeText(before.bytes)} after={sizeText(after.bytes)} change={after.bytes - before.bytes} />
        </dd>
      </dl>
      <div aria-hidden="true" className={styles.bars}>
        <span style={{ width: `${(before.bytes / most) * 100}%` }} />
        <span style={{ width: `${(after.bytes / most) * 100}%` }} />
      </div>
      <ul className={styles.effects}>
        {diff.entered.length > 0 && (
          <li data-tone="enter">
            <Icon name="diff-added" />
            {t('whatIf.enters', { entities: diff.entered.join(', ') })}
          </li>
        )}
        {diff.left.length > 0 && (
          <li data-tone="leave">
            <Icon name="diff-removed" />
            {t('whatIf.leaves', { entities: diff.left.join(', ') })}
          </li>
        )}
        {diff.changedMode.map(({ entity, to }) => (
          <li key={entity}>
            <ModeGlyph mode={to} />
            {t('whatIf.changesMode', { entity, mode: MODES[to].caption })}
          </li>
        ))}
        {diff.entered.length + diff.left.length === 0 && (
          <li className={styles.quiet}>
            <Icon name="blank" />
            {t('whatIf.noScope')}
          </li>
        )}
      </ul>
      <Problems tone="error" icon="error" title="appearing" messages={appearing} />
      <Problems tone="success" icon="pass" title="vanishing" messages={vanishing} />
      {appearing.length + vanishing.length === 0 && (
        <p className={styles.clean}>
          <Icon name="pass" />
          {t('whatIf.clean')}
        </p>
      )}
    </>
  );
}

function Amount({ before, after, change }: { before: string; after: string; change: number }) {
  const direction = change > 0 ? 'up' : change < 0 ? 'down' : 'same';
  return (
    <span className={styles.amount} data-direction={direction}>
      <span className={styles.before}>{before}</span>
      <Icon name="arrow-right" />
      <span className={styles.after}>{after}</span>
      {direction !== 'same' && <Icon name={direction === 'up' ? 'arrow-up' : 'arrow-down'} />}
    </span>
  );
}

interface ProblemsProps {
  readonly tone: 'error' | 'success';
  readonly icon: string;
  readonly title: 'appearing' | 'vanishing';
  /** `code: message` */
  readonly messages: readonly string[];
}

function Problems({ tone, icon, title, messages }: ProblemsProps) {
  const t = useWords('profile');
  if (messages.length === 0) return null;
  return (
    <div className={styles.problems} data-tone={tone}>
      <p>
        <Icon name={icon} />
        {t(`whatIf.${title}`, { count: messages.length })}
      </p>
      <ul>
        {messages.map((message) => (
          <li key={message}>{message.slice(message.indexOf(': ') + 2)}</li>
        ))}
      </ul>
    </div>
  );
}
