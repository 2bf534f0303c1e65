import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { LIVE_PATH, SESSION_PATH, SOCKET_PATH, SOCKET_PROTOCOL } from '@skerry/studio/bridge/edge-words';
import { type DefectLog, type ServedHost, serveHost } from '@skerry/studio/bridge/serve-host';
import express, { type Express } from 'express';
import { WebSocketServer } from 'ws';
import { ADDRESS_PATH } from './running-instance.ts';
import type { Sessions } from './sessions.ts';
import { webSocketChannel } from './web-socket-channel.ts';
import { livePolicy, workbenchPolicy } from './workbench-policy.ts';

/** What a window may send at once: a pasted document is small, a mistake or an attack need not be read to its end. */
const LARGEST_MESSAGE_BYTES = 16 * 1024 * 1024;
const LARGEST_BODY = '4kb';

export interface WorkbenchServerParts {
  /** 0 takes a free one. */
  readonly port: number;
  /** The workbench's build. */
  readonly pageFolder: string;
  /** The build of the frame for live pages; absent: there is none. */
  readonly liveFolder?: string;
  /** Origins that the workbench shows in frames. */
  readonly frames: readonly string[];
  readonly host: ServedHost;
  readonly sessions: Sessions;
  /** Whoever holds this gets a new address: the next `npm start` on the same state folder. */
  readonly addressSecret: string;
  readonly log: DefectLog;
}

export interface WorkbenchServer {
  readonly origin: string;
  /** An address that opens one window, once. */
  newAddress(): string;
  stop(): Promise<void>;
}

/** The workbench for this machine's browser: its page, and the host behind a web socket that only its windows may open. */
export async function startWorkbenchServer(parts: WorkbenchServerParts): Promise<WorkbenchServer> {
  const { host, sessions, log } = parts;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    handleProtocols: () => SOCKET_PROTOCOL,
  });
  let origin = '';
  const newAddress = () => `${origin}/#token=${sessions.newToken()}`;
  const app = workbenchApp(parts, () => origin, newAddress);
  const server = createServer(app);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refusalOf(request, origin, sessions);
    if (refusal !== undefined) {
      // Who is refused may be gone before the answer.
      socket.on('error', () => {});
      socket.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => serveHost(webSocketChannel(opened), host, log));
  });
  await once(server.listen(parts.port, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    newAddress,
    async stop() {
      for (const open of sockets.clients) open.terminate();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function workbenchApp(parts: WorkbenchServerParts, origin: () => string, newAddress: () => string): Express {
  const { pageFolder, frames, sessions, addressSecret } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.use((request, answer, next) => {
    answer.setHeader('content-security-policy', workbenchPolicy(frames, [origin().replace(/^http/, 'ws')]));
    answer.setHeader('x-content-type-options', 'nosniff');
    answer.setHeader('referrer-policy', 'no-referrer');
    answer.setHeader('cross-origin-opener-policy', 'same-origin');
    answer.setHeader('cross-origin-resource-policy', 'same-origin');
    // Another name for this address is somebody's web site whose name was made to point here.
    if (`http://${request.headers.host}` !== origin()) {
      answer.status(421).json(problem('workbench/foreign-host', `The workbench is at ${origin()}.`));
      return;
    }
    next();
  });
  app.post(SESSION_PATH, express.json({ limit: LARGEST_BODY }), async (request, answer) => {
    answer.setHeader('cache-control', 'no-store');
    if (request.headers.origin !== origin()) {
      answer.status(403).json(problem('workbench/foreign-origin', 'Only the workbench itself may ask for a session.'));
      return;
    }
    const token: unknown = (request.body as { token?: unknown } | undefined)?.token;
    const secret = typeof token === 'string' ? await sessions.exchange(token) : undefined;
    if (secret === undefined) answer.status(401).json(problem('workbench/token-spent', TOKEN_SPENT));
    else answer.json({ secret });
  });
  app.get(SESSION_PATH, (request, answer) => {
    answer.setHeader('cache-control', 'no-store');
    const secret = bearerOf(request);
    if (secret !== undefined && sessions.knows(secret)) answer.json({});
    else answer.status(401).json(problem('workbench/no-session', NO_SESSION));
  });
  app.post(ADDRESS_PATH, (request, answer) => {
    answer.setHeader('cache-control', 'no-store');
    if (bearerOf(request) === addressSecret) answer.json({ address: newAddress() });
    else answer.status(401).json(problem('workbench/no-secret', 'Only `npm start` may ask for an address.'));
  });
  if (parts.liveFolder !== undefined) app.use(LIVE_PATH, liveFiles(parts.liveFolder, origin));
  app.use('/assets', express.static(join(pageFolder, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  app.use(
    express.static(pageFolder, {
      cacheControl: false,
      setHeaders: (answer) => answer.setHeader('cache-control', 'no-cache'),
    }),
  );
  app.use((_request, answer) => {
    answer.status(404).json(problem('workbench/not-found', 'There is nothing here.'));
  });
  app.use(
    (error: { status?: number }, _request: express.Request, answer: express.Response, _next: express.NextFunction) => {
      const status = error.status !== undefined && error.status >= 400 && error.status < 500 ? error.status : 500;
      answer.status(status).json(problem('workbench/bad-request', 'The workbench does not understand this request.'));
    },
  );
  return app;
}

/** A frame of an origin of its own, so that what runs in a model's page can reach nothing of the workbench. */
function liveFiles(folder: string, origin: () => string): express.RequestHandler {
  return express.static(folder, {
    cacheControl: false,
    setHeaders: (answer) => {
      answer.setHeader('content-security-policy', livePolicy(origin()));
      answer.setHeader('cache-control', 'no-cache');
      answer.setHeader('cross-origin-resource-policy', 'cross-origin');
      answer.setHeader('access-control-allow-origin', '*');
    },
  });
}

const TOKEN_SPENT = 'This address has been used already. `npm start` prints a new one, also while the studio runs.';
const NO_SESSION = 'This window is not known to the studio. `npm start` prints an address that opens a new one.';

function bearerOf({ headers }: IncomingMessage): string | undefined {
  return /^Bearer ([\w-]+)$/.exec(headers.authorization ?? '')?.[1];
}

function problem(code: string, message: string): object {
  return { error: { code, message } };
}

/** Why a socket is refused, as a status line; undefined for a window of ours. */
function refusalOf(request: IncomingMessage, origin: string, sessions: Sessions): string | undefined {
  const { headers, url } = request;
  if (url !== SOCKET_PATH) return '404 Not Found';
  if (`http://${headers.host}` !== origin) return '421 Misdirected Request';
  if (headers.origin !== origin) return '403 Forbidden';
  const [protocol, secret, ...more] = (headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim());
  if (protocol !== SOCKET_PROTOCOL || secret === undefined || more.length > 0) return '401 Unauthorized';
  return sessions.knows(secret) ? undefined : '401 Unauthorized';
}
