import { operationalFault } from '@skerry/shared/base/fault';
import { evaluate, type SyncAction, type SyncFacts } from '@skerry/shared/sync/device-state';
import type { Verdict } from '@skerry/shared/sync/verdict';
import type { DeviceStatus, Failure, SyncResult } from '../engine/device-face.ts';
import { failureOf } from '../engine/failure.ts';
import type { Clock } from '../platform/ports.ts';
import type { CheckpointOutcome } from '../store/apply-checkpoint.ts';
import { backoffDelayMs } from './backoff.ts';
import { RunResult } from './run-result.ts';
import { SESSION_EXPIRED } from './service-client.ts';

/** Facts the loop does not hold itself: they stand in the store and the session. */
export type StoredFacts = Omit<
  SyncFacts,
  'running' | 'quiet' | 'asked' | 'pulled' | 'backoff' | 'sessionExpired' | 'nextPeriodicMs'
>;

/** What the loop needs of the rest of the engine. */
export interface SyncWork {
  facts(): Promise<StoredFacts>;
  /** Makes sure of who the service is; once per run, before anything else. */
  greet(): Promise<void>;
  upload(): Promise<readonly Verdict[]>;
  /** Null when it was cancelled between pages. */
  download(isCancelled: () => boolean): Promise<CheckpointOutcome | null>;
  /** Number of bodies moved. */
  sendBodies(isCancelled: () => boolean): Promise<number>;
  fetchBodies(isCancelled: () => boolean): Promise<number>;
  /** Bytes over the wire so far. */
  bytes(): number;
  nameOf(entityId: string): string;
  finished(result: SyncResult): Promise<void>;
  /** The session is over; local work goes on. */
  expired(): void;
  statusChanged(): void;
  /** A defect, or a store that does not work any more. */
  failed(defect: unknown): void;
}

export interface SyncLoopOptions {
  readonly clock: Clock;
  /** At least 0, below 1. */
  readonly random: () => number;
  readonly everyMinutes: () => number | undefined;
  /** False: it acts only when asked. */
  readonly automatic: boolean;
}

interface Waiter {
  readonly resolve: (result: SyncResult) => void;
}

/** How long a cancelled synchronisation rests unless somebody asks. */
const REST_AFTER_CANCEL_MS = 30_000;
const CANCELLED: Failure = { code: 'sync/cancelled', message: 'The synchronisation was cancelled.' };
const MINUTE_MS = 60_000;

/**
 * The one loop: `changed` and its sisters only update facts, `evaluate` decides, and one action runs at a time. A run is
 * everything between two waits and ends in one result.
 */
