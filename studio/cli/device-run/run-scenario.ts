import { join } from 'node:path';
import { Fault, userFault } from '@skerry/shared/base/fault';
import { type Agreement, compareWithService } from './agreement.ts';
import { DeviceActor } from './device-actor.ts';
import { UNEXPECTED } from './expectations.ts';
import { performStep, type StepContext } from './perform-step.ts';
import type { Scenario, ServiceStep, Step } from './scenario.ts';
import type { ServiceCommand } from './service-messages.ts';
import { type ServiceProcess, startService } from './service-process.ts';
import { demoPasswords } from './service-view.ts';
import type { SyncTally } from './sync-tally.ts';
import { objectOf } from './values.ts';

export interface RunOptions {
  readonly scenario: Scenario;
  /** Folder of the scenario file. */
  readonly scenarioFolder: string;
  /** Folder of the project. */
  readonly project: string;
  /** Holds the service's and the devices' files. */
  readonly folder: string;
  /** A service that runs already; absent: one of its own. */
  readonly url?: string;
  readonly onStep?: (step: StepReport) => void;
}

export interface StepReport {
  /** From 1. */
  readonly step: number;
  /** Null for a step of the service. */
  readonly device: string | null;
  readonly do: Step['do'];
  readonly note: string;
  readonly ms: number;
  readonly failure?: { readonly code: string; readonly message: string };
}

export interface DeviceReport extends SyncTally {
  readonly device: string;
  readonly user: string;
  readonly kills: number;
  readonly bundleVersion: string | null;
  readonly pending: number;
  readonly inbox: number;
}

export interface RunReport {
  readonly ok: boolean;
  readonly service: string;
  readonly steps: readonly StepReport[];
  readonly devices: readonly DeviceReport[];
  /** Why the devices could not be brought to rest, if so. */
  readonly unrest: readonly string[];
  readonly agreement: readonly Agreement[];
  readonly ms: number;
}

/** Rounds of synchronising in which everything must have come to rest. */
const ROUNDS = 10;

/** Plays a scenario, brings all devices to rest, and compares each with the service. */
export async function runScenario(options: RunOptions): Promise<RunReport> {
  const { scenario, folder, url } = options;
  const started = performance.now();
  const clockOffsetMs = scenario.now === undefined || url !== undefined ? 0 : Date.parse(scenario.now) - Date.now();
  const service =
    url === undefined
      ? new OwnService({ project: options.project, dataFolder: join(folder, 'service'), clockOffsetMs })
      : null;
  const actors = new Map<string, DeviceActor>();
  try {
    const serviceUrl = url ?? (await service?.start()) ?? '';
    const { profile, zone } = scenario;
    for (const { name, user } of scenario.devices) {
      actors.set(name, new DeviceActor(name, user, { folder, serviceUrl, profile, clockOffsetMs, zone }));
    }
    const passwords = await demoPasswords(serviceUrl);
    await Promise.all([...actors.values()].map((actor) => actor.start()));
    const steps = await playSteps(options, actors, service, passwords);
    const hasBroken = steps.some(({ failure }) => failure && failure.code !== UNEXPECTED);
    // After a step that did not work out, what follows says nothing about agreement, but what was synchronised is told.
    const unrest = hasBroken ? [] : await bringToRest([...actors.values()]);
    const agreement: Agreement[] = [];
    if (!hasBroken)
      for (const actor of actors.values()) agreement.push(await compareWithService(actor, profile, serviceUrl));
    const devices = await Promise.all([...actors.values()].map(deviceReport));
    const ok =
      steps.every(({ failure }) => !failure) &&
      unrest.length === 0 &&
      agreement.every(({ differences }) => differences.length === 0);
    return { ok, service: serviceUrl, steps, devices, unrest, agreement, ms: Math.round(performance.now() - started) };
  } finally {
    await Promise.all([...actors.values()].map((actor) => actor.stop()));
    await service?.stop();
  }
}

