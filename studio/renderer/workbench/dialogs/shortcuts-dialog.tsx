import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { IconButton } from '../../design/icon-button.tsx';
import { Kbd } from '../../design/kbd.tsx';
import { keysText } from '../../design/keys-text.ts';
import { TextField } from '../../design/text-field.tsx';
import { useWords } from '../../words/index.ts';
import { type Action, actionStore } from '../actions.ts';
import { bindKeys, keyBindingsStore, keysOf, pressedKeys, resetKeys } from '../key-bindings.ts';
import styles from './shortcuts-dialog.module.css';

/** All actions with their keys, which can be changed here. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords('workbench');
  const [filter, setFilter] = useState('');
  const [said, setSaid] = useState('');
  const { actions } = useStore(actionStore);
  const { chosen } = useStore(keyBindingsStore);
  const wanted = filter.toLowerCase();
  const shown = [...actions.values()]
    .filter((action) => {
      const text = `${action.category} ${action.title} ${keysOf(action, chosen)
        .map((keys) => keysText(keys))
        .join(' ')}`;
      return text.toLowerCase().includes(wanted);
    })
    .sort((one, other) => `${one.category} ${one.title}`.localeCompare(`${other.category} ${other.title}`));
  return (
    <Dialog
      title={t('shortcuts.title')}
      isOpen
      onClose={onClose}
      width={680}
      footer={
        <>
          <Button onClick={() => resetKeys()} disabled={Object.keys(chosen).length === 0}>
            {t('shortcuts.resetAll')}
          </Button>
          <Button tone="accent" onClick={onClose}>
            {t('shortcuts.close')}
          </Button>
        </>
      }
    >
      <TextField label={t('shortcuts.filter')} type="search" value={filter} onChange={setFilter} />
      <p role="status" className={styles.said}>
        {said}
      </p>
      <div className={styles.frame}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('shortcuts.command')}</th>
              <th scope="col">{t('shortcuts.keys')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((action) => (
              <ShortcutRow key={action.id} action={action} chosen={chosen} onSay={setSaid} />
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}

interface ShortcutRowProps {
  readonly action: Action;
  readonly chosen: Readonly<Record<string, readonly string[]>>;
  readonly onSay: (text: string) => void;
}

function ShortcutRow({ action, chosen, onSay }: ShortcutRowProps) {
  const t = useWords('workbench');
  const [isRecording, setRecording] = useState(false);
  const record = (event: KeyboardEvent) => {
    if (!isRecording) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setRecording(false);
      return;
    }
    const keys = pressedKeys(event.nativeEvent);
    if (keys === undefined) return;
    const taken = bindKeys(action.id, keys);
    onSay(taken ? t('shortcuts.taken', { keys: keysText(keys), title: taken.title }) : '');
    setRecording(false);
  };
  const keys = keysOf(action, chosen);
  return (
    <tr>
      <td>
        <span className={styles.category}>{action.category}</span> {action.title}
      </td>
      <td>
        <span className={styles.keys}>
          <button
            type="button"
            className={`${styles.record} ${isRecording ? styles.recording : ''}`}
            onClick={() => setRecording(true)}
            onBlur={() => setRecording(false)}
            onKeyDown={record}
          >
            {isRecording ? (
              t('shortcuts.press')
            ) : keys.length === 0 ? (
              <span className={styles.none}>{t('shortcuts.none')}</span>
            ) : (
              keys.map((one) => <Kbd key={one} keys={one} />)
            )}
            <span className="visually-hidden"> {t('shortcuts.change', { title: action.title })}</span>
          </button>
          {chosen[action.id] && (
            <IconButton
              icon="discard"
              label={t('shortcuts.reset', { title: action.title })}
              onClick={() => resetKeys(action.id)}
            />
          )}
        </span>
      </td>
    </tr>
  );
}
