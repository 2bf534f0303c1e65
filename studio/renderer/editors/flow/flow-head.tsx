import type { Capability } from '@skerry/shared/flow/sides';
import type { Flow } from '@skerry/shared/metamodel/flow';
import { Icon } from '../../design/icon.tsx';
import { useWords } from '../../words/index.ts';
import styles from './flow-editor.module.css';
import { dataTypeWord } from './type-words.ts';

export interface FlowHeadProps {
  readonly flow: Flow;
  readonly capability: Capability;
}

/** What goes into a flow and comes out of it, and where it runs. */
export function FlowHead({ flow, capability }: FlowHeadProps) {
  const t = useWords('flow');
  const where =
    flow.kind === 'nanoflow'
      ? t('onDevice')
      : capability.capable
        ? t('onBoth')
        : t('onService', { because: capability.because });
  const short = flow.kind === 'nanoflow' ? t('nanoflow') : capability.capable ? t('onBothShort') : t('onServiceShort');
  return (
    <div className={styles.head}>
      <span className={capability.capable ? styles.side : styles.sideService} title={where}>
        <Icon name={flow.kind === 'nanoflow' ? 'zap' : 'server-process'} />
        {short}
      </span>
      <ul className={styles.parameters} aria-label={t('parameters')}>
        {flow.parameters.map(({ id, name, type, required }) => (
          <li key={id} title={required ? undefined : t('optional')}>
            <code>${name}</code> {dataTypeWord(type)}
            {!required && '?'}
          </li>
        ))}
      </ul>
      {flow.returnType.kind !== 'Nothing' && (
        <span className={styles.returns}>{t('returns', { type: dataTypeWord(flow.returnType) })}</span>
      )}
    </div>
  );
}
