import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Select } from '../../design/select.tsx';
import { useWords } from '../../words/index.ts';
import { CONNECTIONS, type Connection } from './connect-choice.tsx';
import styles from './domain-model-editor.module.css';

export interface ConnectDialogProps {
  readonly from: string;
  /** Qualified names. */
  readonly candidates: readonly string[];
  readonly onConnect: (to: string, connection: Connection) => void;
  readonly onClose: () => void;
}

/** The keyboard's way to draw a line, and the way to entities of other modules. */
export function ConnectDialog({ from, candidates, onConnect, onClose }: ConnectDialogProps) {
  const t = useWords('domain');
  const [to, setTo] = useState(candidates[0]);
  const [connection, setConnection] = useState<Connection>('many');
  return (
    <Dialog
      title={t('connectTitle', { name: from })}
      isOpen
      width={420}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            tone="accent"
            disabled={to === undefined}
            onClick={() => {
              if (to !== undefined) onConnect(to, connection);
              onClose();
            }}
          >
            {t('createIt')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Select
          label={t('connectTo')}
          value={to}
          options={candidates.map((value) => ({ value, label: value, icon: 'table' }))}
          onChange={setTo}
        />
        <Select
          label={t('connectHow')}
          value={connection}
          options={CONNECTIONS.map((value) => ({
            value,
            label: t(`choice.${value}`, { from, to: to?.slice(to.indexOf('.') + 1) ?? '' }),
          }))}
          onChange={setConnection}
        />
      </div>
    </Dialog>
  );
}
