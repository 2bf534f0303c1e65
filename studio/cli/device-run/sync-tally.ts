import type { SyncResult } from '@skerry/runtime/engine/device-face';

/** What the synchronisations of one device did, added up. Those of a process that was killed did not tell. */
export interface SyncTally {
  readonly syncs: number;
  readonly failed: readonly { readonly code: string; readonly message: string }[];
  readonly applied: number;
  readonly resolved: number;
  readonly rejected: readonly { readonly code: string; readonly message: string }[];
  readonly parked: number;
  readonly downloaded: number;
  readonly removed: number;
  readonly reconciled: readonly { readonly entity: string; readonly because: string; readonly times: number }[];
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
}

export function emptyTally(): SyncTally {
  return {
    syncs: 0,
    failed: [],
    applied: 0,
    resolved: 0,
    rejected: [],
    parked: 0,
    downloaded: 0,
    removed: 0,
    reconciled: [],
    files: 0,
    bytes: 0,
    ms: 0,
  };
}

export function addResult(tally: SyncTally, result: SyncResult): SyncTally {
  const { failure } = result;
  return {
    syncs: tally.syncs + 1,
    failed: failure ? [...tally.failed, { code: failure.code, message: failure.message }] : tally.failed,
    applied: tally.applied + result.applied,
    resolved: tally.resolved + result.resolved,
    rejected: [...tally.rejected, ...result.rejected.map(({ code, message }) => ({ code, message }))],
    parked: tally.parked + result.parked.length,
    downloaded: tally.downloaded + result.downloaded,
    removed: tally.removed + result.removed,
    reconciled: addReconciled(tally.reconciled, result.reconciled),
    files: tally.files + result.files,
    bytes: tally.bytes + result.bytes,
    ms: tally.ms + result.ms,
  };
}

function addReconciled(before: SyncTally['reconciled'], now: SyncResult['reconciled']): SyncTally['reconciled'] {
  const counts = new Map(before.map((one) => [`${one.entity}\n${one.because}`, one]));
  for (const { entity, because } of now) {
    const key = `${entity}\n${because}`;
    counts.set(key, { entity, because, times: (counts.get(key)?.times ?? 0) + 1 });
  }
  return [...counts.values()];
}
