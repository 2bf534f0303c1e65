import type { HttpAnswer, HttpRequest } from '@skerry/runtime/platform/ports';
import type { Cells } from '@skerry/shared/base/cell';
import { hashJson } from '@skerry/shared/base/hash';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { canonicalJson, type Json } from '@skerry/shared/base/json';
import type { Bundle } from '@skerry/shared/bundle/build';
import { manifestText, publicKeyOf, signManifest } from '@skerry/shared/bundle/verify';
import type { Checkpoint, DownloadAnswer, DownloadRequest, WireRights } from '@skerry/shared/protocol/download';
import type { UploadRequest } from '@skerry/shared/protocol/upload';
import type { Links, SentTransaction } from '@skerry/shared/sync/change';
import { mergeLinks } from '@skerry/shared/sync/rebase';
import type { Resolution, Verdict } from '@skerry/shared/sync/verdict';

export interface ServedRow {
  readonly entityId: ElementId;
  readonly rev: number;
  readonly cells: Cells;
  readonly links: Links;
}

export interface ServedUser {
  readonly id: ObjectId;
  readonly entityId: ElementId;
  readonly name: string;
  readonly roles: readonly { readonly id: ElementId; readonly name: string }[];
}

/** What a user may do with a row; null when the row is outside their scope. */
export type Scope = (user: ServedUser, row: ServedRow, id: ObjectId) => WireRights | null;
export type Decide = (
  transaction: SentTransaction,
) => /** `firstWins`: members that keep what the service has. */
  | { readonly kind: 'applied'; readonly firstWins?: readonly ElementId[] }
  | { readonly kind: 'rejected'; readonly code: string }
  | { readonly kind: 'parked' };

interface Held {
  readonly entityId: ElementId;
  readonly content: string;
  readonly row: readonly (string | number | boolean | null)[];
  readonly rights: WireRights;
  readonly links: Links;
}
type Snapshot = ReadonlyMap<ObjectId, Held>;
interface Checkpointed {
  readonly scope: Snapshot;
  readonly covers: number;
}

const SECRET = new Uint8Array(32).fill(7);

/**
 * A service in memory that speaks the protocol honestly: exact scopes, verdicts given once, pages of one snapshot,
 * cursors that are states. What real admission decides is the test's to decide here.
 */
export class FakeService {
  readonly rows = new Map<ObjectId, ServedRow>();
  readonly bodies = new Map<string, Uint8Array>();
  readonly users = new Map<string, ServedUser>();
  /** Requests by path, in order. */
  readonly asked: string[] = [];
  /** Uploaded transactions that were applied, by id: each once. */
  readonly applied: string[] = [];
  readonly settled: string[] = [];
  scope: Scope;
  decide: Decide = () => ({ kind: 'applied' });
  /** Entities told as reconciled with the next pull. */
  reconcile = new Set<ElementId>();
  pageRows = 100;
  nextScopeChangeMs: number | null = null;
  instance = 'instance-1';
  history = 'history-1';
  /** Intercepts a request; what it returns instead of null is the answer, what it throws is a lost connection. */
  intercept: (request: HttpRequest, go: () => HttpAnswer) => HttpAnswer | null = () => null;
  readonly #columns: ReadonlyMap<string, readonly ElementId[]>;
  readonly #sets: ReadonlyMap<string, readonly ElementId[]>;
  #bundle: Bundle;
  readonly #verdicts = new Map<string, Map<number, { hash: string; verdict: Verdict }>>();
  readonly #known = new Map<string, Verdict>();
  readonly #cursors = new Map<string, Checkpointed>();
  readonly #pulls = new Map<string, { pages: DownloadAnswer[] }>();
  readonly #tokens = new Map<string, { user: ServedUser; device: string }>();
  readonly #refresh = new Map<string, { user: ServedUser; device: string }>();
  #serial = 0;
  readonly #now: () => number;

