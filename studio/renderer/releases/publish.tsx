import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { useEffect, useState } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Spinner } from '../design/spinner.tsx';
import { TextField } from '../design/text-field.tsx';
import { type HostLink, useHost } from '../host/host-link.ts';
import { useProject } from '../model/project-store.ts';
import { useWords, words } from '../words/index.ts';
import { showDialog } from '../workbench/dialog-store.ts';
import { showFault, showMessage } from '../workbench/messages.ts';
import styles from './publish.module.css';
import { Review } from './review.tsx';

type ReviewAnswer = CallReply<'publish/review'>;
/** Reasons for accepted losses, by the id of the element they concern. */
export type Reasons = Readonly<Record<string, string>>;

const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

/** Shows what a publish would change, and publishes. */
export function showPublish(): void {
  showDialog((close) => <PublishDialog onClose={close} />);
}

function PublishDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useWords('releases');
  const link = useHost();
  const name = useProject((project) => project.name);
  const review = useReview(link, onClose);
  const [version, setVersion] = useState<string>();
  const [reasons, setReasons] = useState<Reasons>({});
  const [isRunning, setIsRunning] = useState(false);
  const wanted = version ?? review?.proposedVersion ?? '';
  const error = review && versionError(wanted, review.activeVersion);
  const run = async () => {
    setIsRunning(true);
    if (await publish(link, wanted, reasons)) onClose();
    else setIsRunning(false);
  };
  const isReady = review && !error && review.errors.length === 0 && isDecided(review, reasons);
  return (
    <Dialog
      title={t('title', { name })}
      isOpen
      width={760}
      onClose={onClose}
      footer={
        <>
          {isRunning && <Spinner label={t('running')} />}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button tone="accent" icon="cloud-upload" disabled={!isReady || isRunning} onClick={() => void run()}>
            {t('run', { version: wanted })}
          </Button>
        </>
      }
    >
      {review ? (
        <div className={styles.body}>
          <div className={styles.head}>
            <TextField label={t('version')} value={wanted} onChange={setVersion} error={error} />
            <p className={styles.against}>
              {review.activeVersion === null ? t('first') : t('against', { version: review.activeVersion })}
            </p>
          </div>
          <Review review={review} reasons={reasons} onReasons={setReasons} onLeave={onClose} />
        </div>
      ) : (
        <div className={styles.waiting}>
          <Spinner label={t('looking')} />
        </div>
      )}
    </Dialog>
  );
}

function useReview({ ask }: HostLink, onFailure: () => void): ReviewAnswer | undefined {
  const [review, setReview] = useState<ReviewAnswer>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: one look, when the dialog opens
  useEffect(() => {
    let isStale = false;
    ask('publish/review', {}).then(
      (found) => !isStale && setReview(found),
      (error: unknown) => {
        if (isStale) return;
        showFault(error);
        onFailure();
      },
    );
    return () => {
      isStale = true;
    };
  }, [ask]);
  return review;
}

function versionError(version: string, active: string | null): string | undefined {
  const t = words('releases');
  if (!VERSION.test(version)) return t('badVersion');
  return active !== null && !isAbove(version, active) ? t('olderVersion', { version: active }) : undefined;
}

function isAbove(version: string, than: string): boolean {
  const parts = (text: string) => (text.split('-')[0] ?? '').split('.').map(Number);
  const [a, b] = [parts(version), parts(than)];
  const differing = a.findIndex((part, index) => part !== b[index]);
  return differing === -1 ? version !== than && than.includes('-') : (a[differing] ?? 0) > (b[differing] ?? 0);
}

function isDecided({ compatibility }: ReviewAnswer, reasons: Reasons): boolean {
  return compatibility.every(({ blocking, element }) => !blocking || (reasons[element] ?? '').trim() !== '');
}

async function publish({ ask }: HostLink, version: string, reasons: Reasons): Promise<boolean> {
  const t = words('releases');
  const accepted = Object.entries(reasons)
    .filter(([, reason]) => reason.trim() !== '')
    .map(([element, reason]) => ({ element, reason: reason.trim() }));
  try {
    const { warnings } = await ask('publish/run', { version, ...(accepted.length > 0 ? { accepted } : {}) });
    showMessage({ tone: 'success', text: t('done', { version }) });
    if (warnings.length > 0) showMessage({ tone: 'warning', text: `${t('warnings', { count: warnings.length })}` });
    return true;
  } catch (error) {
    showFault(error);
    return false;
  }
}
