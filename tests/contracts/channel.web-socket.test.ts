import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { webSocketChannel as windowEnd } from '../../studio/renderer/host/web-socket-channel.ts';
import { webSocketChannel as hostEnd } from '../../studio/server/web-socket-channel.ts';
import { channelContract } from './channel.contract.ts';

/** Node's own WebSocket is the browser's. */
channelContract('a web socket, from the window', async () => {
  const { socket, server, accepted } = await sockets();
  return {
    near: windowEnd(socket),
    far: hostEnd(accepted),
    sendRaw: (text) => socket.send(text),
    dispose: () => end(server, accepted),
  };
});

channelContract('a web socket, from the host', async () => {
  const { socket, server, accepted } = await sockets();
  return {
    near: hostEnd(accepted),
    far: windowEnd(socket),
    sendRaw: (text) => accepted.send(text),
    dispose: () => end(server, accepted),
  };
});

async function sockets() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const connected = once(server, 'connection') as Promise<[ServerSocket]>;
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [accepted] = await connected;
  if (socket.readyState !== socket.OPEN) await new Promise((resolve) => socket.addEventListener('open', resolve));
  return { socket, server, accepted };
}

async function end(server: WebSocketServer, accepted: ServerSocket): Promise<void> {
  accepted.terminate();
  await new Promise((resolve) => server.close(resolve));
}
