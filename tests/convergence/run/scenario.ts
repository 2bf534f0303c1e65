import { seededRandom } from '../random.ts';
import type { DeviceSetup } from '../world/device-host.ts';

export const STEP_KINDS = [
  'act',
  'role',
  'membership',
  'synchronize',
  'traffic',
  'drain',
  'loseRequest',
  'loseReply',
  'truncate',
  'duplicate',
  'stray',
  'crash',
  'crashInCheckpoint',
  'crashInChange',
  'restartService',
  'crashService',
  'publish',
  'time',
  'clock',
  'offline',
  'online',
  'inbox',
  'update',
  'replay',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** One step of a run. All that it leaves to chance follows from `chance`, so that other steps may be left out. */
export interface Step {
  readonly kind: StepKind;
  /** Index into the devices. */
  readonly device: number;
  readonly chance: number;
}

export interface Scenario {
  readonly seed: number;
  readonly devices: readonly DeviceSetup[];
  readonly steps: readonly Step[];
}

const OPERATIONS = 44;

/** How often each kind comes beside the operations. */
const BESIDE: readonly [StepKind, number][] = [
  ['synchronize', 17],
  ['traffic', 28],
  ['drain', 8],
  ['loseRequest', 2],
  ['loseReply', 3],
  ['truncate', 2],
  ['duplicate', 2],
  ['stray', 2],
  ['crash', 2],
  ['crashInCheckpoint', 1],
  ['crashInChange', 1],
  ['restartService', 1],
  ['crashService', 1],
  ['publish', 1],
  ['time', 5],
  ['clock', 1],
  ['offline', 2],
  ['online', 3],
  ['inbox', 3],
  ['update', 2],
  ['replay', 1],
];

/** What every seed has at least once. */
const ALWAYS: readonly StepKind[] = [
  'role',
  'membership',
  'membership',
  'crash',
  'loseReply',
  'publish',
  'time',
  'time',
];

/** In half of the seeds there is a fourth device: another user's, or a second one of the same. */
const FOURTH: readonly (DeviceSetup | null)[] = [
  null,
  null,
  { name: 'cid', user: 'cid', profile: 'Phone', automatic: true },
  { name: 'ann2', user: 'ann', profile: 'Phone', automatic: false },
];

export function scenarioOf(seed: number): Scenario {
  const random = seededRandom(seed, 1);
  const devices: DeviceSetup[] = [
    { name: 'ann', user: 'ann', profile: 'Phone', automatic: false },
    { name: 'bob', user: 'bob', profile: 'Phone', automatic: false },
    { name: 'boss', user: 'boss', profile: 'Desk', automatic: false },
  ];
  const fourth = FOURTH[random.below(FOURTH.length)];
  if (fourth) devices.push({ ...fourth, automatic: fourth.automatic && random.below(2) === 0 });
  const kinds: StepKind[] = [...ALWAYS, ...Array.from({ length: OPERATIONS }, (): StepKind => 'act')];
  for (const [kind, often] of BESIDE) for (let at = 0; at < often; at++) if (random.below(8) !== 0) kinds.push(kind);
  const steps = kinds
    .map((kind) => ({
      kind,
      device: random.below(devices.length),
      chance: random.below(2 ** 30),
      order: random.share(),
    }))
    .sort((a, b) => a.order - b.order)
    .map(({ kind, device, chance }) => ({ kind, device, chance }));
  return { seed, devices, steps };
}
