import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { canonicalJson, type Json } from '@skerry/shared/base/json';
import type { BundleManifest } from '@skerry/shared/bundle/manifest';
import { publicKeyOf, signManifest } from '@skerry/shared/bundle/verify';
import type { DownloadAnswer, DownloadRequest } from '@skerry/shared/protocol/download';
import type { UploadRequest } from '@skerry/shared/protocol/upload';
import { PROTOCOL_VERSION } from '@skerry/shared/protocol/version';
import type { Links, SentTransaction } from '@skerry/shared/sync/change';
import { mergeLinks } from '@skerry/shared/sync/rebase';
import type { Verdict } from '@skerry/shared/sync/verdict';
import type { LiveContent } from '@skerry/studio/bridge/live-content';
import type { HttpAnswer, HttpRequest } from '../ports.ts';

/** Signs for this frame alone: its device pins the key and meets no other. */
const SECRET = new Uint8Array(32).fill(1);
const TOKEN_LIFE_MS = 24 * 60 * 60 * 1000;

interface Row {
  readonly entityId: ElementId;
  readonly rev: number;
  /** Place in the content's rights. */
  readonly rights: number;
  readonly cells: { readonly [member: string]: Cell };
  readonly links: Links;
  /** The state that brought it here. */
  readonly state: number;
}

/**
 * A service in the frame that speaks the protocol to one device: the sample's rows, each with its rights, and every
 * upload applied as it comes. What it has applied outlives a new version of the page.
 */
export class SampleService {
  #content: LiveContent;
  #parts: ReadonlyMap<string, string>;
  #rows = new Map<ObjectId, Row>();
  readonly #gone = new Map<ObjectId, { readonly entityId: ElementId; readonly state: number }>();
  readonly #applied: SentTransaction['operations'][number][] = [];
  readonly #verdicts = new Map<number, Verdict>();
  readonly #bodies = new Map<string, Uint8Array>();
  readonly #now: () => number;
  /** Grows with each change; cursors name one. */
  #state = 1;
  #tokens = 0;

  constructor(content: LiveContent, now: () => number) {
    this.#now = now;
    this.#content = content;
    this.#parts = new Map(content.parts);
    this.publish(content);
  }

