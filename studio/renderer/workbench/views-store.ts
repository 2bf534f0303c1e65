import { createStore } from 'zustand';
import { isRecord, readStored, writeStored } from './stored.ts';

export type SideView = 'explorer' | 'search';
export type ThemeChoice = 'dark' | 'light' | 'system';

/** Which parts of the workbench show. */
export interface Views {
  readonly side: SideView;
  readonly isSideOpen: boolean;
  /** Id of the tab in the bottom panel. */
  readonly panel: string;
  readonly isPanelOpen: boolean;
  readonly isPropertiesOpen: boolean;
  readonly theme: ThemeChoice;
}

const KEY = 'skerry.views';
export const FIRST_VIEWS: Views = {
  side: 'explorer',
  isSideOpen: true,
  panel: 'problems',
  isPanelOpen: true,
  isPropertiesOpen: true,
  theme: 'system',
};

export const viewsStore = createStore<Views>(() => ({ ...FIRST_VIEWS, ...readStored(KEY, isViews) }));
viewsStore.subscribe((views) => writeStored(KEY, views));

function isViews(value: unknown): value is Partial<Views> {
  return (
    isRecord(value) &&
    Object.entries(value).every(([key, one]) => typeof one === typeof FIRST_VIEWS[key as keyof Views]) &&
    ['explorer', 'search'].includes(String(value.side ?? FIRST_VIEWS.side)) &&
    ['dark', 'light', 'system'].includes(String(value.theme ?? FIRST_VIEWS.theme))
  );
}

export function showSide(side: SideView): void {
  viewsStore.setState({ side, isSideOpen: true });
}

export function showPanel(panel: string): void {
  viewsStore.setState({ panel, isPanelOpen: true });
}

/** Puts the theme on <html> now and with every change of the choice or the system. */
export function followTheme(): () => void {
  const system = matchMedia('(prefers-color-scheme: light)');
  const put = () => {
    const { theme } = viewsStore.getState();
    document.documentElement.dataset.theme = theme === 'system' ? (system.matches ? 'light' : 'dark') : theme;
  };
  put();
  const stop = viewsStore.subscribe(put);
  system.addEventListener('change', put);
  return () => {
    stop();
    system.removeEventListener('change', put);
  };
}
