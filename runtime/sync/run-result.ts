import type { Verdict } from '@skerry/shared/sync/verdict';
import type { Failure, SyncResult } from '../engine/device-face.ts';
import type { CheckpointOutcome } from '../store/apply-checkpoint.ts';

/** Adds up what one run of synchronisation did. */
export class RunResult {
  readonly #startedMs: number;
  readonly #bytesBefore: number;
  readonly #verdicts: Verdict[] = [];
  readonly #outcomes: CheckpointOutcome[] = [];
  #files = 0;

  constructor(startedMs: number, bytesBefore: number) {
    this.#startedMs = startedMs;
    this.#bytesBefore = bytesBefore;
  }

  get startedMs(): number {
    return this.#startedMs;
  }

  addVerdicts(verdicts: readonly Verdict[]): void {
    this.#verdicts.push(...verdicts);
  }

  addDownload(outcome: CheckpointOutcome): void {
    this.#outcomes.push(outcome);
  }

  addFiles(count: number): void {
    this.#files += count;
  }

  /** @param nameOf an entity's qualified name by its id */
  finish(end: {
    readonly nowMs: number;
    readonly bytes: number;
    readonly failure: Failure | null;
    readonly nameOf: (entityId: string) => string;
  }): SyncResult {
    const applied = this.#verdicts.filter((verdict) => verdict.kind === 'applied');
    const sum = (count: (outcome: CheckpointOutcome) => number) =>
      this.#outcomes.reduce((total, outcome) => total + count(outcome), 0);
    return {
      ok: end.failure === null,
      ...(end.failure ? { failure: end.failure } : {}),
      applied: applied.length,
      resolved: applied.reduce((total, verdict) => total + verdict.resolutions.length, 0),
      rejected: this.#verdicts
        .filter((verdict) => verdict.kind === 'rejected')
        .map(({ transaction, code, message }) => ({ transaction, code, message })),
      parked: this.#verdicts.filter((verdict) => verdict.kind === 'parked').map(({ transaction }) => ({ transaction })),
      downloaded: sum((outcome) => outcome.downloaded),
      removed: sum((outcome) => outcome.removed),
      reconciled: this.#outcomes
        .flatMap((outcome) => outcome.reconciled)
        .map(({ entityId, because }) => ({ entity: end.nameOf(entityId), because })),
      files: this.#files,
      bytes: end.bytes - this.#bytesBefore,
      ms: end.nowMs - this.#startedMs,
    };
  }
}
