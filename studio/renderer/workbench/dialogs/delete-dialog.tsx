import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import type { HostLink } from '../../host/host-link.ts';
import { projectStore } from '../../model/project-store.ts';
import { useWords, words } from '../../words/index.ts';
import { showDialog } from '../dialog-store.ts';
import { stepHistory } from '../document-history.ts';
import { describeDocument, fullTitle, ownElement } from '../document-info.ts';
import { showFault, showMessage } from '../messages.ts';
import styles from './dialog-parts.module.css';

type Usage = CallReply<'refactoring/usages'>[number];

/** Deletes documents: at once when nothing else speaks of them (it can be undone), else after saying what does. */
export async function deleteDocuments(link: HostLink, paths: readonly string[]): Promise<void> {
  const content = projectStore.getState().project?.content;
  const gone = new Set(paths);
  try {
    const usages: Usage[] = [];
    for (const document of paths) {
      const element = ownElement(content?.get(document));
      if (element === undefined) continue;
      const found = await link.ask('refactoring/usages', { document, element });
      usages.push(...found.filter((usage) => !gone.has(usage.document)));
    }
    const remove = () => run(link, paths);
    if (usages.length === 0) await remove();
    else showDialog((close) => <DeleteDialog paths={paths} usages={usages} onDelete={remove} onClose={close} />);
  } catch (error) {
    showFault(error);
  }
}

async function run(link: HostLink, paths: readonly string[]): Promise<void> {
  await link.ask('command/run', { command: 'document.delete', arguments: { documents: paths } });
  tellDeleted(link, paths.map(titleOf).join(', '));
}

function tellDeleted(link: HostLink, name: string): void {
  const t = words('workbench');
  showMessage({
    tone: 'info',
    text: t('remove.done', { name }),
    action: { title: t('toast.undo'), run: () => void stepHistory(link, 'undo') },
  });
}

/** Deletes a module with all its documents, after asking. */
export function deleteModule(link: HostLink, module: string): void {
  const prefix = `modules/${module}/`;
  const paths = [...(projectStore.getState().project?.content.keys() ?? [])].filter(
    (path) => path.startsWith(prefix) && !path.endsWith('.layout.json'),
  );
  const remove = async () => {
    await link.ask('command/run', { command: 'module.delete', arguments: { module } });
    tellDeleted(link, module);
  };
  showDialog((close) => <DeleteModuleDialog module={module} count={paths.length} onDelete={remove} onClose={close} />);
}

function titleOf(path: string): string {
  const info = describeDocument(path);
  return info ? fullTitle(info) : path;
}

interface DeleteDialogProps {
  readonly paths: readonly string[];
  readonly usages: readonly Usage[];
  readonly onDelete: () => Promise<void>;
  readonly onClose: () => void;
}

function DeleteDialog({ paths, usages, onDelete, onClose }: DeleteDialogProps) {
  const t = useWords('workbench');
  const [first = ''] = paths;
  return (
    <Dialog
      title={
        paths.length === 1
          ? t('remove.title', { name: titleOf(first) })
          : t('remove.titleMany', { count: paths.length })
      }
      isOpen
      onClose={onClose}
      width={600}
      footer={
        <>
          <Button onClick={onClose}>{t('remove.cancel')}</Button>
          <Button
            tone="danger"
            onClick={() => {
              onClose();
              onDelete().catch(showFault);
            }}
          >
            {t('remove.apply')}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{t('remove.usedBy', { count: usages.length })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable */}
      <ul className={styles.list} tabIndex={0} aria-label={t('remove.show')}>
        {usages.map((usage) => (
          <li key={`${usage.document} ${usage.path.join('/')} ${usage.span?.start ?? ''}`} className={styles.row}>
            <span className={styles.where}>{titleOf(usage.document)}</span>
            <span className={styles.what}>{usage.text}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface DeleteModuleDialogProps {
  readonly module: string;
  readonly count: number;
  readonly onDelete: () => Promise<void>;
  readonly onClose: () => void;
}

function DeleteModuleDialog({ module, count, onDelete, onClose }: DeleteModuleDialogProps) {
  const t = useWords('workbench');
  return (
    <Dialog
      title={t('remove.title', { name: module })}
      isOpen
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('remove.cancel')}</Button>
          <Button
            tone="danger"
            onClick={() => {
              onClose();
              onDelete().catch(showFault);
            }}
          >
            {t('remove.applyModule')}
          </Button>
        </>
      }
    >
      <p className={styles.text}>{t('remove.module', { count })}</p>
    </Dialog>
  );
}
