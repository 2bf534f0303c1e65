import { BridgeFault } from '@skerry/studio/bridge/bridge-fault';
import { SESSION_PATH } from '@skerry/studio/bridge/edge-words';

const KEY = 'skerry-session';
const TOKEN = /^#token=([\w-]+)$/;

/** What a session needs of the browser; a window has all of it. */
export interface SessionPlace {
  readonly location: Pick<Location, 'hash' | 'pathname'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly fetch: typeof fetch;
}

/**
 * The secret that opens the bridge: kept in this tab, so that a reload works, or exchanged for the token in the address,
 * which is taken out of it.
 *
 * @throws BridgeFault `bridge/no-session` when there is neither, or the token has been spent
 */
export async function sessionSecret(place: SessionPlace): Promise<string> {
  const token = TOKEN.exec(place.location.hash)?.[1];
  const kept = place.sessionStorage.getItem(KEY);
  if (token === undefined) {
    if (kept !== null) return kept;
    throw new BridgeFault(
      'bridge/no-session',
      'This address opens the studio with a token only. `npm start` prints one.',
    );
  }
  place.history.replaceState(null, '', place.location.pathname);
  const answer = await place.fetch(SESSION_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const body = await bodyOf(answer);
  if (body.secret !== undefined) {
    place.sessionStorage.setItem(KEY, body.secret);
    return body.secret;
  }
  // An old address opened again in its own tab: the session it once gave is still good.
  if (kept !== null) return kept;
  throw new BridgeFault('bridge/no-session', body.error?.message ?? 'The studio refused this address.');
}

/**
 * Asked when a socket did not open, since a browser does not say why.
 *
 * @throws BridgeFault `bridge/no-session` when the studio does not know this window
 */
export async function requireKnownSession(place: SessionPlace, secret: string): Promise<void> {
  const answer = await place.fetch(SESSION_PATH, { headers: { authorization: `Bearer ${secret}` } });
  if (answer.status !== 401) return;
  place.sessionStorage.removeItem(KEY);
  throw new BridgeFault(
    'bridge/no-session',
    (await bodyOf(answer)).error?.message ?? 'The studio refused this window.',
  );
}

interface SessionBody {
  readonly secret?: string;
  readonly error?: { readonly message: string };
}

async function bodyOf(answer: Response): Promise<SessionBody> {
  return (await answer.json()) as SessionBody;
}
