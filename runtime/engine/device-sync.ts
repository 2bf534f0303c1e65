import { operationalFault } from '@skerry/shared/base/fault';
import type { ElementId } from '@skerry/shared/base/ids';
import { type HelloAnswer, helloAnswer } from '@skerry/shared/protocol/session';
import type { Verdict } from '@skerry/shared/sync/verdict';
import type { CheckpointOutcome } from '../store/apply-checkpoint.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { download } from '../sync/download.ts';
import { type FileContext, fetchBodies, sendBodies } from '../sync/files.ts';
import type { ServiceClient } from '../sync/service-client.ts';
import type { StoredFacts, SyncWork } from '../sync/sync-loop.ts';
import { uploadBatch } from '../sync/upload.ts';
import type { SyncResult } from './device-face.ts';
import type { Engine } from './engine.ts';

export interface DeviceSyncParts {
  readonly engine: Engine;
  readonly client: ServiceClient;
  readonly profile: string;
  readonly onProgress: (done: number, total: number | null) => void;
  readonly onDownloaded: () => Promise<void>;
  readonly onFinished: (result: SyncResult) => Promise<void>;
  readonly onExpired: () => void;
  readonly onStatus: () => void;
  readonly onDefect: (defect: unknown) => void;
}

/** Rows a page of a pull may have. */
const PAGE_ROWS = 5000;

/** What the sync loop does, on this device. */
export class DeviceSync implements SyncWork {
  readonly #parts: DeviceSyncParts;
  /** Another service than the one this store belongs to. */
  isForeign = false;
  hello: HelloAnswer | null = null;

  constructor(parts: DeviceSyncParts) {
    this.#parts = parts;
  }

  async facts(): Promise<StoredFacts> {
    const { engine } = this.#parts;
    const counts = await engine.count();
    const meta = await engine.queue.read(async (reader) => ({
      pull: await readMeta(reader, 'pull'),
      checkpointMs: await readMeta(reader, 'checkpointMs'),
      nextScopeChangeMs: await readMeta(reader, 'nextScopeChangeMs'),
      clockOffsetMs: await readMeta(reader, 'clockOffsetMs'),
    }));
    return {
      signedIn: engine.session.user !== null,
      hasBundle: engine.runningApp !== null,
      foreignService: this.isForeign,
      unanswered: counts.unanswered,
      uncovered: counts.uncovered,
      firstSyncDone: meta.checkpointMs !== null,
      openPull: meta.pull !== null,
      uploadsOnSave: engine.runningApp?.bundle.navigation.synchronization.triggers.afterSave ?? true,
      bodiesToSend: counts.filesToSend,
      bodiesToFetch: counts.filesToFetch,
      nextScopeChangeMs: meta.nextScopeChangeMs,
      clockOffsetMs: meta.clockOffsetMs ?? 0,
    };
  }

  /** Recognises the service: a store belongs to one installation, and a new history means that the database was restored. */
  async greet(): Promise<void> {
    const { engine, client } = this.#parts;
    const { clock } = engine.ports;
    const askedMs = clock.now();
    const hello = await client.anonymous({ path: '/api/hello', answer: helloAnswer });
    this.hello = hello;
    const clockOffsetMs = hello.nowMs - (askedMs + clock.now()) / 2;
    const instance = await engine.queue.read((reader) => readMeta(reader, 'instance'));
    this.isForeign = instance !== null && instance !== hello.instance;
    if (this.isForeign) {
      throw operationalFault(
        'sync/foreign-service',
        'Another service answers at this address than the one this device belongs to.',
      );
    }
    await engine.queue.transact(async (transaction) => {
      const history = await readMeta(transaction, 'history');
      if (history !== null && history !== hello.history) {
        // The cursor speaks of a state that is no more: the whole scope is compared.
        await writeMeta(transaction, 'cursor', null);
        await writeMeta(transaction, 'pull', null);
        await transaction.run('DELETE FROM "$staging"');
      }
      await writeMeta(transaction, 'instance', hello.instance);
      await writeMeta(transaction, 'history', hello.history);
      await writeMeta(transaction, 'app', hello.app);
      await writeMeta(transaction, 'clockOffsetMs', clockOffsetMs);
    });
  }

  upload(): Promise<readonly Verdict[]> {
    const { engine, client, profile } = this.#parts;
    return uploadBatch({ queue: engine.queue, client, profile, newDeviceId: () => engine.newId() });
  }

  async download(isCancelled: () => boolean): Promise<CheckpointOutcome | null> {
    const { engine, client, profile, onProgress } = this.#parts;
    const session = engine.languageSession();
    const { manifest } = engine.app.bundle;
    const outcome = await download({
      queue: engine.queue,
      client,
      checkpoint: engine.checkpointContext(),
      request: {
        profile,
        bundleVersion: manifest.version,
        planHash: manifest.planHash,
        encodings: ['json-rows-1'],
        zone: session.zone,
        locale: session.locale,
        firstDayOfWeek: session.firstDayOfWeek,
        maxRows: PAGE_ROWS,
      },
      onProgress,
      onData: (entities) => this.#changed(entities),
      isCancelled,
      onFailedTurn: () => engine.rights.forget(),
    });
    // Rows are there; what they refer to is fetched next. Asked after downloads only: a body that is nowhere is not asked for on and on.
    if (outcome) await this.#parts.onDownloaded();
    return outcome;
  }

  sendBodies(isCancelled: () => boolean): Promise<number> {
    return sendBodies(this.#files(), isCancelled);
  }

  fetchBodies(isCancelled: () => boolean): Promise<number> {
    return fetchBodies(this.#files(), isCancelled);
  }

  bytes(): number {
    return this.#parts.client.traffic.bytes;
  }

  nameOf(entityId: string): string {
    return this.#parts.engine.runningApp?.entityById(entityId)?.name ?? entityId;
  }

  async finished(result: SyncResult): Promise<void> {
    const { engine } = this.#parts;
    await engine.queue.transact(async (transaction) => {
      if (result.ok) await writeMeta(transaction, 'lastSyncMs', engine.ports.clock.now());
      await transaction.run('INSERT INTO "$sync_session" ("startedMs", "result") VALUES (?, ?)', [
        Math.round(engine.ports.clock.now() - result.ms),
        JSON.stringify(result),
      ]);
      await transaction.run('DELETE FROM "$sync_session" WHERE "id" <= (SELECT max("id") FROM "$sync_session") - 50');
    });
    await engine.count();
    await this.#parts.onFinished(result);
  }

  expired(): void {
    this.#parts.onExpired();
  }

  statusChanged(): void {
    this.#parts.onStatus();
  }

  failed(defect: unknown): void {
    this.#parts.onDefect(defect);
  }

  #changed(entities: ReadonlySet<ElementId>): void {
    const names = [...entities].map((id) => this.nameOf(id));
    this.#parts.engine.announce({ kind: 'data', entities: names });
  }

  #files(): FileContext {
    const { engine, client } = this.#parts;
    return { queue: engine.queue, client, files: engine.ports.files, digest: (body) => engine.ports.digest(body) };
  }
}
