import type { HostLink } from '../host/host-link.ts';
import { projectStore } from '../model/project-store.ts';
import { stepProblem } from '../panels/problems-view-store.ts';
import { findReferences } from '../panels/references-store.ts';
import { showPublish } from '../releases/publish.tsx';
import { words } from '../words/index.ts';
import { type Action, registerActions } from './actions.ts';
import { activeStore } from './active-document.ts';
import { showDialog } from './dialog-store.ts';
import { confirmRevert } from './dialogs/confirm-revert.tsx';
import { NewProjectDialog } from './dialogs/new-project-dialog.tsx';
import { OpenFolderDialog } from './dialogs/open-folder-dialog.tsx';
import { renameElement } from './dialogs/rename-dialog.tsx';
import { ShortcutsDialog } from './dialogs/shortcuts-dialog.tsx';
import { closeOtherTabs, closeTab, splitTab, stepTab } from './dock-store.ts';
import { documentHistoryStore, stepHistory } from './document-history.ts';
import { nameOfElement } from './element-name.ts';
import { showFault, showMessage } from './messages.ts';
import { openProject } from './open-project.ts';
import { Palette } from './palette.tsx';
import { selectionStore } from './selection.ts';
import { openView } from './view-tabs.tsx';
import { showPanel, showSide, type Views, viewsStore } from './views-store.ts';
import { resetLayout } from './workbench.tsx';

/** What the workbench itself can do. */
export function registerCoreActions(link: HostLink): () => void {
  const t = words('workbench');
  const action = (id: string, run: Action['run'], more: Partial<Action> = {}): Action => ({
    id,
    title: t(`action.${id}`),
    category: t(`category.${id.slice(0, id.indexOf('.'))}`),
    run,
    ...more,
  });
  return registerActions([
    ...fileActions(link, action),
    ...editActions(link, action),
    ...viewActions(action),
    ...releaseActions(),
    action('help.shortcuts', () => showDialog((close) => <ShortcutsDialog onClose={close} />), {
      keys: ['$mod+Alt+KeyK'],
    }),
  ]);
}

type Make = (id: string, run: Action['run'], more?: Partial<Action>) => Action;

const hasProject = () => Boolean(projectStore.getState().project);
const activeDocument = () => activeStore.getState().document;
const hasDocument = () => activeDocument() !== undefined;

/** Unsaved paths that belong to a tab: the document, its geometry, and for diagrams the entities on them. */
function dirtyOf(document: string | undefined): readonly string[] {
  const dirty = [...(projectStore.getState().project?.dirty ?? [])];
  if (document === undefined) return [];
  const layout = document.replace(/\.json$/, '.layout.json');
  const entities = document.endsWith('/domain.json') ? document.replace(/domain\.json$/, 'entities/') : undefined;
  return dirty.filter(
    (path) => path === document || path === layout || (entities !== undefined && path.startsWith(entities)),
  );
}

function fileActions(link: HostLink, action: Make): readonly Action[] {
  const t = words('workbench');
  const save = async (documents?: readonly string[]) => {
    if (documents?.length === 0) {
      showMessage({ tone: 'info', text: t('nothingToSave') });
      return;
    }
    const { written, removed, diagnostics } = await link.ask(
      'project/save',
      documents ? { documents: [...documents] } : {},
    );
    for (const { message } of diagnostics) showMessage({ tone: 'error', text: message });
    if (diagnostics.length === 0)
      showMessage({ tone: 'success', text: t('saved', { count: written.length + removed.length }) });
  };
  return [
    action('file.newFromTemplate', () => showDialog((close) => <NewProjectDialog onClose={close} />)),
    action(
      'file.openFolder',
      () =>
        showDialog((close) => (
          <OpenFolderDialog
            wants="project"
            onClose={close}
            onChoose={async (folder) => {
              if (await openProject(link, folder)) close();
            }}
          />
        )),
      { keys: ['$mod+KeyO'] },
    ),
    action('file.save', () => save(dirtyOf(activeDocument())), { keys: ['$mod+KeyS'], isEnabled: hasDocument }),
    action('file.saveAll', () => save(), {
      keys: ['$mod+Alt+KeyS'],
      isEnabled: () => (projectStore.getState().project?.dirty.size ?? 0) > 0,
    }),
    action('file.revert', () => confirmRevert(link, activeDocument() ?? '', dirtyOf(activeDocument())), {
      isEnabled: () => dirtyOf(activeDocument()).length > 0,
    }),
    action(
      'file.closeProject',
      async () => {
        await link.ask('project/close', {});
        projectStore.setState({ project: null });
      },
      { isEnabled: hasProject },
    ),
  ];
}

