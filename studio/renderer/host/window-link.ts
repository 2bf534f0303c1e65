import type { Channel } from '@skerry/studio/bridge/channel';
import { PORT_GIVEN, PORT_WANTED, SOCKET_PATH, SOCKET_PROTOCOL } from '@skerry/studio/bridge/edge-words';
import { messagePortChannel } from '@skerry/studio/bridge/message-port-channel';
import { connectionStore } from './connection-store.ts';
import { followDesktopMenu } from './desktop-menu.ts';
import { BridgeFault } from './host-link.ts';
import { type LastingLink, lastingLink } from './lasting-link.ts';
import { requireKnownSession, sessionSecret } from './session.ts';
import { webSocketChannel } from './web-socket-channel.ts';

/**
 * This window's link to the host, over whatever it was opened with: a message port in the desktop window, a web socket
 * in a browser. connectionStore says how it fares.
 */
export function openWindowLink(onReconnect: () => void): LastingLink {
  const isDesktop = 'skerryDesktop' in window;
  if (isDesktop) followDesktopMenu();
  return lastingLink({
    open: isDesktop ? desktopChannel : browserChannel,
    onReconnect,
    onState: (state) => connectionStore.setState(state, true),
    wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    log: (message) => console.warn(message),
  });
}

async function browserChannel(): Promise<Channel> {
  const place = { location, history, sessionStorage, fetch: fetch.bind(window) };
  const secret = await sessionSecret(place);
  const socket = new WebSocket(`ws://${location.host}${SOCKET_PATH}`, [SOCKET_PROTOCOL, secret]);
  const channel = webSocketChannel(socket);
  const isOpen = await new Promise<boolean>((resolve) => {
    socket.addEventListener('open', () => resolve(true));
    socket.addEventListener('close', () => resolve(false));
  });
  if (isOpen) return channel;
  await requireKnownSession(place, secret);
  throw new BridgeFault('bridge/closed', 'The studio does not answer.');
}

/** The port comes once; a desktop window whose host has gone is reloaded with a new one. */
let portUsed = false;
async function desktopChannel(): Promise<Channel> {
  if (portUsed)
    throw new BridgeFault('bridge/no-session', 'The studio has stopped. Close this window and start it again.');
  portUsed = true;
  const port = await new Promise<MessagePort>((resolve) => {
    const take = (event: MessageEvent<unknown>) => {
      const [given] = event.ports;
      if (event.source !== window || event.data !== PORT_GIVEN || !given) return;
      window.removeEventListener('message', take);
      resolve(given);
    };
    window.addEventListener('message', take);
    window.postMessage(PORT_WANTED, location.origin);
  });
  return messagePortChannel({
    post: (text) => port.postMessage(text),
    onText(listener) {
      port.onmessage = (event: MessageEvent<unknown>) => listener(event.data);
    },
    onClose: (listener) => port.addEventListener('close', listener),
    close: () => port.close(),
  });
}
