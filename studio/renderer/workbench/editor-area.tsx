import 'dockview-react/dist/styles/dockview.css';
import { type DockviewApi, DockviewReact, type DockviewReadyEvent, type DockviewTheme } from 'dockview-react';
import { useCallback, useEffect, useRef } from 'react';
import { projectStore, useProject } from '../model/project-store.ts';
import { activeStore } from './active-document.ts';
import { dockStore } from './dock-store.ts';
import { describeDocument, tabOf } from './document-info.ts';
import styles from './editor-area.module.css';
import { EditorPanel } from './editor-panel.tsx';
import { EditorTab } from './editor-tab.tsx';
import { EmptyEditor } from './empty-editor.tsx';
import { openStore } from './open.ts';
import { select, selectionStore } from './selection.ts';
import { isRecord, readStored, writeStored } from './stored.ts';
import { isViewTab, ViewPanel } from './view-tabs.tsx';

const COMPONENTS = { editor: EditorPanel, view: ViewPanel };
const THEME: DockviewTheme = {
  name: 'skerry',
  className: styles.theme ?? '',
  gap: 0,
  dndOverlayMounting: 'relative',
  dndPanelOverlay: 'content',
  dndTabIndicator: 'line',
};

export function layoutKey(folder: string): string {
  return `skerry.layout.${folder}`;
}

/** Tabs that dock and split. What is open is remembered per project. */
export function EditorArea() {
  const folder = useProject((project) => project.folder);
  const stops = useRef<(() => void)[]>([]);
  useEffect(
    () => () => {
      for (const stop of stops.current.splice(0)) stop();
      dockStore.setState({ api: undefined });
      activeStore.setState({ document: undefined });
    },
    [],
  );

  const start = useCallback(
    ({ api }: DockviewReadyEvent) => {
      dockStore.setState({ api });
      restore(api, folder);
      const lastSelected = new Map<string, readonly [string, readonly string[]]>();
      const activate = () => {
        const id = api.activePanel?.id;
        const path = id !== undefined && isViewTab(id) ? undefined : id;
        activeStore.setState({ document: path });
        const { selection } = selectionStore.getState();
        if (path === undefined || (selection && tabOf(selection.document) === path)) return;
        const [document, elements] = lastSelected.get(path) ?? [path, []];
        select(document, elements);
      };
      const save = api.onDidLayoutChange(() => writeStored(layoutKey(folder), api.toJSON()));
      const active = api.onDidActivePanelChange(activate);
      activate();
      stops.current.push(
        () => save.dispose(),
        () => active.dispose(),
        selectionStore.subscribe(({ selection }) => {
          if (selection) lastSelected.set(tabOf(selection.document), [selection.document, selection.elements]);
        }),
        openStore.subscribe(({ request }) => request && open(api, tabOf(request.document))),
        projectStore.subscribe(({ project }, before) => {
          if (project && before.project && project.content !== before.project.content) {
            followMoves(api, before.project.content, project.content);
          }
        }),
      );
    },
    [folder],
  );

  return (
    <div className={styles.area}>
      <DockviewReact
        theme={THEME}
        components={COMPONENTS}
        defaultTabComponent={EditorTab}
        watermarkComponent={EmptyEditor}
        defaultRenderer="always"
        disableFloatingGroups
        onReady={start}
      />
    </div>
  );
}

type At = Pick<Parameters<DockviewApi['addPanel']>[0], 'position' | 'inactive'>;

function open(api: DockviewApi, path: string, at: At = {}): void {
  const known = api.getPanel(path);
  if (known) known.api.setActive();
  else {
    const title = describeDocument(path)?.title ?? path;
    api.addPanel({ id: path, component: 'editor', title, params: { path }, ...(at as object) });
  }
}

function restore(api: DockviewApi, folder: string): void {
  const layout = readStored(layoutKey(folder), isRecord);
  const content = projectStore.getState().project?.content;
  if (layout && content) {
    try {
      api.fromJSON(layout as unknown as Parameters<DockviewApi['fromJSON']>[0]);
      for (const panel of [...api.panels]) if (!content.has(panel.id) && !isViewTab(panel.id)) panel.api.close();
    } catch {
      // Written by another version: what was open is not worth more than a fresh start.
      api.clear();
    }
  }
  const { request } = openStore.getState();
  if (request && content?.has(request.document)) open(api, tabOf(request.document));
}

type Content = ReadonlyMap<string, { readonly id?: unknown }>;

/** A renamed or moved document keeps its tab. One that went keeps it too, and says so, until it is closed or comes back. */
function followMoves(api: DockviewApi, before: Content, after: Content): void {
  for (const panel of [...api.panels]) {
    if (after.has(panel.id) || isViewTab(panel.id)) continue;
    const id = before.get(panel.id)?.id;
    if (typeof id !== 'string') continue;
    const moved = [...after].find(([path, content]) => content.id === id && !before.has(path));
    if (!moved) continue;
    const index = panel.group.panels.indexOf(panel);
    open(api, moved[0], {
      position: { referenceGroup: panel.group, index },
      inactive: api.activePanel !== panel,
    } as At);
    panel.api.close();
  }
}
