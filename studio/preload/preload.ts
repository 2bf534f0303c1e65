import { CHOOSE_FOLDER, MENU_ACTION, PORT_GIVEN, PORT_WANTED } from '@skerry/studio/bridge/edge-words';
import { contextBridge, ipcRenderer } from 'electron';

/** All that the page gets of the desktop: a port to the host, the dialog for folders, and what the menus say. */
contextBridge.exposeInMainWorld('skerryDesktop', { chooseFolder: () => ipcRenderer.invoke(CHOOSE_FOLDER) });

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (event.source === window && event.data === PORT_WANTED) ipcRenderer.send(PORT_WANTED);
});
// A port cannot pass the bridge between the worlds; a message of the window can bring it.
ipcRenderer.on(PORT_GIVEN, (event) => window.postMessage(PORT_GIVEN, location.origin, [...event.ports]));
ipcRenderer.on(MENU_ACTION, (_event, action: unknown) => {
  if (typeof action === 'string') window.postMessage({ [MENU_ACTION]: action }, location.origin);
});
