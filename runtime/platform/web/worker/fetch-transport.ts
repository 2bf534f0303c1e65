import type { HttpAnswer, Transport } from '../../ports.ts';

const DEFAULT_TIMEOUT_MS = 60_000;

/** Reaches the service on the page's own origin. Tokens travel in headers, never in cookies: ports of one host share those. */
export function fetchTransport(origin: string): Transport {
  return {
    async request({ method, path, headers, body, timeoutMs = DEFAULT_TIMEOUT_MS }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const answer = await fetch(origin + path, {
        method,
        headers: headers ?? {},
        body: (body ?? null) as BodyInit | null,
        credentials: 'omit',
        cache: 'no-store',
        signal: timeout,
      });
      const bytes = new Uint8Array(await answer.arrayBuffer());
      const encoded = Number(answer.headers.get('content-length') ?? Number.NaN);
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: bytes,
        wireBytes: Number.isFinite(encoded) ? encoded : bytes.length,
      } satisfies HttpAnswer;
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
) {
  const answer = await fetch(url, { headers, signal, credentials: 'omit', cache: 'no-store' });
  if (!answer.ok || !answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const events = rest.split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      if (data) onEvent(data);
    }
  }
}
