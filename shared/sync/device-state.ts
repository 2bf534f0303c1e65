/**
 * What a device should do next about synchronisation. Events only change facts; this one function decides.
 *
 * 1. Nothing is sent or fetched without a session and a bundle; what is written meanwhile waits, it is never refused.
 * 2. One action at a time: while one runs the answer is `continue`.
 * 3. Work goes up before anything comes down, so that a checkpoint contains what its user did before it.
 * 4. Rows go before bodies, both ways: a row never waits for a body.
 * 5. After a failure nothing happens until its time has come; being asked or getting a network again ends the wait,
 *    a change or a ping does not.
 * 6. What has been answered and not been covered calls for a pull, even if nobody asks.
 * 7. An expired session stops synchronising until somebody signs in; asking changes nothing about that.
 * 8. A quiet device does nothing of its own accord.
 * 9. Device time decides when, never what: the scope's next change by the clock is pulled at its corrected instant.
 */
export interface SyncFacts {
  readonly signedIn: boolean;
  readonly sessionExpired: boolean;
  readonly hasBundle: boolean;
  /** Another service answers at the address than the one this store belongs to. */
  readonly foreignService: boolean;
  readonly running: boolean;
  /** Nobody asked, and this device acts only when asked. */
  readonly quiet: boolean;
  /** Outbox entries without an answer. */
  readonly unanswered: number;
  /** Answered entries whose covering checkpoint has not been applied. */
  readonly uncovered: number;
  /** A checkpoint of this user's scope has been applied. */
  readonly firstSyncDone: boolean;
  /** Somebody asked, and no pull has begun since. */
  readonly asked: boolean;
  /** Something changed elsewhere, or a trigger of the profile fired, and no pull has begun since. */
  readonly pulled: 'upToDate' | 'stale';
  /** A pull that was broken off and can be resumed. */
  readonly openPull: boolean;
  readonly uploadsOnSave: boolean;
  readonly bodiesToSend: number;
  readonly bodiesToFetch: number;
  /** Service time, epoch milliseconds. */
  readonly nextScopeChangeMs: number | null;
  /** Local time of the next periodic run; null without one. */
  readonly nextPeriodicMs: number | null;
  /** Service time minus device time, as of the last contact. */
  readonly clockOffsetMs: number;
  readonly backoff: { readonly untilMs: number; readonly attempt: number } | null;
}

export type SyncAction =
  | { readonly kind: 'continue' }
  | { readonly kind: 'upload' }
  | { readonly kind: 'download' }
  | { readonly kind: 'sendBodies' }
  | { readonly kind: 'fetchBodies' }
  /** Nothing to do until `untilMs` (device time), or until a fact changes when null. */
  | { readonly kind: 'wait'; readonly untilMs: number | null; readonly because: WaitReason };

export type WaitReason = 'idle' | 'backingOff' | 'noSession' | 'sessionExpired' | 'noBundle' | 'foreignService';

/** @param now device time, epoch milliseconds */
export function evaluate(facts: SyncFacts, now: number): SyncAction {
  if (facts.running) return { kind: 'continue' };
  const barrier = barrierOf(facts);
  if (barrier) return wait(null, barrier);
  if (facts.quiet) return wait(null, 'idle');
  if (facts.backoff && now < facts.backoff.untilMs && !facts.asked) return wait(facts.backoff.untilMs, 'backingOff');
  if (facts.unanswered > 0 && (facts.uploadsOnSave || isPullDue(facts, now))) return { kind: 'upload' };
  if (isPullDue(facts, now)) return { kind: 'download' };
  if (facts.bodiesToSend > 0) return { kind: 'sendBodies' };
  if (facts.bodiesToFetch > 0) return { kind: 'fetchBodies' };
  return wait(nextInstant(facts), 'idle');
}

function barrierOf(facts: SyncFacts): WaitReason | null {
  if (facts.foreignService) return 'foreignService';
  if (!facts.signedIn) return 'noSession';
  if (facts.sessionExpired) return 'sessionExpired';
  return facts.hasBundle ? null : 'noBundle';
}

function isPullDue(facts: SyncFacts, now: number): boolean {
  if (facts.asked || facts.openPull || !facts.firstSyncDone || facts.pulled === 'stale') return true;
  if (facts.uncovered > 0) return true;
  const next = nextInstant(facts);
  return next !== null && next <= now;
}

function nextInstant(facts: SyncFacts): number | null {
  const scope = facts.nextScopeChangeMs === null ? null : facts.nextScopeChangeMs - facts.clockOffsetMs;
  const instants = [scope, facts.nextPeriodicMs].filter((instant) => instant !== null);
  return instants.length === 0 ? null : Math.min(...instants);
}

function wait(untilMs: number | null, because: WaitReason): SyncAction {
  return { kind: 'wait', untilMs, because };
}
