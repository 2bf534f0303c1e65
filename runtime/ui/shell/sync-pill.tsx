import { CloudCheck, CloudOff, CloudUpload, LogOut, RefreshCw, TriangleAlert } from 'lucide-react';
import type { DeviceStatus } from '../../engine/device-face.ts';
import { useApp } from '../app-context.ts';
import { SyncCard } from '../widgets/system/sync-widgets.tsx';
import { Sheet } from './sheet.tsx';
import type { Say } from './words.ts';

/** The one thing every page says about safety of work: synced, waiting, offline, running, or in need of somebody. */
export function SyncPill({ onOpen }: { onOpen(): void }) {
  const { status, say } = useApp();
  const { tone, Shape, text } = pillOf(status, say);
  const update = status.updateReady === null ? '' : say('updateReady', status.updateReady);
  return (
    <button
      type="button"
      className={`pill pill-${tone}`}
      onClick={onOpen}
      aria-haspopup="dialog"
      aria-label={[`${say('syncTitle')}: ${text}`, update].filter(Boolean).join('. ')}
    >
      <Shape size={15} aria-hidden className={tone === 'running' ? 'spin' : ''} />
      <span>{text}</span>
      {update && <i className="pill-dot" />}
    </button>
  );
}

function pillOf(status: DeviceStatus, say: Say) {
  if (status.inbox > 0)
    return { tone: 'attention', Shape: TriangleAlert, text: say('attention', status.inbox) } as const;
  if (status.sync.kind === 'running') return { tone: 'running', Shape: RefreshCw, text: say('syncing') } as const;
  if (!status.online)
    return {
      tone: 'offline',
      Shape: CloudOff,
      text: status.pending > 0 ? `${say('offline')} · ${status.pending}` : say('offline'),
    } as const;
  if (status.pending > 0) return { tone: 'pending', Shape: CloudUpload, text: say('notSent', status.pending) } as const;
  return { tone: 'synced', Shape: CloudCheck, text: say('synced') } as const;
}

export function SyncSheet({ onClose }: { onClose(): void }) {
  const { say, shell, status } = useApp();
  return (
    <Sheet title={say('syncTitle')} onClose={onClose}>
      <SyncCard className="card-flat" />
      {status.user && (
        <footer className="sheet-foot">
          <span className="text-muted">{say('signedInAs', status.user.fullName ?? status.user.name)}</span>
          <button
            type="button"
            className="button button-link"
            onClick={() => {
              onClose();
              void shell.signOut();
            }}
          >
            <LogOut size={18} aria-hidden />
            <span>{say('signOut')}</span>
          </button>
        </footer>
      )}
    </Sheet>
  );
}
