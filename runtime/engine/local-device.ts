import type { Cell } from '@skerry/shared/base/cell';
import { Fault } from '@skerry/shared/base/fault';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Session } from '@skerry/shared/expression/session';
import { sessionAnswer } from '@skerry/shared/protocol/session';
import type { Ports } from '../platform/ports.ts';
import { readInbox } from '../store/inbox-table.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import { removeNotices } from '../store/notice-table.ts';
import { closeStore, openStore } from '../store/open-store.ts';
import { clearUserData } from '../store/user-data.ts';
import { PingStream } from '../sync/ping-stream.ts';
import { ServiceClient } from '../sync/service-client.ts';
import { SyncLoop } from '../sync/sync-loop.ts';
import { BundleKeeper } from './bundle-keeper.ts';
import { readRunningFiles } from './bundles.ts';
import { changeObject, createObject, mustLoad } from './change-object.ts';
import type { DeviceConfig } from './device-config.ts';
import { followFrom, retrieveObjects } from './device-data.ts';
import type {
  BundleFiles,
  Device,
  DeviceEvent,
  DeviceStatus,
  FlowOutcome,
  InboxEntry,
  ObjectSnapshot,
  Outcome,
  PlainValue,
  ReplacedNotice,
  RetrieveRequest,
  RetrieveResult,
  SyncResult,
  WriteOutcome,
} from './device-face.ts';
import { DeviceFiles } from './device-files.ts';
import { DeviceFlows } from './device-flows.ts';
import { DeviceSync } from './device-sync.ts';
import { Engine } from './engine.ts';
import { outcomeOf, Refused, refuse } from './failure.ts';
import { describeEntry, mustRead, retryEntry, settle } from './inbox.ts';
import { describeNotices } from './notices.ts';
import { loadObjects, snapshot } from './object-reader.ts';
import { SessionKeeper } from './session-keeper.ts';

const MINUTE_MS = 60_000;

/** The device on this machine: `Device` over a store, a bundle, a session and one sync loop. */
export class LocalDevice implements Device {
  readonly #ports: Ports;
  readonly #config: DeviceConfig;
  #engine!: Engine;
  #client!: ServiceClient;
  #sync!: DeviceSync;
  #loop!: SyncLoop;
  #bundles!: BundleKeeper;
  #flows!: DeviceFlows;
  #files!: DeviceFiles;
  #pings!: PingStream;
  #deviceId = '';
  #online = false;
  #broken: string | null = null;
  #lastSyncMs: number | null = null;
  #lastResult: SyncResult | null = null;
  #firstSyncDone = false;
  #stopHints = () => {};

  constructor(ports: Ports, config: DeviceConfig) {
    this.#ports = ports;
    this.#config = config;
  }