/** Expectations that do not hold are noted; anything else that fails ends the play. */
async function playSteps(
  { scenario, scenarioFolder, onStep }: RunOptions,
  actors: ReadonlyMap<string, DeviceActor>,
  service: OwnService | null,
  passwords: ReadonlyMap<string, string>,
): Promise<readonly StepReport[]> {
  const context: StepContext = {
    names: new Map(),
    folder: scenarioFolder,
    async passwordOf(user) {
      const password = passwords.get(user);
      if (password !== undefined) return password;
      const choice = [...passwords.keys()].join(', ') || 'none';
      throw userFault(
        'scenario/no-password',
        `The service offers no demo user ${user} (it has ${choice}). Give "password" in the step.`,
      );
    },
  };
  const reports: StepReport[] = [];
  for (const [at, step] of scenario.steps.entries()) {
    const begun = performance.now();
    const told = { step: at + 1, device: 'device' in step ? step.device : null, do: step.do };
    let report: StepReport;
    try {
      const note = await play(step, actors, service, context);
      report = { ...told, note, ms: elapsed(begun) };
    } catch (thrown) {
      const code = thrown instanceof Fault ? thrown.code : 'scenario/defect';
      const message =
        thrown instanceof Fault ? thrown.message : String(thrown instanceof Error ? thrown.stack : thrown);
      report = { ...told, note: '', ms: elapsed(begun), failure: { code, message } };
    }
    reports.push(report);
    onStep?.(report);
    if (report.failure && report.failure.code !== UNEXPECTED) break;
  }
  return reports;
}

async function play(
  step: Step,
  actors: ReadonlyMap<string, DeviceActor>,
  service: OwnService | null,
  context: StepContext,
): Promise<string> {
  if ('device' in step) {
    const actor = actors.get(step.device);
    if (!actor) throw userFault('scenario/unknown-device', `There is no device ${step.device}.`);
    return performStep(actor, step, context);
  }
  if (!service) {
    throw userFault(
      'scenario/needs-own-service',
      `"${step.do}" works on the scenario's own service only. Run it without --url.`,
    );
  }
  return service.play(step, context);
}

/** Everybody up and online, and synchronising until nothing moves any more. */
async function bringToRest(actors: readonly DeviceActor[]): Promise<readonly string[]> {
  const signedIn = actors.filter(({ credentials }) => credentials !== null);
  for (const actor of signedIn) {
    actor.setOnline(true);
    if (!actor.isUp) await actor.start();
  }
  const restless = new Set<string>();
  for (let round = 0, quiet = 0; round < ROUNDS && quiet < 1; round++) {
    restless.clear();
    for (const actor of signedIn) {
      const before = (await actor.device.status()).bundleVersion;
      const { ok, failure, applied, rejected, parked, files } = await actor.synchronize();
      const { pending, filesPending, bundleVersion } = await actor.device.status();
      const moved = applied + rejected.length + parked.length + files > 0 || bundleVersion !== before;
      if (!ok) restless.add(`${actor.name} cannot synchronise: ${failure?.code} ${failure?.message}`);
      else if (pending + filesPending > 0) restless.add(`${actor.name} still has unsent work.`);
      else if (moved) restless.add(`${actor.name} still has something to tell after ${ROUNDS} rounds.`);
    }
    if (restless.size === 0) quiet++;
  }
  return [...restless];
}

async function deviceReport(actor: DeviceActor): Promise<DeviceReport> {
  const { name, user, kills, tally } = actor;
  const status = actor.isUp ? await actor.device.status() : null;
  const { bundleVersion = null, pending = 0, inbox = 0 } = status ?? {};
  return { device: name, user, kills, bundleVersion, pending, inbox, ...tally };
}

function elapsed(begun: number): number {
  return Math.round(performance.now() - begun);
}

/** The scenario's own service, which can be killed and started again. */
class OwnService {
  readonly #options: { readonly project: string; readonly dataFolder: string; readonly clockOffsetMs: number };
  #process: ServiceProcess | null = null;

  constructor(options: { readonly project: string; readonly dataFolder: string; readonly clockOffsetMs: number }) {
    this.#options = options;
  }

  async start(port = 0): Promise<string> {
    this.#process = await startService({ ...this.#options, port });
    return this.#process.url;
  }

  async play(step: ServiceStep, { names }: StepContext): Promise<string> {
    const running = this.#process;
    if (!running) throw userFault('scenario/service-not-open', 'The service is down.');
    if (step.do !== 'restartService') return running.perform(commandOf(step, names));
    await running.kill();
    await this.start(running.port);
    return 'SIGKILL, then started again';
  }

  async stop(): Promise<void> {
    await this.#process?.stop();
  }
}

function commandOf(step: Exclude<ServiceStep, { do: 'restartService' }>, names: StepContext['names']): ServiceCommand {
  if (step.do === 'publish') return { kind: 'publish', version: step.version, edits: step.edits };
  return { kind: 'alter', object: objectOf(step.object, names).id, set: step.set };
}
