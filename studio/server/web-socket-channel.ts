import type { Channel } from '@skerry/studio/bridge/channel';
import { textChannel } from '@skerry/studio/bridge/text-channel';
import type { WebSocket } from 'ws';

/** The host's end of a window's web socket. */
export function webSocketChannel(socket: WebSocket): Channel {
  const { channel, receive, ended } = textChannel({ send: (text) => socket.send(text), close: () => socket.close() });
  socket.on('message', (data, isBinary) => receive(isBinary ? undefined : String(data)));
  socket.on('close', ended);
  // A broken line is followed by its close; without a listener the error would end the process.
  socket.on('error', () => {});
  return channel;
}
