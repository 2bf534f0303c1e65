import type { Transport } from '@skerry/runtime/platform/ports';
import type { FatalPoint, RequestKind } from './device-messages.ts';

/** A transport that can be cut, and that can end its process in the middle of a request. */
export interface SwitchableTransport {
  readonly transport: Transport;
  setOnline(online: boolean): void;
  dieAt(point: FatalPoint): void;
}

const PATHS: { readonly [kind in RequestKind]: RegExp } = {
  upload: /^\/api\/sync\/upload$/,
  download: /^\/api\/sync\/download$/,
  files: /^\/api\/files\b/,
};

/** @param die ends the process at once */
export function switchableTransport(inner: Transport, startsOnline: boolean, die: () => void): SwitchableTransport {
  let online = startsOnline;
  let fatal: FatalPoint | null = null;
  const streams = new Set<{ close(): void }>();

  function passes(path: string, when: FatalPoint['when']): void {
    if (fatal?.when === when && PATHS[fatal.during].test(path)) die();
    if (!online) throw new Error('The network is cut.');
  }

  return {
    transport: {
      async request(request) {
        passes(request.path, 'sending');
        const answer = await inner.request(request);
        passes(request.path, 'answered');
        return answer;
      },
      stream(path, headers, onEvent, onEnd) {
        if (!online) {
          queueMicrotask(onEnd);
          return { close: () => {} };
        }
        const opened = inner.stream(path, headers, onEvent, () => {
          streams.delete(opened);
          onEnd();
        });
        streams.add(opened);
        return opened;
      },
    },
    setOnline(isOnline) {
      online = isOnline;
      if (!online) for (const stream of [...streams]) stream.close();
    },
    dieAt(point) {
      fatal = point;
    },
  };
}
