import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { brotliDecompressSync, constants, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** All that came back for one request: its head as text, its body with the content coding undone. */
interface Received {
  readonly url: string;
  readonly head: string;
  readonly raw: Buffer[];
  readonly coding: string;
}

/** A proxy that a browser is told to use: it passes everything on and keeps what comes back. */
export interface Recorder {
  /** For a browser context's `proxy.server`. */
  readonly url: string;
  /** Bytes received from an origin so far, decoded. */
  bytesFrom(origin: string): number;
  /** Paths that an origin was asked for. */
  pathsOf(origin: string): readonly string[];
  /** Whether the marker stands anywhere in what an origin answered; the paths of the answers it stands in. */
  findIn(origin: string, markers: Iterable<string>): ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

export async function startRecorder(): Promise<Recorder> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((asked, answer) => pass(asked, answer, received));
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const of = (origin: string) => received.filter(({ url }) => new URL(url).origin === new URL(origin).origin);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bytesFrom: (origin) => of(origin).reduce((sum, answer) => sum + decoded(answer).length, 0),
    pathsOf: (origin) => of(origin).map(({ url }) => new URL(url).pathname),
    findIn(origin, markers) {
      const answers = of(origin).map((answer) => ({
        path: new URL(answer.url).pathname,
        // One character per byte: text markers stay searchable, whatever else a body holds.
        text: `${answer.head}\n${decoded(answer).toString('latin1')}`,
      }));
      const found = new Map<string, readonly string[]>();
      for (const marker of markers) {
        const places = answers.filter(({ text }) => text.includes(marker)).map(({ path }) => path);
        if (places.length > 0) found.set(marker, [...new Set(places)]);
      }
      return found;
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function pass(asked: IncomingMessage, answer: ServerResponse, received: Received[]): void {
  const url = asked.url ?? '';
  // What breaks upstream breaks for the browser too: a proxy that answered would be a network where there is none.
  const cut = () => answer.destroy();
  const upstream = request(url, { method: asked.method, headers: asked.headers, agent: false }, (reply) => {
    const raw: Buffer[] = [];
    const head = [`${reply.statusCode} ${reply.statusMessage}`, ...reply.rawHeaders].join('\n');
    received.push({ url, head, raw, coding: reply.headers['content-encoding'] ?? 'identity' });
    answer.writeHead(reply.statusCode ?? 502, reply.statusMessage, reply.rawHeaders);
    answer.flushHeaders();
    reply.on('data', (chunk: Buffer) => {
      raw.push(chunk);
      answer.write(chunk);
    });
    reply.on('end', () => answer.end());
    reply.on('close', () => {
      if (!reply.complete) cut();
    });
    reply.on('error', cut);
  });
  upstream.on('error', cut);
  answer.on('close', () => upstream.destroy());
  asked.pipe(upstream);
}

/** An answer that was cut off is searched as far as it came: decoding asks for no proper end. */
function decoded({ raw, coding, url }: Received): Buffer {
  const body = Buffer.concat(raw);
  switch (body.length === 0 ? 'identity' : coding) {
    case 'identity':
      return body;
    case 'gzip':
      return gunzipSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
    case 'deflate':
      return inflateSync(body, { finishFlush: constants.Z_SYNC_FLUSH });
    case 'br':
      return brotliDecompressSync(body, { finishFlush: constants.BROTLI_OPERATION_FLUSH });
    case 'zstd':
      return zstdDecompressSync(body, { finishFlush: constants.ZSTD_e_flush });
    default:
      throw new Error(`${url} came with the content coding ${coding}, which the recorder cannot read.`);
  }
}