  constructor(
    bundle: Bundle,
    scope: Scope,
    tables: { columns: ReadonlyMap<string, readonly ElementId[]>; sets: ReadonlyMap<string, readonly ElementId[]> },
    now: () => number,
  ) {
    this.#bundle = bundle;
    this.scope = scope;
    this.#columns = tables.columns;
    this.#sets = tables.sets;
    this.#now = now;
  }

  publish(bundle: Bundle): void {
    this.#bundle = bundle;
  }

  put(id: ObjectId, entityId: ElementId, cells: Cells, links: Links = {}): void {
    this.rows.set(id, {
      entityId,
      rev: (this.rows.get(id)?.rev ?? 0) + 1,
      cells: { ...this.rows.get(id)?.cells, ...cells },
      links,
    });
  }

  /** Ends every access token, as time does. */
  expireTokens(): void {
    this.#tokens.clear();
  }

  expireSessions(): void {
    this.#tokens.clear();
    this.#refresh.clear();
  }

  readonly handle = async (request: HttpRequest): Promise<HttpAnswer> => {
    this.asked.push(request.path);
    return this.intercept(request, () => this.answer(request)) ?? this.answer(request);
  };

  answer(request: HttpRequest): HttpAnswer {
    const { path } = request;
    const body = typeof request.body === 'string' ? (JSON.parse(request.body) as Json) : null;
    if (path === '/api/hello')
      return json(200, {
        protocolVersion: 1,
        protocolFloor: 1,
        instance: this.instance,
        history: this.history,
        app: this.#bundle.manifest.app,
        nowMs: this.#now(),
        demoUsers: [],
      });
    if (path.startsWith('/api/bundles/parts/')) return this.#part(path.slice('/api/bundles/parts/'.length));
    if (path.startsWith('/api/bundles/')) return this.#release();
    if (path === '/api/session/sign-in') return this.#signIn(body as unknown as { name: string; deviceId: string });
    if (path === '/api/session/refresh') return this.#refreshed(body as unknown as { refreshToken: string });
    const caller = this.#tokens.get((request.headers?.authorization ?? '').replace('Bearer ', ''));
    if (!caller) return fault(401, 'auth/invalid-token');
    if (path === '/api/sync/upload') return this.#upload(caller.device, body as unknown as UploadRequest);
    if (path === '/api/sync/download') return this.#download(caller, body as unknown as DownloadRequest);
    if (path.startsWith('/api/files/')) return this.#file(request);
    return fault(404, 'request/not-found');
  }