  async open(): Promise<void> {
    const { clock, sql, transport, log } = this.#ports;
    const { queue, setAside } = await openStore(sql, this.#config.storeName ?? 'skerry.db', clock);
    if (setAside)
      log.write('error', 'The store was damaged. It was set aside, and unsent work was carried over.', setAside);
    const session = new SessionKeeper(queue);
    const engine = new Engine(this.#ports, queue, session);
    this.#engine = engine;
    this.#client = new ServiceClient(transport, session, (reached) => this.#reached(reached));
    await session.open(this.#client);
    const isAutomatic = this.#config.automatic ?? true;
    this.#sync = new DeviceSync({
      engine,
      client: this.#client,
      profile: this.#config.profile,
      onProgress: (done, total) => this.#loop.progress(done, total),
      onDownloaded: () => this.#files.wantNew(),
      onFinished: (result) => this.#finished(result),
      onExpired: () => engine.announce({ kind: 'signedOut', because: 'session/expired' }),
      onStatus: () => this.#tellStatus(),
      onDefect: (defect) => this.#fail(defect),
    });
    this.#loop = new SyncLoop(this.#sync, {
      clock,
      random: () => engine.random(),
      automatic: isAutomatic,
      everyMinutes: () => engine.runningApp?.bundle.navigation.synchronization.triggers.everyMinutes,
    });
    engine.isSyncing = () => this.#loop.status().kind === 'running';
    this.#bundles = new BundleKeeper(engine, this.#client, this.#config.profile);
    this.#files = new DeviceFiles(engine, this.#client);
    this.#flows = new DeviceFlows({
      engine,
      client: this.#client,
      profile: this.#config.profile,
      loop: this.#loop,
      onWritten: () => this.#written(),
    });
    this.#pings = new PingStream({
      transport,
      clock,
      random: () => engine.random(),
      token: () => session.accessToken(),
      onPing: () => this.#loop.stale(),
    });
    await this.#bundles.load();
    await queue.transact(async (transaction) => {
      this.#deviceId = (await readMeta(transaction, 'deviceId')) ?? engine.newId();
      await writeMeta(transaction, 'deviceId', this.#deviceId);
      this.#lastSyncMs = await readMeta(transaction, 'lastSyncMs');
      this.#firstSyncDone = (await readMeta(transaction, 'checkpointMs')) !== null;
    });
    await engine.count();
    if (!isAutomatic) return;
    this.#stopHints = this.#ports.connectivity.onHint((online) => online && this.#hintOnline());
    void this.#begin();
  }

  async status(): Promise<DeviceStatus> {
    const { counts, session, runningApp } = this.#engine;
    const { user } = session;
    return {
      deviceId: this.#deviceId,
      ...this.#phase(),
      user: user && {
        id: user.id,
        name: user.name,
        fullName: user.fullName,
        roles: user.roles.map((role) => role.name),
      },
      online: this.#online,
      sync: this.#loop.status(),
      lastSyncMs: this.#lastSyncMs,
      lastResult: this.#lastResult,
      pending: counts.pending,
      inbox: counts.inbox,
      notices: counts.notices,
      filesPending: counts.filesToSend,
      bundleVersion: runningApp?.bundle.manifest.version ?? null,
      updateReady: this.#bundles.ready,
      storage: this.#ports.sql.durability,
    };
  }

  subscribe(listener: (event: DeviceEvent) => void): () => void {
    return this.#engine.subscribe(listener);
  }

  async bundle(): Promise<BundleFiles | null> {
    return this.#engine.queue.read(readRunningFiles);
  }

  async session(): Promise<Session> {
    return this.#engine.languageSession();
  }

  async demoUsers() {
    if (!this.#sync.hello) await outcomeOf(() => this.#sync.greet());
    return this.#sync.hello?.demoUsers ?? [];
  }

  signIn(name: string, password: string): Promise<Outcome> {
    return outcomeOf(async () => {
      const { engine, client } = this.#parts();
      const deviceId = await engine.queue.read((reader) => readMeta(reader, 'deviceId'));
      const body = { name, password, deviceId, profile: this.#config.profile, platform: this.#ports.platform };
      const answer = await client.anonymous({ path: '/api/session/sign-in', body, answer: sessionAnswer });
      const previous = engine.session.user;
      const isAnother = previous !== null && previous.id !== answer.user.id;
      if (isAnother && (await engine.count()).pending > 0) {
        refuse(
          'session/unsent-work',
          `Work of ${previous.name} waits on this device. Let ${previous.name} sign in and synchronise first.`,
        );
      }
      await engine.queue.transact(async (transaction) => {
        if (isAnother) await clearUserData(transaction, engine.runningApp?.tables ?? null);
        await engine.session.take(transaction, answer);
      });
      if (isAnother) this.#forgetUser();
      await outcomeOf(() => this.#bundles.ensure());
      this.#loop.signedIn();
      this.#listen();
      this.#tellStatus();
      return null;
    });
  }

  signOut(options: { readonly discard?: boolean } = {}): Promise<Outcome> {
    return outcomeOf(async () => {
      const { engine } = this.#parts();
      const { pending, filesToSend } = await engine.count();
      if (pending + filesToSend > 0 && !options.discard) {
        refuse('session/unsent-work', 'Work on this device has not been sent yet. Synchronise first, or discard it.');
      }
      this.#pings.close();
      this.#loop.cancel();
      await engine.session.endOnService();
      await engine.queue.transact(async (transaction) => {
        await clearUserData(transaction, engine.runningApp?.tables ?? null);
        await engine.session.forget(transaction);
      });
      await this.#files.removeAll();
      this.#forgetUser();
      engine.announce({ kind: 'signedOut', because: 'session/signed-out' });
      engine.announce({ kind: 'data', entities: null });
      this.#tellStatus();
      return null;
    });
  }

  async retrieve(request: RetrieveRequest): Promise<RetrieveResult> {
    const { source, variables } = request;
    if (source.kind === 'nanoflow' || source.kind === 'microflow')
      return this.#flows.retrieve(source, variables, request);
    return this.#engine.queue.read((reader) => retrieveObjects(reader, this.#engine.data(), request));
  }

  load(objects: readonly ObjectId[]): Promise<readonly ObjectSnapshot[]> {
    return this.#engine.queue.read(async (reader) =>
      (await loadObjects(reader, this.#engine.reader(), objects)).map(snapshot),
    );
  }

  follow(objects: readonly ObjectId[], association: string, entity?: string, reversed?: boolean) {
    const step = {
      objects,
      association,
      ...(entity === undefined ? {} : { entity }),
      ...(reversed === undefined ? {} : { reversed }),
    };
    return this.#engine.queue.read((reader) => followFrom(reader, this.#engine.reader(), step));
  }

  async create(entity: string): Promise<ObjectSnapshot> {
    const { engine } = this.#parts();
    const { id } = createObject(engine.reader(), entity, engine.newId(), this.#ports.clock.now());
    const [object] = await this.load([id]);
    return object ?? refuse('object/gone', 'The new object is gone.');
  }

  change(
    object: ObjectId,
    values: { readonly [member: string]: Cell | readonly ObjectId[] },
  ): Promise<Outcome<ObjectSnapshot>> {
    return outcomeOf(async () => {
      const { engine } = this.#parts();
      const saved = engine.working.save();
      try {
        return await engine.queue.read(async (reader) => {
          await changeObject(reader, engine.reader(), object, values);
          return snapshot(await mustLoad(reader, engine.reader(), object));
        });
      } catch (thrown) {
        engine.working.restore(saved);
        throw thrown;
      } finally {
        engine.announceObjects([object], engine.entitiesInMemory([object]));
      }
    });
  }

  commit(objects: readonly ObjectId[]): Promise<WriteOutcome> {
    return this.#write((local) => local.commit(objects), objects);
  }

  async rollback(objects: readonly ObjectId[]): Promise<void> {
    const { engine } = this.#parts();
    const entities = engine.entitiesInMemory(objects);
    if (engine.hasHandlers(entities, 'rollback')) await engine.write((local) => local.rollback(objects));
    else engine.working.drop(objects);
    engine.announceObjects(objects, entities);
  }

  delete(objects: readonly ObjectId[]): Promise<WriteOutcome> {
    return this.#write((local) => local.delete(objects), objects);
  }

  callNanoflow(name: string, args: { readonly [parameter: string]: PlainValue }): Promise<FlowOutcome> {
    return this.#flows.callNanoflow(name, args);
  }

  callMicroflow(name: string, args: { readonly [parameter: string]: PlainValue }): Promise<FlowOutcome> {
    return this.#flows.callMicroflow(name, args);
  }

  setFile(object: ObjectId, name: string, mediaType: string, body: Uint8Array): Promise<Outcome<ObjectSnapshot>> {
    return outcomeOf(() => this.#files.set(object, { name, mediaType, body }));
  }

  file(object: ObjectId) {
    return this.#files.read(object);
  }

  synchronize(): Promise<SyncResult> {
    return this.#loop.synchronize();
  }

  async cancelSynchronization(): Promise<void> {
    this.#loop.cancel();
  }

  inbox(): Promise<readonly InboxEntry[]> {
    return this.#engine.queue.read(async (reader) => {
      const entries: InboxEntry[] = [];
      for (const record of await readInbox(reader))
        entries.push(await describeEntry(reader, this.#engine.reader(), record));
      return entries;
    });
  }

  retry(entry: string): Promise<WriteOutcome> {
    return this.#settle(entry, 'retried');
  }

  discard(entry: string): Promise<Outcome> {
    return this.#settle(entry, 'discarded');
  }

  notices(): Promise<readonly ReplacedNotice[]> {
    return this.#engine.queue.read((reader) => describeNotices(reader, this.#engine.reader()));
  }

  async dismissNotices(ids: readonly string[]): Promise<void> {
    await this.#engine.queue.transact((transaction) => removeNotices(transaction, ids));
    await this.#engine.count();
    this.#tellStatus();
  }

  inspect(sql: string) {
    return this.#engine.queue.read(async (reader) => {
      if (!/^\s*(select|with|explain|pragma\s+\w+\s*(\(|;|$))/i.test(sql))
        refuse('inspect/read-only', 'Only statements that read may be asked here.');
      return reader.all(sql);
    });
  }

  checkForUpdate(): Promise<Outcome<{ readonly version: string; readonly updated: boolean }>> {
    return outcomeOf(async () => {
      const updated = await this.#bundles.update(() => this.#flows.isRunning).catch(asFailedUpdate);
      if (updated) this.#loop.stale();
      this.#tellStatus();
      return { version: this.#engine.app.bundle.manifest.version, updated };
    });
  }

  async close(): Promise<void> {
    this.#stopHints();
    this.#pings.close();
    await this.#loop.stop();
    await closeStore(this.#engine.queue);
  }

  #settle(entry: string, how: 'retried' | 'discarded'): Promise<WriteOutcome> {
    return this.#write(async (local, transaction) => {
      const { engine } = this.#parts();
      const record =
        how === 'retried'
          ? await retryEntry(transaction, engine.reader(), local, entry)
          : await mustRead(transaction, entry);
      await settle(transaction, record, {
        id: engine.newId(),
        user: engine.signedIn().id,
        how,
        atMs: this.#ports.clock.now(),
      });
    }, []);
  }

  async #write(body: Parameters<Engine['write']>[0], objects: readonly ObjectId[]): Promise<WriteOutcome> {
    const written = await outcomeOf(async () => {
      const effects = await this.#engine.write(async (local, transaction) => {
        await body(local, transaction);
        return local.effects;
      });
      this.#engine.announce({ kind: 'objects', ids: objects });
      await this.#written();
      return effects;
    });
    if (!written.ok) return written;
    return { ok: true, value: null, ...(written.value.length > 0 ? { effects: written.value } : {}) };
  }

  async #written(): Promise<void> {
    await this.#engine.count();
    this.#tellStatus();
    this.#loop.changed();
  }

  /** Gets going in the background: the bundle if there is none, then synchronisation. */
  async #begin(): Promise<void> {
    const arrived = await outcomeOf(() => this.#bundles.ensure());
    if (!arrived.ok) {
      this.#tellStatus();
      this.#ports.clock.after(MINUTE_MS / 12, () => void this.#begin());
      return;
    }
    if (this.#engine.runningApp?.bundle.navigation.synchronization.triggers.onStart ?? true) this.#loop.stale();
    this.#loop.changed();
    this.#listen();
    this.#tellStatus();
  }

  #listen(): void {
    const wanted = this.#engine.runningApp?.bundle.navigation.synchronization.triggers.onPush ?? true;
    if (wanted && (this.#config.automatic ?? true)) this.#pings.open();
  }

  #hintOnline(): void {
    if (this.#engine.runningApp?.bundle.navigation.synchronization.triggers.onReconnect ?? true) this.#loop.stale();
    this.#loop.reachable();
  }

  async #finished(result: SyncResult): Promise<void> {
    this.#lastResult = result;
    if (result.ok) {
      this.#lastSyncMs = this.#ports.clock.now();
      this.#firstSyncDone = true;
      // A newer release is looked for whenever the service was reached; when it cannot be had now, this one goes on.
      const updated = await outcomeOf(() => this.#bundles.update(() => this.#flows.isRunning).catch(asFailedUpdate));
      if (!updated.ok) this.#ports.log.write('warning', updated.error.message, { code: updated.error.code });
      else if (updated.value) this.#loop.stale();
      this.#listen();
    }
    this.#engine.announce({ kind: 'synchronized', result });
  }

  #phase(): Pick<DeviceStatus, 'phase' | 'message'> {
    if (this.#broken !== null) return { phase: 'broken', message: this.#broken };
    if (this.#sync.isForeign)
      return {
        phase: 'foreignService',
        message: 'Another service answers at this address than the one this device belongs to.',
      };
    if (!this.#engine.runningApp) return { phase: 'loadingBundle' };
    if (!this.#engine.session.user) return { phase: 'signedOut' };
    return { phase: this.#firstSyncDone ? 'ready' : 'firstSync' };
  }

  #reached(reached: boolean): void {
    if (this.#online === reached) return;
    this.#online = reached;
    if (this.#loop) this.#tellStatus();
  }

  #forgetUser(): void {
    this.#engine.forgetObjects();
    this.#firstSyncDone = false;
    this.#lastSyncMs = null;
    this.#lastResult = null;
  }

  #fail(defect: unknown): void {
    this.#broken = defect instanceof Error ? defect.message : String(defect);
    this.#ports.log.write('error', 'Synchronisation stopped.', { cause: this.#broken });
    this.#tellStatus();
  }

  #tellStatus(): void {
    void this.status().then((status) => this.#engine.announce({ kind: 'status', status }));
  }

  #parts(): { engine: Engine; client: ServiceClient } {
    return { engine: this.#engine, client: this.#client };
  }
}

/** The old version goes on whatever was wrong with the new one, also a defect: the keeper has logged it. */
function asFailedUpdate(thrown: unknown): never {
  if (thrown instanceof Refused || thrown instanceof Fault) throw thrown;
  return refuse('bundle/not-switched', 'The new version cannot run on this device. The present one goes on.');
}