  /** Another version: rows come again as it has them, with what the user has done since. */
  publish(content: LiveContent): void {
    this.#content = content;
    this.#parts = new Map(content.parts);
    this.#state += 1;
    const before = this.#rows;
    this.#rows = new Map();
    for (const batch of content.rows) this.#take(batch);
    for (const operation of this.#applied) this.#apply(operation);
    for (const [id, { entityId }] of before)
      if (!this.#rows.has(id)) this.#gone.set(id, { entityId, state: this.#state });
  }

  readonly handle = async (request: HttpRequest): Promise<HttpAnswer> => {
    const { path } = request;
    const body = typeof request.body === 'string' ? (JSON.parse(request.body) as unknown) : null;
    if (path === '/api/hello') return json(this.#hello());
    if (path.startsWith('/api/bundles/parts/')) return this.#part(path.slice('/api/bundles/parts/'.length));
    if (path.startsWith('/api/bundles/')) return json(this.#release());
    if (path === '/api/session/sign-in' || path === '/api/session/refresh') return json(this.#session());
    if (path === '/api/sync/upload') return json(this.#upload(body as UploadRequest));
    if (path === '/api/sync/download') return json(this.#download(body as DownloadRequest));
    if (path.startsWith('/api/files/')) return this.#file(request);
    // Microflows run where the service is.
    return fault(404, 'live/no-service', 'Microflows run on the service, and the live page has none. Use the preview.');
  };

  #hello() {
    const { app } = JSON.parse(this.#content.manifest) as BundleManifest;
    return {
      protocolVersion: PROTOCOL_VERSION,
      protocolFloor: PROTOCOL_VERSION,
      instance: 'live',
      history: 'live',
      app,
      nowMs: this.#now(),
      demoUsers: [],
    };
  }

  #release() {
    const { manifest } = this.#content;
    const signer = { keyId: 'live', name: 'live', secretKey: SECRET };
    return {
      manifest,
      signature: signManifest(JSON.parse(manifest) as BundleManifest, signer, 0),
      keys: [{ keyId: 'live', publicKey: publicKeyOf(SECRET) }],
    };
  }

  #part(hash: string): HttpAnswer {
    const text = this.#parts.get(hash);
    return text === undefined
      ? fault(404, 'bundle/unknown-part', 'There is no such part.')
      : answer(
          200,
          Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)),
        );
  }

  #session() {
    const number = ++this.#tokens;
    return {
      accessToken: `access-${number}`,
      accessExpiresMs: this.#now() + TOKEN_LIFE_MS,
      refreshToken: `refresh-${number}`,
      user: { ...this.#content.user, fullName: null, members: {} },
    };
  }

  #upload({ transactions, settlements = [] }: UploadRequest) {
    const entries = [...transactions, ...settlements].sort((a, b) => a.sequence - b.sequence);
    const verdicts = entries.map((entry) => {
      const known = this.#verdicts.get(entry.sequence);
      if (known) return known;
      if ('operations' in entry) {
        this.#state += 1;
        for (const operation of entry.operations as unknown as SentTransaction['operations']) {
          this.#applied.push(operation);
          this.#apply(operation);
        }
      }
      const { sequence, id: transaction } = entry;
      const verdict = { kind: 'applied', sequence, transaction, resolutions: [] } as unknown as Verdict;
      this.#verdicts.set(sequence, verdict);
      return verdict;
    });
    return { verdicts };
  }

  #take({ entityId, columns, rows, links }: LiveContent['rows'][number]): void {
    for (const [id, rights, ...cells] of rows) {
      this.#put(id as ObjectId, {
        entityId,
        rights: Number(rights),
        cells: Object.fromEntries(columns.map((member, at) => [member, cells[at] ?? null])),
        links: {},
      });
    }
    for (const { associationId, sets } of links) {
      for (const [id, targets] of sets) {
        const row = this.#rows.get(id);
        if (row) this.#rows.set(id, { ...row, links: { ...row.links, [associationId]: targets } });
      }
    }
  }

  #apply(operation: SentTransaction['operations'][number]): void {
    const { objectId, entityId } = operation;
    const row = this.#rows.get(objectId);
    if (operation.kind === 'delete') {
      this.#rows.delete(objectId);
      this.#gone.set(objectId, { entityId, state: this.#state });
      return;
    }
    const created = this.#content.rows.find((one) => one.entityId === entityId)?.created;
    const rights = row?.rights ?? created;
    if (rights === undefined) return;
    const { add } = operation;
    const remove = operation.kind === 'update' ? operation.remove : undefined;
    const links = mergeLinks(row?.links ?? {}, add, remove);
    this.#put(objectId, { entityId, rights, cells: { ...row?.cells, ...operation.set }, links });
  }

  #put(id: ObjectId, row: Omit<Row, 'rev' | 'state'>): void {
    this.#gone.delete(id);
    this.#rows.set(id, { ...row, rev: this.#state, state: this.#state });
  }

  /** One page, whatever its size. */
  #download({ cursor }: DownloadRequest): DownloadAnswer {
    const since = Number(cursor ?? 0);
    const changed = [...this.#rows].filter(([, { state }]) => state > since);
    const gone = [...this.#gone].filter(([, { state }]) => state > since);
    return {
      encoding: 'json-rows-1',
      rights: [...this.#content.rights],
      upserts: this.#content.rows.flatMap((batch) => batchOf(batch, changed)),
      removals: [...Map.groupBy(gone, ([, { entityId }]) => entityId)].map(([entityId, ids]) => ({
        entityId,
        ids: ids.map(([id]) => id),
      })),
      reconciled: [],
      settled: [],
      totalRows: changed.length,
      pageToken: null,
      checkpoint: {
        cursor: String(this.#state),
        coversSequence: Math.max(0, ...this.#verdicts.keys()),
        nextScopeChangeMs: null,
        atMs: this.#now(),
      },
    };
  }

  #file({ method, path, body }: HttpRequest): HttpAnswer {
    const place = path.slice('/api/files/'.length);
    if (method === 'PUT') {
      this.#bodies.set(place, body as Uint8Array);
      return answer(204, new Uint8Array());
    }
    const row = this.#rows.get(place.split('/')[1] as ObjectId);
    const hash = [...this.#bodies.keys()].find((known) => Object.values(row?.cells ?? {}).includes(known));
    const found = hash === undefined ? undefined : this.#bodies.get(hash);
    return found ? answer(200, found) : fault(404, 'file/not-found', 'The sample has no such file.');
  }
}

function batchOf(
  { entityId, columns, links }: LiveContent['rows'][number],
  changed: readonly (readonly [ObjectId, Row])[],
): DownloadAnswer['upserts'] {
  const own = changed.filter(([, row]) => row.entityId === entityId);
  if (own.length === 0) return [];
  return [
    {
      entityId,
      columns: [...columns],
      rows: own.map(([id, row]) => [id, row.rev, row.rights, ...columns.map((member) => row.cells[member] ?? null)]),
      links: links.map(({ associationId }) => ({
        associationId,
        sets: own.map(([id, row]): [ObjectId, ObjectId[]] => [id, [...(row.links[associationId] ?? [])]]),
      })),
    },
  ];
}

function json(value: unknown): HttpAnswer {
  return answer(200, new TextEncoder().encode(canonicalJson(value as Json)));
}

function fault(status: number, code: string, message: string): HttpAnswer {
  return answer(status, new TextEncoder().encode(JSON.stringify({ error: { code, message, retry: false } })));
}

function answer(status: number, body: Uint8Array): HttpAnswer {
  return { status, headers: {}, body, wireBytes: body.length };
}