  #release(): HttpAnswer {
    const { manifest } = this.#bundle;
    return json(200, {
      manifest: manifestText(manifest),
      signature: signManifest(manifest, { keyId: 'k', name: 'test', secretKey: SECRET }, 0),
      keys: [{ keyId: 'k', publicKey: publicKeyOf(SECRET) }],
    } as unknown as Json);
  }

  #part(hash: string): HttpAnswer {
    const part = this.#bundle.manifest.parts.find(({ sha256 }) => sha256 === hash);
    const bytes = part && this.#bundle.parts.get(part.path);
    return bytes
      ? { status: 200, headers: {}, body: bytes, wireBytes: bytes.length }
      : fault(404, 'bundle/unknown-part');
  }

  #signIn({ name, deviceId }: { name: string; deviceId: string }): HttpAnswer {
    const user = this.users.get(name);
    return user ? this.#session(user, deviceId) : fault(401, 'auth/wrong-credentials');
  }

  #refreshed({ refreshToken }: { refreshToken: string }): HttpAnswer {
    const known = this.#refresh.get(refreshToken);
    this.#refresh.delete(refreshToken);
    return known ? this.#session(known.user, known.device) : fault(401, 'auth/refresh-refused');
  }

  #session(user: ServedUser, device: string): HttpAnswer {
    const accessToken = `access-${this.#serial++}`;
    const refreshToken = `refresh-${this.#serial++}`;
    this.#tokens.set(accessToken, { user, device });
    this.#refresh.set(refreshToken, { user, device });
    return json(200, {
      accessToken,
      accessExpiresMs: this.#now() + 600_000,
      refreshToken,
      user: { ...user, fullName: null, members: {} },
    } as unknown as Json);
  }

  #upload(device: string, { transactions, settlements = [] }: UploadRequest): HttpAnswer {
    const log = this.#verdicts.get(device) ?? new Map<number, { hash: string; verdict: Verdict }>();
    this.#verdicts.set(device, log);
    const verdicts: Verdict[] = [];
    const entries = [...transactions, ...settlements].sort((a, b) => a.sequence - b.sequence);
    for (const entry of entries) {
      const { sequence, ...content } = entry;
      const hash = hashJson(content as unknown as Json);
      const known = log.get(sequence);
      if (known && known.hash !== hash) return fault(409, 'sync/device-forked');
      if (!known && sequence !== log.size + 1) return fault(409, 'sync/sequence-gap');
      const verdict = known?.verdict ?? this.#verdict(entry as never, sequence);
      log.set(sequence, { hash, verdict });
      verdicts.push(verdict);
    }
    return json(200, { verdicts } as unknown as Json);
  }

  #verdict(entry: SentTransaction & { record?: string }, sequence: number): Verdict {
    const before = this.#known.get(entry.id);
    if (before) return { ...before, sequence };
    let verdict: Verdict;
    const base = { sequence, transaction: entry.id };
    if (entry.record !== undefined) {
      this.settled.push(entry.record);
      verdict = { kind: 'applied', ...base, resolutions: [] };
    } else {
      const decision = this.decide(entry);
      const record = `record-${this.#serial++}`;
      if (decision.kind === 'applied') {
        const kept = new Set<string>(decision.firstWins);
        for (const operation of entry.operations) this.#apply(operation, kept);
        this.applied.push(entry.id);
        verdict = { kind: 'applied', ...base, resolutions: keptOf(entry.operations, kept) };
      } else if (decision.kind === 'parked') verdict = { kind: 'parked', ...base, record, conflicts: [] };
      else verdict = { kind: 'rejected', ...base, record, code: decision.code, message: 'No.' };
    }
    this.#known.set(entry.id, verdict);
    return verdict;
  }

  #apply(operation: SentTransaction['operations'][number], kept: ReadonlySet<string>): void {
    const { objectId, entityId } = operation;
    if (operation.kind === 'delete') return void this.rows.delete(objectId);
    const row = this.rows.get(objectId) ?? { entityId, rev: 0, cells: {}, links: {} };
    const links = mergeLinks(row.links, operation.add, operation.kind === 'update' ? operation.remove : undefined);
    const set = Object.fromEntries(Object.entries(operation.set).filter(([member]) => !kept.has(member)));
    this.rows.set(objectId, { entityId, rev: row.rev + 1, cells: { ...row.cells, ...set }, links });
  }

  #download({ user, device }: { user: ServedUser; device: string }, request: DownloadRequest): HttpAnswer {
    if (request.pageToken !== null) {
      const page = this.#page(request.pageToken);
      return page ? json(200, page as unknown as Json) : fault(409, 'sync/page-token-refused');
    }
    const before = request.cursor === null ? null : this.#cursors.get(request.cursor);
    if (before === undefined) return fault(409, 'sync/cursor-refused');
    const now: Checkpointed = { scope: this.#snapshot(user), covers: this.#verdicts.get(device)?.size ?? 0 };
    const pull = `pull-${this.#serial++}`;
    this.#pulls.set(pull, { pages: this.#pages(pull, before?.scope ?? new Map(), now) });
    return json(200, this.#page(`${pull}/0`) as unknown as Json);
  }

  #page(token: string): DownloadAnswer | null {
    const [pull = '', place] = token.split('/');
    return this.#pulls.get(pull)?.pages[Number(place)] ?? null;
  }

  #pages(pull: string, before: Snapshot, now: Checkpointed): DownloadAnswer[] {
    const changed = [...now.scope].filter(
      ([id, held]) => before.get(id)?.content !== held.content || this.reconcile.has(held.entityId),
    );
    const gone = [...before].filter(([id]) => !now.scope.has(id));
    const count = Math.max(1, Math.ceil(changed.length / this.pageRows));
    const cursor = `cursor-${this.#serial++}`;
    this.#cursors.set(cursor, now);
    const checkpoint: Checkpoint = {
      cursor,
      coversSequence: now.covers,
      nextScopeChangeMs: this.nextScopeChangeMs,
      atMs: this.#now(),
    };
    const reconciled = [...this.reconcile].map((entityId) => ({
      entityId,
      because: 'test',
      ids: [...now.scope].filter(([, held]) => held.entityId === entityId).map(([id]) => id),
    }));
    this.reconcile = new Set();
    return Array.from({ length: count }, (_, at): DownloadAnswer => {
      const rows = changed.slice(at * this.pageRows, (at + 1) * this.pageRows);
      const isLast = at === count - 1;
      return {
        encoding: 'json-rows-1',
        rights: rows.map(([, held]) => held.rights),
        upserts: this.#batches(rows),
        removals: isLast
          ? [...Map.groupBy(gone, ([, held]) => held.entityId)].map(([entityId, ids]) => ({
              entityId,
              ids: ids.map(([id]) => id),
            }))
          : [],
        reconciled: isLast ? reconciled : [],
        settled: [],
        totalRows: changed.length,
        pageToken: isLast ? null : `${pull}/${at + 1}`,
        checkpoint: isLast ? checkpoint : null,
      };
    });
  }

  #batches(rows: readonly (readonly [ObjectId, Held])[]): DownloadAnswer['upserts'] {
    const placed = rows.map(([id, held], at) => ({ id, held, at }));
    return [...Map.groupBy(placed, ({ held }) => held.entityId)].map(([entityId, own]) => ({
      entityId,
      columns: [...(this.#columns.get(entityId) ?? [])],
      rows: own.map(({ held, at }) => [held.row[0]!, held.row[1]!, at, ...held.row.slice(2)]),
      links: (this.#sets.get(entityId) ?? []).map((associationId) => ({
        associationId,
        sets: own.map(({ id, held }): [string, string[]] => [id, [...(held.links[associationId] ?? [])]]),
      })),
    }));
  }

  #snapshot(user: ServedUser): Snapshot {
    const scope = new Map<ObjectId, Held>();
    for (const [id, row] of this.rows) {
      const rights = this.scope(user, row, id);
      if (!rights) continue;
      const cells = (this.#columns.get(row.entityId) ?? []).map((member) =>
        rights.read.includes(member) ? (row.cells[member] ?? null) : null,
      );
      const links = Object.fromEntries(
        Object.entries(row.links).filter(([association]) => rights.read.includes(association)),
      );
      const content = canonicalJson({ cells, links, rev: row.rev, rights } as unknown as Json);
      scope.set(id, { entityId: row.entityId, content, row: [id, row.rev, ...cells], rights, links });
    }
    return scope;
  }

  #file({ method, path, body }: HttpRequest): HttpAnswer {
    const place = path.slice('/api/files/'.length);
    if (method === 'PUT') {
      this.bodies.set(place, body as Uint8Array);
      return json(204, null);
    }
    const row = this.rows.get(place.split('/')[1] as ObjectId);
    const found = [...this.bodies].find(([hash]) => Object.values(row?.cells ?? {}).includes(hash))?.[1];
    return found ? { status: 200, headers: {}, body: found, wireBytes: found.length } : fault(404, 'file/not-found');
  }
}

function json(status: number, body: Json): HttpAnswer {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return { status, headers: {}, body: bytes, wireBytes: bytes.length };
}

function fault(status: number, code: string): HttpAnswer {
  return json(status, { error: { code, message: code, retry: status >= 500 } });
}

function keptOf(operations: SentTransaction['operations'], kept: ReadonlySet<string>): readonly Resolution[] {
  return operations.flatMap((operation) =>
    operation.kind === 'delete'
      ? []
      : Object.keys(operation.set)
          .filter((member) => kept.has(member))
          .map((member) => ({
            entityId: operation.entityId,
            objectId: operation.objectId,
            member: member as ElementId,
            policy: 'firstWins' as const,
            outcome: 'theirs' as const,
          })),
  );
}
