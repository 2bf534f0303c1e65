import { memoryLines } from '@skerry/studio/bridge/memory-channel';
import { channelContract } from './channel.contract.ts';

channelContract('memory', async () => {
  const [near, far] = memoryLines();
  return {
    near: near.channel,
    far: far.channel,
    sendRaw: (text) => near.line.send(text),
    dispose: () => near.channel.close(),
  };
});
