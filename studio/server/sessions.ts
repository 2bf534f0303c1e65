import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** As many windows as anybody keeps open; the oldest is forgotten. */
const MOST_SESSIONS = 50;
const MOST_TOKENS = 20;
const SECRET_BYTES = 32;

/** Who may open the workbench: whoever holds a token that this server made, once; then the session it was exchanged for. */
export interface Sessions {
  /** A token that opens one window, once. Dies with the process. */
  newToken(): string;
  /** The secret of a new session, or undefined when there is no such token any more. */
  exchange(token: string): Promise<string | undefined>;
  knows(secret: string): boolean;
}

/** Sessions outlive the process, so that a window finds back after a restart; the file holds their hashes alone. */
export async function openSessions(file: string, random: (count: number) => Uint8Array): Promise<Sessions> {
  const sessions = new Set(await readHashes(file));
  const tokens = new Set<string>();
  const newSecret = () => Buffer.from(random(SECRET_BYTES)).toString('base64url');
  return {
    newToken() {
      const token = newSecret();
      keepNewest(tokens, hashOf(token), MOST_TOKENS);
      return token;
    },
    async exchange(token) {
      if (!tokens.delete(hashOf(token))) return undefined;
      const secret = newSecret();
      keepNewest(sessions, hashOf(secret), MOST_SESSIONS);
      await writeFile(file, `${JSON.stringify([...sessions])}\n`, { mode: 0o600 });
      return secret;
    },
    knows: (secret) => sessions.has(hashOf(secret)),
  };
}

/** Compared as hashes, the time that a comparison takes says nothing about a secret. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

function keepNewest(hashes: Set<string>, added: string, most: number): void {
  hashes.add(added);
  for (const oldest of hashes) {
    if (hashes.size <= most) return;
    hashes.delete(oldest);
  }
}

/** A file that cannot be read costs its windows a new token, no more. */
async function readHashes(file: string): Promise<readonly string[]> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    return Array.isArray(value) ? value.filter((hash) => typeof hash === 'string') : [];
  } catch {
    return [];
  }
}
