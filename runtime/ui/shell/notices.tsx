import { Info, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReplacedNotice } from '../../engine/device-face.ts';
import { useApp } from '../app-context.ts';
import { formatAgo } from '../data/format.ts';
import { spelledOut } from '../data/naming.ts';
import { ObjectCaption, Versions } from '../widgets/system/versions.tsx';
import { Sheet } from './sheet.tsx';
import type { Say } from './words.ts';

/** What conflicts replaced and the user has not seen yet. */
export function useNotices(): readonly ReplacedNotice[] {
  const { device, status } = useApp();
  const [notices, setNotices] = useState<readonly ReplacedNotice[]>([]);
  const count = status.notices;
  useEffect(() => {
    if (count === 0) return setNotices([]);
    let left = false;
    void device.notices().then(
      (found) => {
        if (!left) setNotices(found);
      },
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [device, count]);
  return notices;
}

/** Says calmly that something of the user's was replaced, on every page, until it has been looked at or waved away. */
export function NoticeBanner({ onDetails }: { onDetails(): void }) {
  const { device, say } = useApp();
  const notices = useNotices();
  if (notices.length === 0) return null;
  return (
    <div className="notice" role="status">
      <Info size={18} aria-hidden />
      <p>{noticeText(notices, say)}</p>
      <button type="button" className="notice-details" onClick={onDetails}>
        {say('details')}
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={say('seen')}
        onClick={() => void device.dismissNotices(notices.map(({ id }) => id))}
      >
        <X size={18} aria-hidden />
      </button>
    </div>
  );
}

function noticeText(notices: readonly ReplacedNotice[], say: Say): string {
  const [first] = notices;
  if (!first || notices.length > 1) return say('noticeMany', notices.length);
  return first.member === null
    ? say('noticeDelete', spelledOut(first.entity))
    : say('noticeOne', spelledOut(first.member));
}

/** Both values of each. Whoever closes it has seen them. */
export function NoticeSheet({ onClose }: { onClose(): void }) {
  const { device, say, session, language } = useApp();
  const notices = useNotices();
  function close() {
    onClose();
    void device.dismissNotices(notices.map(({ id }) => id));
  }
  return (
    <Sheet title={say('replacedTitle')} onClose={close}>
      <p>{say('replacedNote')}</p>
      <ul className="inbox">
        {notices.map((notice) => (
          <li key={notice.id} className="notice-card">
            <div className="notice-head">
              <h3>
                <ObjectCaption entity={notice.entity} object={notice.object} />
              </h3>
              <time className="text-muted">
                {formatAgo(notice.atMs, Math.max(session.now, Date.now(), notice.atMs), language)}
              </time>
            </div>
            {notice.member === null ? (
              <p>{say('noticeDelete', spelledOut(notice.entity))}</p>
            ) : (
              <Versions
                entity={notice.entity}
                mine={say('yours')}
                theirs={say('now')}
                versions={[{ member: notice.member, mine: notice.mine, theirs: notice.theirs, conflict: false }]}
              />
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="button button-primary" onClick={close}>
        {say('seen')}
      </button>
    </Sheet>
  );
}
