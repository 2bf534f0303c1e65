import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { HostLink } from '../../host/host-link.ts';
import { words } from '../../words/index.ts';
import { showDialog } from '../dialog-store.ts';
import { describeDocument, fullTitle } from '../document-info.ts';
import { showFault } from '../messages.ts';
import styles from './dialog-parts.module.css';

/** Throws the unsaved changes of a tab away, after asking. */
export function confirmRevert(link: HostLink, document: string, dirty: readonly string[]): void {
  const t = words('workbench');
  const info = describeDocument(document);
  showDialog((close) => (
    <Dialog
      title={t('revert.title', { name: info ? fullTitle(info) : document })}
      isOpen
      onClose={close}
      width={420}
      footer={
        <>
          <Button onClick={close}>{t('revert.cancel')}</Button>
          <Button
            tone="danger"
            onClick={() => {
              close();
              link.ask('project/revert', { documents: [...dirty] }).catch(showFault);
            }}
          >
            {t('revert.apply')}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{t('revert.text')}</p>
    </Dialog>
  ));
}
