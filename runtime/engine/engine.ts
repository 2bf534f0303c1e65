import { type ElementId, type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import type { BundleContent } from '@skerry/shared/bundle/content';
import type { Session } from '@skerry/shared/expression/session';
import type { Value } from '@skerry/shared/expression/value';
import type { ObjectValues } from '../flow/object-values.ts';
import type { Ports } from '../platform/ports.ts';
import type { CheckpointContext } from '../store/apply-checkpoint.ts';
import { commitBody } from '../store/file-table.ts';
import { RightsDictionary } from '../store/rights-dictionary.ts';
import type { SqlQueue, SqlReader } from '../store/sql-queue.ts';
import { countWork, type WorkCounts } from '../store/user-data.ts';

import { type DataContext, scopeOf } from './device-data.ts';
import type { DeviceEvent } from './device-face.ts';
import type { EnvironmentParts } from './environment.ts';
import type { JoinFlow } from './event-handlers.ts';
import { refuse } from './failure.ts';
import { LocalAccess } from './local-access.ts';
import { type CommitContext, LocalTransaction } from './local-transaction.ts';
import { holdingObjects } from './query.ts';
import { RunningApp } from './running-app.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { ReaderContext } from './stored-object.ts';
import { WorkingSet } from './working-set.ts';

const NO_WORK: WorkCounts = {
  unanswered: 0,
  uncovered: 0,
  pending: 0,
  inbox: 0,
  notices: 0,
  filesToSend: 0,
  filesToFetch: 0,
};

/** What the parts of a device share while it runs: its store, its bundle, its user, and objects in memory. */
export class Engine {
  readonly ports: Ports;
  readonly queue: SqlQueue;
  readonly session: SessionKeeper;
  readonly working = new WorkingSet();
  readonly rights = new RightsDictionary();
  readonly access: LocalAccess;
  readonly #entityIds = new Map<ObjectId, ElementId>();
  readonly #listeners = new Set<(event: DeviceEvent) => void>();
  #app: RunningApp | null = null;
  counts: WorkCounts = NO_WORK;
  /** Runs a flow inside an open transaction; the flows' room brings it. */
  joinFlow: JoinFlow = () => refuse('flow/none', 'Flows cannot run here.');
  /** Whether a synchronisation runs; the loop says so once there is one. */
  isSyncing: () => boolean = () => false;

  constructor(ports: Ports, queue: SqlQueue, session: SessionKeeper) {
    this.ports = ports;
    this.queue = queue;
    this.session = session;
    this.access = new LocalAccess(
      () => this.session.user?.roles.map((role) => role.id) ?? [],
      (reader, entity, constraint, objects) =>
        holdingObjects(scopeOf(reader, this.data(), {}), entity, constraint, objects),
    );
  }

  get app(): RunningApp {
    return this.#app ?? refuse('bundle/none', 'The app has not arrived on this device yet.');
  }

  get runningApp(): RunningApp | null {
    return this.#app;
  }

  run(bundle: BundleContent): void {
    this.#app = new RunningApp(bundle);
    this.#entityIds.clear();
  }

  newId(): ObjectId {
    return objectIdFrom(this.ports.clock.now(), this.ports.random.bytes(10));
  }

  /** At least 0, below 1. */
  random(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.ports.random.bytes(4);
    return (a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32;
  }

  locale(): string {
    return this.ports.locale.locale;
  }

  languageSession(): Session {
    const { locale, clock } = this.ports;
    const { user } = this.session;
    const app = this.#app;
    const language = app?.bundle.model.app.languages.find(
      ({ tag }) => tag === locale.locale || tag === locale.locale.split('-')[0],
    );
    return {
      user: user?.id ?? null,
      userEntity: (user && app?.entityById(user.entityId)?.name) || 'System.User',
      roles: user?.roles.map((role) => role.id) ?? [],
      zone: locale.zone,
      transitions: locale.transitions(locale.zone),
      locale: locale.locale,
      firstDayOfWeek: (language ?? app?.bundle.model.app.languages[0])?.firstDayOfWeek ?? 1,
      now: clock.now(),
    };
  }

  reader(): ReaderContext {
    return {
      app: this.app,
      working: this.working,
      rights: this.rights,
      localRights: this.access,
      entityIds: this.#entityIds,
      evaluation: () => ({
        session: this.languageSession(),
        locale: this.ports.locale,
        random: () => this.random(),
        isSyncing: this.isSyncing(),
      }),
      ownUser: () => {
        const { user } = this.session;
        return user && { id: user.id, entity: this.languageSession().userEntity, cells: user.members };
      },
    };
  }

  data(): DataContext {
    return { reader: this.reader(), parts: (variables, values) => this.parts(variables, values) };
  }

  parts(variables: { readonly [name: string]: Value }, values: ObjectValues): EnvironmentParts {
    return {
      context: this.reader(),
      values,
      session: this.languageSession(),
      variables,
      locale: this.ports.locale,
      random: () => this.random(),
    };
  }

  commitContext(): CommitContext {
    const { manifest } = this.app.bundle;
    return {
      ...this.reader(),
      access: this.access,
      user: this.signedIn().id,
      locale: this.locale(),
      now: this.ports.clock.now(),
      limits: manifest.limits,
      join: this.joinFlow,
      bodyCommitted: (transaction, body) => commitBody(transaction, body, this.ports.clock.now()),
    };
  }

  signedIn() {
    return this.session.user ?? refuse('session/signed-out', 'Sign in first.');
  }

  header(flow: ElementId | null): ConstructorParameters<typeof LocalTransaction>[2] {
    return {
      id: this.newId(),
      user: this.signedIn().id,
      bundleVersion: this.app.bundle.manifest.version,
      flow,
      atMs: this.ports.clock.now(),
    };
  }

  /** One local transaction. What throws undoes it, in the store and in memory. */
  async write<T>(
    body: (local: LocalTransaction, transaction: Parameters<Parameters<SqlQueue['transact']>[0]>[0]) => Promise<T>,
  ): Promise<T> {
    const saved = this.working.save();
    try {
      let touched: readonly string[] = [];
      const result = await this.queue.transact(async (transaction) => {
        const local = new LocalTransaction(transaction, this.commitContext(), this.header(null));
        const value = await body(local, transaction);
        touched = local.touched;
        return value;
      });
      if (touched.length > 0) this.announce({ kind: 'data', entities: touched });
      return result;
    } catch (thrown) {
      this.working.restore(saved);
      this.rights.forget();
      throw thrown;
    }
  }

  checkpointContext(): CheckpointContext {
    const { app } = this;
    const { entities } = app.bundle.scope;
    const ids = (modes: readonly string[]) =>
      new Set(entities.filter((entity) => modes.includes(entity.mode)).map((entity) => entity.id));
    return {
      tables: app.tables,
      rights: this.rights,
      mirrored: ids(['all', 'constrained']),
      held: ids(['kept', 'never']),
    };
  }

  async count(): Promise<WorkCounts> {
    this.counts = await this.queue.read((reader: SqlReader) => countWork(reader));
    return this.counts;
  }

  subscribe(listener: (event: DeviceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  announce(event: DeviceEvent): void {
    if (event.kind === 'data' && event.entities && this.#app) {
      this.#tell({ kind: 'data', entities: this.#app.withReaders(event.entities) });
    } else this.#tell(event);
  }

  /** Objects were changed in memory, and with them what is calculated from them. */
  announceObjects(ids: readonly ObjectId[], entities: readonly string[]): void {
    this.#tell({ kind: 'objects', ids });
    const readers = (this.#app?.withReaders(entities) ?? []).filter((entity) => !entities.includes(entity));
    if (readers.length > 0) this.#tell({ kind: 'data', entities: readers });
  }

  #tell(event: DeviceEvent): void {
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Entities of those objects that stand in memory. */
  entitiesInMemory(ids: readonly ObjectId[]): readonly string[] {
    return [...new Set(ids.flatMap((id) => this.working.get(id)?.entity ?? []))];
  }

  hasHandlers(entities: readonly string[], event: 'rollback'): boolean {
    const handlers = entities.flatMap((name) => this.#app?.entity(name)?.handlers ?? []);
    return handlers.some(({ handler }) => handler.event === event);
  }

  /** What a new user must not meet. */
  forgetObjects(): void {
    this.working.clear();
    this.rights.forget();
    this.#entityIds.clear();
  }
}