function editActions(link: HostLink, action: Make): readonly Action[] {
  const selected = () => {
    const { selection } = selectionStore.getState();
    const content = selection && projectStore.getState().project?.content.get(selection.document);
    if (!selection || !content) return undefined;
    const element = selection.elements.at(-1) ?? (typeof content.id === 'string' ? content.id : undefined);
    const name = element && nameOfElement(content, element);
    return element && name ? { document: selection.document, element, name } : undefined;
  };
  return [
    action('edit.undo', () => stepHistory(link, 'undo', activeDocument()), {
      keys: ['$mod+KeyZ'],
      isEnabled: () => documentHistoryStore.getState().undo !== undefined,
    }),
    action('edit.redo', () => stepHistory(link, 'redo', activeDocument()), {
      keys: ['$mod+Shift+KeyZ', '$mod+KeyY'],
      isEnabled: () => documentHistoryStore.getState().redo !== undefined,
    }),
    action('edit.undoProject', () => stepHistory(link, 'undo'), {
      keys: ['$mod+Alt+KeyZ'],
      isEnabled: () => projectStore.getState().project?.history.undo !== undefined,
    }),
    action('edit.redoProject', () => stepHistory(link, 'redo'), {
      keys: ['$mod+Alt+Shift+KeyZ'],
      isEnabled: () => projectStore.getState().project?.history.redo !== undefined,
    }),
    action(
      'edit.rename',
      () => {
        const it = selected();
        if (it) renameElement(link, it);
      },
      { keys: ['F2'], isEnabled: () => selected() !== undefined },
    ),
    action(
      'edit.findReferences',
      () => {
        const it = selected();
        if (it) findReferences(link, it.document, it.element, it.name).catch(showFault);
      },
      { keys: ['Shift+F12', '$mod+Alt+KeyR'], isEnabled: () => selected() !== undefined },
    ),
  ];
}

function releaseActions(): readonly Action[] {
  const t = words('releases');
  const make = (id: string, title: string, run: Action['run'], key: string): Action => ({
    id,
    title,
    category: t('category'),
    keys: [key],
    isEnabled: hasProject,
    run,
  });
  return [
    make('releases.publish', t('publish'), showPublish, '$mod+Alt+KeyU'),
    make('releases.preview', t('preview'), () => openView('view:preview'), '$mod+Alt+KeyP'),
  ];
}

function viewActions(action: Make): readonly Action[] {
  const palette = (prefix: string) => () => showDialog((close) => <Palette prefix={prefix} onClose={close} />);
  const toggle = (key: 'isSideOpen' | 'isPanelOpen' | 'isPropertiesOpen') => () =>
    viewsStore.setState((views): Partial<Views> => ({ [key]: !views[key] }));
  const within = (id: string, run: Action['run'], ...keys: readonly string[]) =>
    action(id, run, { keys, isEnabled: hasProject });
  const onTab = (id: string, run: Action['run'], ...keys: readonly string[]) =>
    action(id, run, { keys, isEnabled: hasDocument });
  return [
    within('view.commandPalette', palette('>'), '$mod+Shift+KeyP', 'F1'),
    within('view.goToDocument', palette(''), '$mod+KeyP'),
    onTab('view.goToElementInDocument', palette('@'), '$mod+Shift+KeyO'),
    within('view.goToElement', palette('#'), '$mod+Alt+KeyT'),
    within('view.explorer', () => focusSide('explorer'), '$mod+Shift+KeyE'),
    within('view.search', () => focusSide('search'), '$mod+Shift+KeyF'),
    within('view.toggleSideBar', toggle('isSideOpen'), '$mod+KeyB'),
    within('view.togglePanel', toggle('isPanelOpen'), '$mod+KeyJ'),
    within('view.toggleProperties', toggle('isPropertiesOpen'), '$mod+Alt+KeyB'),
    within('view.problems', () => focusPanel('problems'), '$mod+Shift+KeyM'),
    within('view.references', () => focusPanel('references')),
    within('view.output', () => focusPanel('output')),
    within('view.nextProblem', () => stepProblem(1), 'F8'),
    within('view.previousProblem', () => stepProblem(-1), 'Shift+F8'),
    onTab('view.closeTab', () => closeTab(activeDocument() ?? ''), 'Alt+KeyW'),
    onTab('view.closeOtherTabs', () => closeOtherTabs(activeDocument())),
    onTab('view.closeAllTabs', () => closeOtherTabs(undefined), 'Alt+Shift+KeyW'),
    onTab('view.nextTab', () => stepTab(1), 'Alt+PageDown'),
    onTab('view.previousTab', () => stepTab(-1), 'Alt+PageUp'),
    onTab('view.splitRight', () => splitTab('right'), '$mod+Backslash'),
    onTab('view.splitDown', () => splitTab('bottom')),
    within('view.resetLayout', () => resetLayout(projectStore.getState().project?.folder ?? '')),
    ...(['Dark', 'Light', 'System'] as const).map((theme) =>
      action(
        `view.theme${theme}`,
        () => viewsStore.setState({ theme: theme.toLowerCase() as 'dark' | 'light' | 'system' }),
        { category: words('workbench')('category.theme') },
      ),
    ),
  ];
}

/** Shows a part of the workbench and puts the keyboard into it. */
function focusSide(side: 'explorer' | 'search'): void {
  showSide(side);
  focusSoon(`[data-focus-first="${side}"]`);
}

function focusPanel(panel: string): void {
  showPanel(panel);
  focusSoon(`[data-focus-first="${panel}"]`);
}

function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}
