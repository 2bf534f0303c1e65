import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Transport } from '../ports.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
/** Below this a body is not worth compressing. */
const COMPRESSED_FROM_BYTES = 2048;
const compress = promisify(gzip);

/** Reaches the service over HTTP; connections are kept alive by Node's fetch. @param origin without a path */
export function fetchTransport(origin: string): Transport {
  return {
    async request({ method, path, headers, body, timeoutMs = DEFAULT_TIMEOUT_MS }) {
      const isText = typeof body === 'string' && body.length >= COMPRESSED_FROM_BYTES;
      const sent = isText ? await compress(body) : body;
      const answer = await fetch(origin + path, {
        method,
        headers: { ...headers, 'accept-encoding': 'zstd, gzip', ...(isText ? { 'content-encoding': 'gzip' } : {}) },
        body: (sent ?? null) as Uint8Array<ArrayBuffer> | string | null,
        signal: AbortSignal.timeout(timeoutMs),
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const length = Number(answer.headers.get('content-length') ?? Number.NaN);
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: bytes,
        wireBytes: Number.isFinite(length) ? length : bytes.length,
      };
    },
    stream(path, headers, onEvent, onEnd) {
      const abort = new AbortController();
      void readEvents(origin + path, headers, abort.signal, onEvent).then(onEnd, onEnd);
      return { close: () => abort.abort() };
    },
  };
}

async function readEvents(
  url: string,
  headers: { readonly [name: string]: string },
  signal: AbortSignal,
  onEvent: (data: string) => void,
): Promise<void> {
  const answer = await fetch(url, { headers, signal });
  if (!answer.ok || !answer.body) return;
  let rest = '';
  for await (const text of answer.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const lines = event.split('\n').filter((line) => line.startsWith('data:'));
      if (lines.length > 0) onEvent(lines.map((line) => line.slice(5).trimStart()).join('\n'));
    }
  }
}
