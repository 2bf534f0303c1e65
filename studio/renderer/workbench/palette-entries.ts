import type { Project } from '../model/project-store.ts';
import { words } from '../words/index.ts';
import { actionStore } from './actions.ts';
import { openTabs } from './dock-store.ts';
import { describeDocument, fullTitle } from './document-info.ts';
import { elementsOf } from './elements.ts';
import { keysOf, runAction } from './key-bindings.ts';
import { openDocument } from './open.ts';

export interface PaletteEntry {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly icon: string;
  readonly keys?: string | undefined;
  /** The keyboard belongs into the editor afterwards. */
  readonly opensDocument: boolean;
  readonly run: () => void;
}

/** What the palette offers in one of its modes, the likeliest first. */
export function paletteEntries(
  mode: string,
  project: Project | undefined,
  active: string | undefined,
): readonly PaletteEntry[] {
  if (mode === '>') return commands();
  if (!project) return [];
  if (mode === '') return documents(project);
  const paths = mode === '#' ? [...project.content.keys()] : active === undefined ? [] : withEntities(active, project);
  return paths.flatMap((path) => elements(path, project));
}

function commands(): readonly PaletteEntry[] {
  return [...actionStore.getState().actions.values()]
    .filter((action) => action.isEnabled?.() !== false)
    .map((action) => ({
      id: action.id,
      title: `${action.category}: ${action.title}`,
      detail: '',
      icon: 'terminal',
      keys: keysOf(action)[0],
      opensDocument: false,
      run: () => runAction(action),
    }))
    .sort((one, other) => one.title.localeCompare(other.title));
}

function documents(project: Project): readonly PaletteEntry[] {
  const t = words('workbench');
  const opened = new Set(openTabs());
  return [...project.content.keys()]
    .flatMap((path): PaletteEntry[] => {
      const info = describeDocument(path);
      if (!info) return [];
      const { title, module, kind, folders, icon } = info;
      return [
        {
          id: path,
          title,
          detail: [module, t(`kind.${kind}`), ...folders].filter((part) => part !== '' && part !== title).join(' › '),
          icon,
          opensDocument: true,
          run: () => openDocument(path),
        },
      ];
    })
    .sort((one, other) => Number(opened.has(other.id)) - Number(opened.has(one.id)));
}

/** The entities stand on the diagram of their module, so they are part of it here too. */
function withEntities(active: string, project: Project): readonly string[] {
  if (!active.endsWith('/domain.json')) return [active];
  const folder = active.replace(/domain\.json$/, 'entities/');
  return [active, ...[...project.content.keys()].filter((path) => path.startsWith(folder))];
}

function elements(path: string, project: Project): readonly PaletteEntry[] {
  const content = project.content.get(path);
  const info = describeDocument(path);
  if (!content || !info) return [];
  return elementsOf(path, content).map(({ element, name, within, kind }) => ({
    id: `${path} ${element}`,
    title: name,
    detail: [fullTitle(info), ...within, kind].filter(Boolean).join(' › '),
    icon: info.icon,
    opensDocument: true,
    run: () => openDocument(path, { element }),
  }));
}
