import { useEffect } from 'react';
import { useStore } from 'zustand';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { IconButton } from '../design/icon-button.tsx';
import { useWords } from '../words/index.ts';
import { dismissMessage, type Message, messageStore } from './messages.ts';
import styles from './toasts.module.css';

const ICONS = { info: 'info', success: 'pass', warning: 'warning', error: 'error' } as const;
/** Errors stay until somebody has read them. */
const STAYS_MS = { info: 6_000, success: 4_000, warning: 12_000, error: undefined } as const;

/** Messages over the lower right corner; they hide nothing one works on and take no focus. */
export function Toasts() {
  const t = useWords('workbench');
  const { messages } = useStore(messageStore);
  return (
    <section aria-label={t('toast.label')} aria-live="polite" className={styles.toasts}>
      {messages.slice(-4).map((message) => (
        <Toast key={message.key} message={message} />
      ))}
    </section>
  );
}

function Toast({ message }: { readonly message: Message }) {
  const t = useWords('workbench');
  const { key, tone, text, action } = message;
  useEffect(() => {
    const stays = STAYS_MS[tone];
    if (stays === undefined) return;
    const timer = setTimeout(() => dismissMessage(key), stays);
    return () => clearTimeout(timer);
  }, [key, tone]);
  return (
    <div className={`${styles.toast} ${styles[tone]}`} role={tone === 'error' ? 'alert' : undefined}>
      <Icon name={ICONS[tone]} className={styles.icon} />
      <p className={styles.text}>{text}</p>
      {action && (
        <Button
          size="small"
          onClick={() => {
            dismissMessage(key);
            action.run();
          }}
        >
          {action.title}
        </Button>
      )}
      <IconButton icon="close" label={t('toast.dismiss')} onClick={() => dismissMessage(key)} />
    </div>
  );
}
