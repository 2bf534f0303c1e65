import type { Channel } from '@skerry/studio/bridge/channel';
import { textChannel } from '@skerry/studio/bridge/text-channel';

/** The window's end of a web socket. What is sent while it opens waits for that. */
export function webSocketChannel(socket: WebSocket): Channel {
  const waiting: string[] = [];
  const { channel, receive, ended } = textChannel({
    send(text) {
      if (socket.readyState === socket.CONNECTING) waiting.push(text);
      else socket.send(text);
    },
    close: () => socket.close(),
  });
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  socket.addEventListener('message', (event: MessageEvent<unknown>) => receive(event.data));
  socket.addEventListener('close', ended);
  return channel;
}
