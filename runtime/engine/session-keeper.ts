import type { Cells } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { type SessionAnswer, sessionAnswer } from '@skerry/shared/protocol/session';
import { readMeta } from '../store/meta.ts';
import type { SqlQueue, SqlReader, SqlTransaction } from '../store/sql-queue.ts';
import { isFault, type ServiceClient, type TokenSource } from '../sync/service-client.ts';

export interface SignedInUser {
  readonly id: ObjectId;
  readonly entityId: ElementId;
  readonly name: string;
  readonly fullName: string | null;
  readonly roles: readonly { readonly id: ElementId; readonly name: string }[];
  readonly members: Cells;
}

interface StoredSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: SignedInUser;
}

/** Who is signed in, and the tokens. Both outlive a restart; an expired session keeps its user and loses only its tokens' worth. */
export class SessionKeeper implements TokenSource {
  readonly #queue: SqlQueue;
  #session: StoredSession | null = null;
  #refreshing: Promise<boolean> | null = null;
  #client: ServiceClient | null = null;

  constructor(queue: SqlQueue) {
    this.#queue = queue;
  }

  async open(client: ServiceClient): Promise<void> {
    this.#client = client;
    this.#session = await this.#queue.read(readSession);
  }

  get user(): SignedInUser | null {
    return this.#session?.user ?? null;
  }

  accessToken(): string | null {
    return this.#session?.accessToken ?? null;
  }

  /** One refresh at a time: a refresh token is good once, and spending it twice would end the whole family. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  /** Takes over a session that the service has given, in the transaction that prepares the store for its user. */
  async take(transaction: SqlTransaction, answer: SessionAnswer): Promise<void> {
    const session: StoredSession = {
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken,
      user: answer.user as unknown as SignedInUser,
    };
    await transaction.run('INSERT OR REPLACE INTO "$session" ("id", "content") VALUES (1, ?)', [
      JSON.stringify(session),
    ]);
    transaction.afterCommit(() => {
      this.#session = session;
    });
  }

  async forget(transaction: SqlTransaction): Promise<void> {
    await transaction.run('DELETE FROM "$session"');
    transaction.afterCommit(() => {
      this.#session = null;
    });
  }

  /** Tells the service; being offline does not keep anybody signed in here. */
  async endOnService(): Promise<void> {
    const session = this.#session;
    if (!session || !this.#client) return;
    const deviceId = await this.#queue.read((reader) => readMeta(reader, 'deviceId'));
    const body = { refreshToken: session.refreshToken, deviceId };
    try {
      await this.#client.raw({
        method: 'POST',
        path: '/api/session/sign-out',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    } catch (thrown) {
      if (!isFault(thrown)) throw thrown;
    }
  }

  async #refresh(): Promise<boolean> {
    const session = this.#session;
    if (!session || !this.#client) return false;
    const deviceId = await this.#queue.read((reader) => readMeta(reader, 'deviceId'));
    try {
      const body = { refreshToken: session.refreshToken, deviceId };
      const answer = await this.#client.anonymous({ path: '/api/session/refresh', body, answer: sessionAnswer });
      await this.#queue.transact((transaction) => this.take(transaction, answer));
      return true;
    } catch (thrown) {
      // Without an answer nothing is known: the session may well be good.
      if (isFault(thrown) && thrown.details.retry === false) return false;
      throw thrown;
    }
  }
}

async function readSession(reader: SqlReader): Promise<StoredSession | null> {
  const row = await reader.first('SELECT "content" FROM "$session" WHERE "id" = 1');
  return row ? (JSON.parse(String(row.content)) as StoredSession) : null;
}
