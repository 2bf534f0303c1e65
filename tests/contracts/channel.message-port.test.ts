import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { messagePortChannel, type PortLine } from '@skerry/studio/bridge/message-port-channel';
import { channelContract } from './channel.contract.ts';

channelContract('a message port', async () => {
  const { port1, port2 } = new MessageChannel();
  const near = messagePortChannel(lineOver(port1));
  return {
    near,
    far: messagePortChannel(lineOver(port2)),
    sendRaw: (text) => port1.postMessage(text),
    dispose: () => near.close(),
  };
});

function lineOver(port: MessagePort): PortLine {
  return {
    post: (text) => port.postMessage(text),
    onText: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}
