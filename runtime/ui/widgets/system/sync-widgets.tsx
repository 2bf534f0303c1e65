import { RefreshCw, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { InboxEntry } from '../../../engine/device-face.ts';
import { useApp } from '../../app-context.ts';
import { formatAgo } from '../../data/format.ts';
import { classes, type WidgetProps } from '../widget-view.tsx';
import { ObjectCaption, Versions } from './versions.tsx';

/** Connection, last synchronisation, what waits: the card that says whether work is safe. */
export function SyncStatusWidget({ widget }: WidgetProps<'syncStatus'>) {
  return <SyncCard className={widget.class} />;
}

export function SyncCard({ className }: { readonly className?: string | undefined }) {
  const { device, say, shell, status, session, language } = useApp();
  const running = status.sync.kind === 'running';

  async function syncNow() {
    const result = await device.synchronize();
    if (result.failure) shell.toast('warning', result.failure.message);
    else shell.toast('information', say('lastResult', result.applied, result.downloaded, result.removed));
  }

  return (
    <section className={classes('card sync-card', className)} aria-label={say('syncTitle')}>
      <p className={status.online ? 'sync-line' : 'sync-line sync-offline'}>
        {status.online ? say('reachable') : say('unreachable')}
      </p>
      <dl className="facts">
        <dt>{say('lastSync')}</dt>
        <dd>
          {status.lastSyncMs === null
            ? say('never')
            : formatAgo(status.lastSyncMs, Math.max(session.now, Date.now()), language)}
        </dd>
        <dt>{say('waiting')}</dt>
        <dd>{status.pending}</dd>
        <dt>{say('inbox')}</dt>
        <dd>{status.inbox}</dd>
        <dt>{say('storage')}</dt>
        <dd>{say(status.storage)}</dd>
        <dt>{say('version')}</dt>
        <dd>{status.bundleVersion ?? '–'}</dd>
      </dl>
      {status.updateReady !== null && <UpdateNote version={status.updateReady} />}
      <button type="button" className="button button-primary" aria-busy={running} onClick={() => void syncNow()}>
        <RefreshCw size={18} aria-hidden className={running ? 'spin' : ''} />
        <span>{running ? say('syncing') : say('syncNow')}</span>
      </button>
    </section>
  );
}

/** A version that is here and waits: for what, and how it may come at once. */
function UpdateNote({ version }: { readonly version: string }) {
  const { say, shell } = useApp();
  const [busy, setBusy] = useState(false);
  return (
    <div className="update-note" role="status">
      <p>
        <strong>{say('updateReady', version)}</strong> {say('updateWaits')}
      </p>
      <button
        type="button"
        className="button button-secondary"
        aria-busy={busy}
        onClick={() => {
          setBusy(true);
          void shell.startUpdate().finally(() => setBusy(false));
        }}
      >
        {say('updateNow')}
      </button>
    </div>
  );
}

export function ConflictInboxWidget({ widget }: WidgetProps<'conflictInbox'>) {
  const { device, say } = useApp();
  const [entries, setEntries] = useState<readonly InboxEntry[] | null>(null);

  useEffect(() => {
    const ask = () => void device.inbox().then(setEntries);
    ask();
    return device.subscribe((event) => {
      if (event.kind === 'status' || event.kind === 'synchronized' || event.kind === 'data') ask();
    });
  }, [device]);

  if (entries === null) return <div className="skeleton skeleton-card" aria-hidden="true" />;
  if (entries.length === 0) return <p className="empty-note">{say('inboxEmpty')}</p>;
  return (
    <ul className={classes('inbox', widget.class)}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <InboxCard entry={entry} />
        </li>
      ))}
    </ul>
  );
}

function InboxCard({ entry }: { readonly entry: InboxEntry }) {
  const app = useApp();
  const { device, say, shell } = app;
  const [busy, setBusy] = useState(false);

  async function run(act: () => Promise<{ readonly ok: boolean; readonly error?: { readonly message: string } }>) {
    setBusy(true);
    const outcome = await act();
    setBusy(false);
    if (!outcome.ok && outcome.error) shell.toast('error', outcome.error.message);
  }

  async function discard() {
    if (await shell.confirm({ title: say('discardQuestion'), confirm: say('discardEntry'), danger: true }))
      await run(() => device.discard(entry.id));
  }

  return (
    <article className="card inbox-card">
      <header>
        <span className={classes('badge', entry.kind === 'parked' ? 'tone-warning' : 'tone-danger')}>
          {say(entry.kind === 'parked' ? 'parkedEntry' : 'rejectedEntry')}
        </span>
        <time className="text-muted">{formatAgo(entry.atMs, Math.max(app.session.now, entry.atMs), app.language)}</time>
      </header>
      <p>{entry.message}</p>
      {entry.changes.map((change) => (
        <section key={`${change.object} ${change.kind}`}>
          <h3>
            <ObjectCaption entity={change.entity} object={change.object} />
          </h3>
          {change.members.length > 0 && (
            <Versions entity={change.entity} versions={change.members} mine={say('mine')} theirs={say('theirs')} />
          )}
        </section>
      ))}
      <div className="row actions">
        <button type="button" className="button button-secondary" disabled={busy} onClick={() => void discard()}>
          <Trash2 size={18} aria-hidden />
          <span>{say('discardEntry')}</span>
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={busy}
          onClick={() => void run(() => device.retry(entry.id))}
        >
          <RotateCcw size={18} aria-hidden />
          <span>{say('retryEntry')}</span>
        </button>
      </div>
    </article>
  );
}
