import { PORT_GIVEN, PORT_WANTED } from '@skerry/studio/bridge/edge-words';
import type { IpcMainEvent, MessagePortMain } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';
import type { HostLine } from './desktop-options.ts';
import { originOf } from './guards.ts';

type PortParts = Pick<typeof import('electron'), 'ipcMain' | 'MessageChannelMain'>;

/**
 * Gives each page of ours that asks a port, and carries what it says to the host and back. A page that is loaded again
 * asks again; its former port is closed with it.
 */
export function joinWindows({ ipcMain, MessageChannelMain }: PortParts, host: HostLine): void {
  const ports = new Map<number, MessagePortMain>();
  let lastWindow = 0;
  ipcMain.on(PORT_WANTED, (event: IpcMainEvent) => {
    if (!isOurPage(event)) return;
    const window = ++lastWindow;
    const { port1: near, port2: given } = new MessageChannelMain();
    ports.set(window, near);
    near.on('message', ({ data }) => {
      if (typeof data === 'string') host.post({ kind: 'text', window, text: data });
    });
    near.on('close', () => {
      if (ports.delete(window)) host.post({ kind: 'closed', window });
    });
    near.start();
    host.post({ kind: 'opened', window });
    event.sender.postMessage(PORT_GIVEN, null, [given]);
  });
  host.onMessage((message) => {
    const port = ports.get(message.window);
    if (!port) return;
    if (message.kind === 'text') port.postMessage(message.text);
    else {
      ports.delete(message.window);
      port.close();
    }
  });
}

/** A frame inside the workbench, or a page that got in some other way, is given nothing. */
export function isOurPage({ senderFrame }: Pick<IpcMainEvent, 'senderFrame'>): boolean {
  return senderFrame !== null && senderFrame.parent === null && originOf(senderFrame.url) === APP_ORIGIN;
}
