import type { Cell } from '@skerry/shared/base/cell';
import { fromCell } from '@skerry/shared/expression/convert';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { RefreshCw, RotateCcw, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { InboxEntry } from '../../../engine/device-face.ts';
import { type AppContextValue, useApp } from '../../app-context.ts';
import { formatAgo, formatForPeople } from '../../data/format.ts';
import { classes, type WidgetProps } from '../widget-view.tsx';

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
      <button type="button" className="button button-primary" aria-busy={running} onClick={() => void syncNow()}>
        <RefreshCw size={18} aria-hidden className={running ? 'spin' : ''} />
        <span>{running ? say('syncing') : say('syncNow')}</span>
      </button>
    </section>
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
          <h3>{spelledOut(change.entity)}</h3>
          {change.members.length > 0 && (
            <table className="versions">
              <thead>
                <tr>
                  <th scope="col">
                    <span className="hidden">{say('name')}</span>
                  </th>
                  <th scope="col">{say('mine')}</th>
                  <th scope="col">{say('theirs')}</th>
                </tr>
              </thead>
              <tbody>
                {change.members.map((member) => (
                  <tr key={member.member} className={member.conflict ? 'versions-conflict' : ''}>
                    <th scope="row">{spelledOut(member.member)}</th>
                    <td>{cellText(app, change.entity, member.member, member.mine)}</td>
                    <td>{cellText(app, change.entity, member.member, member.theirs)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
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

/** Models give members and entities no captions; their names in words are the nearest. */
function spelledOut(qualifiedName: string): string {
  return (qualifiedName.split('.').at(-1) ?? qualifiedName).replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}

function cellText(app: AppContextValue, entity: string, member: string, cell: Cell): string {
  const type = domainView(app.content.model).attributes(entity).get(member)?.type;
  return (type ? formatForPeople(fromCell(cell, type), app, type) : String(cell ?? '')) || '–';
}