export class SyncLoop {
  readonly #work: SyncWork;
  readonly #options: SyncLoopOptions;
  #asked: Waiter[] = [];
  /** Those whose asking the pull under way answers. */
  #served: Waiter[] = [];
  #stale = false;
  #sessionExpired = false;
  #backoff: SyncFacts['backoff'] = null;
  #failures = 0;
  #cancelled = false;
  #run: RunResult | null = null;
  #greeted = false;
  #step: 'upload' | 'download' | 'files' | 'update' = 'upload';
  #progress: { done: number; total: number | null } = { done: 0, total: null };
  #lastRunMs: number | null = null;
  #timer: (() => void) | null = null;
  #turning: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(work: SyncWork, options: SyncLoopOptions) {
    this.#work = work;
    this.#options = options;
  }

  /** Some fact in the store or the session changed: decide anew. */
  changed(): void {
    if (this.#stopped) return;
    this.#again = true;
    this.#turning ??= this.#turn()
      .catch((defect: unknown) => this.#work.failed(defect))
      .finally(() => {
        this.#turning = null;
        if (this.#again) this.changed();
      });
  }

  /** Something changed elsewhere: a pull is worthwhile. */
  stale(): void {
    this.#stale = true;
    this.changed();
  }

  /** The platform believes that the network is back. */
  reachable(): void {
    this.#backoff = null;
    this.#greeted = false;
    this.changed();
  }

  signedIn(): void {
    this.#sessionExpired = false;
    this.#backoff = null;
    this.#stale = true;
    this.changed();
  }

  synchronize(): Promise<SyncResult> {
    return new Promise((resolve) => {
      this.#asked.push({ resolve });
      this.changed();
    });
  }

  cancel(): void {
    if (this.#run) this.#cancelled = true;
  }

  progress(done: number, total: number | null): void {
    this.#progress = { done, total };
    this.#work.statusChanged();
  }

  status(): DeviceStatus['sync'] {
    if (this.#run) return { kind: 'running', step: this.#step, ...this.#progress };
    if (this.#backoff && this.#failures > 0)
      return { kind: 'backingOff', untilMs: this.#backoff.untilMs, attempt: this.#failures };
    return { kind: 'idle' };
  }

  get hasExpired(): boolean {
    return this.#sessionExpired;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelled = true;
    this.#timer?.();
    await this.#turning;
  }

  /** Decides and acts until there is nothing to do. */
  async #turn(): Promise<void> {
    while (!this.#stopped) {
      this.#again = false;
      const facts = await this.#facts();
      const action = evaluate(facts, this.#options.clock.now());
      if (action.kind === 'continue') return;
      if (action.kind === 'wait') {
        await this.#rest(action);
        if (this.#again) continue;
        return;
      }
      await this.#act(action);
    }
  }

  async #facts(): Promise<SyncFacts> {
    const minutes = this.#options.everyMinutes();
    return {
      ...(await this.#work.facts()),
      running: false,
      quiet: !this.#options.automatic && this.#asked.length === 0 && this.#served.length === 0,
      asked: this.#asked.length > 0,
      pulled: this.#stale ? 'stale' : 'upToDate',
      sessionExpired: this.#sessionExpired,
      backoff: this.#backoff,
      nextPeriodicMs: minutes === undefined || this.#lastRunMs === null ? null : this.#lastRunMs + minutes * MINUTE_MS,
    };
  }

  async #act(action: Exclude<SyncAction, { kind: 'wait' | 'continue' }>): Promise<void> {
    this.#timer?.();
    this.#timer = null;
    this.#run ??= new RunResult(this.#options.clock.now(), this.#work.bytes());
    this.#step = action.kind === 'upload' || action.kind === 'download' ? action.kind : 'files';
    this.#progress = { done: 0, total: null };
    this.#work.statusChanged();
    try {
      if (!this.#greeted) await this.#work.greet();
      this.#greeted = true;
      if (this.#cancelled) return await this.#end(CANCELLED);
      await this.#perform(action, this.#run);
      this.#failures = 0;
      this.#backoff = null;
      if (this.#cancelled) await this.#end(CANCELLED);
    } catch (thrown) {
      if (this.#stopped) return;
      await this.#end(failureOf(thrown));
    }
  }

  async #perform(action: Exclude<SyncAction, { kind: 'wait' | 'continue' }>, run: RunResult): Promise<void> {
    const isCancelled = () => this.#cancelled;
    switch (action.kind) {
      case 'upload':
        return run.addVerdicts(await this.#work.upload());
      case 'download': {
        const { openPull } = await this.#work.facts();
        // A pull that goes on from before cannot answer for what was asked since.
        if (!openPull) {
          this.#served.push(...this.#asked);
          this.#asked = [];
          this.#stale = false;
        }
        const outcome = await this.#work.download(isCancelled);
        if (!outcome) return;
        run.addDownload(outcome);
        this.#lastRunMs = this.#options.clock.now();
        const { uncovered, nextScopeChangeMs, clockOffsetMs } = await this.#work.facts();
        // A moment that has come here and not yet at the service: the clocks are compared again before anything else is asked.
        if (nextScopeChangeMs !== null && nextScopeChangeMs - clockOffsetMs <= this.#options.clock.now())
          this.#greeted = false;
        // Work that was answered before the pull began is in it, or the service contradicts itself; asking at once would never end.
        if (!openPull && uncovered > 0)
          throw operationalFault(
            'sync/not-covered',
            'The service has answered work that its checkpoint does not contain.',
          );
        return;
      }
      case 'sendBodies':
        return run.addFiles(await this.#work.sendBodies(isCancelled));
      case 'fetchBodies':
        return run.addFiles(await this.#work.fetchBodies(isCancelled));
    }
  }

  /** Nothing to do now: a run that was under way has ended well. */
  async #rest(wait: Extract<SyncAction, { kind: 'wait' }>): Promise<void> {
    if (this.#run) await this.#end(null);
    else if (wait.because !== 'idle' && wait.because !== 'backingOff') this.#refuseAsked(wait.because);
    this.#timer?.();
    this.#timer = null;
    if (wait.untilMs === null || this.#stopped) return;
    const delayMs = Math.max(0, wait.untilMs - this.#options.clock.now());
    this.#timer = this.#options.clock.after(delayMs, () => this.changed());
  }

  async #end(failure: Failure | null): Promise<void> {
    const run = this.#run;
    this.#run = null;
    this.#greeted = false;
    this.#cancelled = false;
    if (failure) this.#fail(failure);
    if (!run) return;
    const result = run.finish({
      nowMs: this.#options.clock.now(),
      bytes: this.#work.bytes(),
      failure,
      nameOf: (entityId) => this.#work.nameOf(entityId),
    });
    // A failure answers everybody; success only those whose asking came before the pull began.
    const answered = failure ? [...this.#served, ...this.#asked] : this.#served;
    if (failure) this.#asked = [];
    this.#served = [];
    await this.#work.finished(result);
    for (const { resolve } of answered) resolve(result);
    this.#work.statusChanged();
  }

  #fail(failure: Failure): void {
    const now = this.#options.clock.now();
    // What was to be pulled still is.
    this.#stale = true;
    if (failure.code === SESSION_EXPIRED) {
      this.#sessionExpired = true;
      this.#work.expired();
    } else if (failure === CANCELLED) {
      this.#backoff = { untilMs: now + REST_AFTER_CANCEL_MS, attempt: 0 };
    } else {
      this.#failures++;
      this.#backoff = {
        untilMs: now + backoffDelayMs(this.#failures, this.#options.random()),
        attempt: this.#failures,
      };
    }
  }

  #refuseAsked(because: string): void {
    const asked = this.#asked;
    this.#asked = [];
    if (asked.length === 0) return;
    const failure = REASONS[because] ?? CANCELLED;
    const now = this.#options.clock.now();
    const result = new RunResult(now, 0).finish({ nowMs: now, bytes: 0, failure, nameOf: (id) => id });
    for (const { resolve } of asked) resolve(result);
  }
}

const REASONS: { readonly [because: string]: Failure } = {
  noSession: { code: 'session/signed-out', message: 'Sign in to synchronise.' },
  sessionExpired: {
    code: SESSION_EXPIRED,
    message: 'Sign in again to synchronise. What was written here waits until then.',
  },
  noBundle: { code: 'bundle/none', message: 'The app has not arrived on this device yet.' },
  foreignService: {
    code: 'sync/foreign-service',
    message: 'Another service answers at this address than the one this device belongs to.',
  },
};
