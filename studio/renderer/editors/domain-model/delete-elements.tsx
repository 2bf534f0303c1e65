import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { HostLink } from '../../host/host-link.ts';
import { useWords } from '../../words/index.ts';
import { showDialog } from '../../workbench/dialog-store.ts';
import { showFault } from '../../workbench/messages.ts';
import { openDocument } from '../../workbench/open.ts';
import styles from './domain-model-editor.module.css';

type Usage = CallReply<'refactoring/usages'>[number];

export interface Deletable {
  readonly document: string;
  readonly element: string;
  readonly name: string;
  /** A whole document goes; its own usages of itself do not count. */
  readonly isDocument: boolean;
}

/** Deletes elements of a diagram in one step: at once when nothing else speaks of them, else after saying what does. */
export async function deleteElements(link: HostLink, elements: readonly Deletable[]): Promise<void> {
  if (elements.length === 0) return;
  const gone = new Set(elements.filter(({ isDocument }) => isDocument).map(({ document }) => document));
  const remove = async () => {
    try {
      await link.ask('command/run', {
        command: 'element.delete',
        arguments: { elements: elements.map(({ document, element }) => ({ document, element })) },
      });
    } catch (error) {
      showFault(error);
    }
  };
  try {
    const usages: Usage[] = [];
    for (const { document, element } of elements) {
      const found = await link.ask('refactoring/usages', { document, element });
      usages.push(...found.filter((usage) => !gone.has(usage.document)));
    }
    if (usages.length === 0) await remove();
    else {
      showDialog((close) => <UsedDialog elements={elements} usages={usages} onDelete={remove} onClose={close} />);
    }
  } catch (error) {
    showFault(error);
  }
}

interface UsedDialogProps {
  readonly elements: readonly Deletable[];
  readonly usages: readonly Usage[];
  readonly onDelete: () => Promise<void>;
  readonly onClose: () => void;
}

const SHOWN = 8;

function UsedDialog({ elements, usages, onDelete, onClose }: UsedDialogProps) {
  const t = useWords('domain');
  const [only] = elements;
  const name = only && elements.length === 1 ? only.name : t('several', { count: elements.length });
  return (
    <Dialog
      title={t('usedTitle', { name })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            tone="danger"
            onClick={() => {
              onClose();
              void onDelete();
            }}
          >
            {t('deleteAnyway')}
          </Button>
        </>
      }
    >
      <p>{t('usedText', { count: usages.length })}</p>
      <ul className={styles.usages}>
        {usages.slice(0, SHOWN).map((usage) => (
          <li key={`${usage.document}:${usage.path.join('/')}:${usage.span?.start ?? ''}`}>
            <button
              type="button"
              onClick={() => {
                onClose();
                openDocument(usage.document, { element: usage.element, path: usage.path });
              }}
            >
              {usage.document}
            </button>
            <code>{usage.text}</code>
          </li>
        ))}
      </ul>
      {usages.length > SHOWN && <p>{t('usedMore', { count: usages.length - SHOWN })}</p>}
    </Dialog>
  );
}
