import { CHOOSE_FOLDER, MENU_ACTION } from '@skerry/studio/bridge/edge-words';
import type { BrowserWindow } from 'electron';
import { workbenchPolicy } from '../server/workbench-policy.ts';
import { APP_ORIGIN, APP_SCHEME, appProtocol } from './app-protocol.ts';
import type { DesktopOptions, HostLine } from './desktop-options.ts';
import { denyPermissions, keepInside } from './guards.ts';
import { menuTemplate } from './menu.ts';
import { isOurPage, joinWindows } from './window-ports.ts';

/** What of Electron the desktop needs; tests give their own. */
export type ElectronParts = Pick<
  typeof import('electron'),
  'app' | 'BrowserWindow' | 'dialog' | 'ipcMain' | 'Menu' | 'MessageChannelMain' | 'protocol' | 'session'
>;

const SIZE = { width: 1440, height: 900, minWidth: 900, minHeight: 600 } as const;

/**
 * The desktop window around the workbench. Everything that it knows comes from the host at the other end of the line;
 * it ends with the host, and the host hears when the last window closes.
 *
 * @param preload absolute path of the built preload script
 */
export async function startDesktop(
  electron: ElectronParts,
  options: DesktopOptions & { readonly preload: string; readonly isMac: boolean },
  host: HostLine,
): Promise<void> {
  const { app, BrowserWindow, Menu, protocol, session } = electron;
  app.setPath('userData', options.dataFolder);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  // Before the first window, so that no page comes without its guards, frames of devices included.
  app.on('web-contents-created', (_event, contents) => keepInside(contents, options.frames));
  app.on('window-all-closed', () => app.quit());
  host.onEnd(() => app.quit());
  await app.whenReady();

  denyPermissions(session.defaultSession);
  protocol.handle(APP_SCHEME, appProtocol(options.pageFolder, workbenchPolicy(options.frames)));
  joinWindows(electron, host);
  answerFolders(electron);
  const run = (action: string) => BrowserWindow.getFocusedWindow()?.webContents.send(MENU_ACTION, action);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(run, options.isMac)));

  let window = await openWindow(electron, options.preload);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  const reopen = async () => {
    if (BrowserWindow.getAllWindows().length === 0) window = await openWindow(electron, options.preload);
  };
  app.on('activate', () => void reopen());
  host.post({ kind: 'ready' });
}

async function openWindow({ BrowserWindow }: ElectronParts, preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    ...SIZE,
    show: false,
    title: 'Skerry',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}

/** The machine's own dialog for choosing a folder; undefined when the user thought better of it. */
function answerFolders({ BrowserWindow, dialog, ipcMain }: ElectronParts): void {
  ipcMain.handle(CHOOSE_FOLDER, async (event): Promise<string | undefined> => {
    const window = BrowserWindow.fromWebContents(event.sender);
    if (!window || !isOurPage(event)) return undefined;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      properties: ['openDirectory', 'createDirectory'],
    });
    return canceled ? undefined : filePaths[0];
  });
}
