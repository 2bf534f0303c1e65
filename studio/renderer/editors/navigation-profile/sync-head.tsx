import type { ScopeView } from '@skerry/studio/bridge/calls/analysis-calls';
import { countText, secondsText, sizeText } from '../../design/amounts.ts';
import { Select } from '../../design/select.tsx';
import { Tooltip } from '../../design/tooltip.tsx';
import { chooseRole } from '../../model/scope-store.ts';
import { useWords } from '../../words/index.ts';
import styles from './sync-head.module.css';

const NETWORKS = ['3G', '4G', 'Wi-Fi'] as const;

export interface SyncHeadProps {
  readonly view: ScopeView;
  readonly isPending: boolean;
}

/** Whose device is counted, how much it holds, and how long it waits for it the first time. */
export function SyncHead({ view, isPending }: SyncHeadProps) {
  const t = useWords('profile');
  const ts = useWords('scope');
  const { role, roles, totals, seconds, entities } = view;
  const isCounted = entities.some(({ rows }) => rows !== undefined);
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <div className={styles.role}>
          <Select
            label={t('role')}
            value={role}
            options={roles.map((name) => ({ value: name, label: name, icon: 'account' }))}
            onChange={chooseRole}
          />
        </div>
        <div className={`${styles.totals} ${isPending ? styles.dim : ''}`} data-totals>
          <span>
            <b>{countText(totals.entities)}</b> {ts('entities', { count: totals.entities, text: '' }).trim()}
          </span>
          {isCounted ? (
            <>
              <span>
                <b>{countText(totals.rows)}</b> {ts('rows', { count: totals.rows, text: '' }).trim()}
              </span>
              <span>
                <b>{sizeText(totals.bytes)}</b> {t('onDevice')}
              </span>
            </>
          ) : (
            <span className={styles.none}>{t('noNumbers')}</span>
          )}
        </div>
        {isCounted && (
          <section aria-label={t('firstSync')} className={`${styles.networks} ${isPending ? styles.dim : ''}`}>
            <span className={styles.caption}>{t('firstSync')}</span>
            <dl>
              {NETWORKS.map((network) => (
                <div key={network}>
                  <dt>{network}</dt>
                  <dd>{t('seconds', { text: secondsText(seconds[network]) })}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
      {isCounted && totals.bytes > 0 && <Overview view={view} />}
    </div>
  );
}

/** The whole download as one bar: which entity takes how much of it. */
function Overview({ view: { entities, totals } }: { readonly view: ScopeView }) {
  const t = useWords('profile');
  const ts = useWords('scope');
  const parts = entities
    .filter(({ bytes = 0 }) => bytes > 0)
    .sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0))
    .map((one) => ({
      ...one,
      text: t('share', {
        entity: one.entity,
        rows: ts('rows', { count: one.rows ?? 0, text: countText(one.rows ?? 0) }),
        size: sizeText(one.bytes ?? 0),
      }),
    }));
  return (
    <div role="img" aria-label={`${t('overview')}. ${parts.map(({ text }) => text).join('; ')}`} className={styles.bar}>
      {parts.map(({ entity, mode, bytes = 0, text }) => (
        <Tooltip key={entity} text={text}>
          <span className={styles.part} data-mode={mode} style={{ flexGrow: bytes / totals.bytes }}>
            {bytes / totals.bytes > 0.07 && <span>{entity.slice(entity.indexOf('.') + 1)}</span>}
          </span>
        </Tooltip>
      ))}
    </div>
  );
}
