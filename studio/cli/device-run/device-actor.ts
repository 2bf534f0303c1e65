import { join } from 'node:path';
import type { SyncResult } from '@skerry/runtime/engine/device-face';
import { operationalFault, userFault } from '@skerry/shared/base/fault';
import { must } from '@skerry/shared/base/invariant';
import type { BundleContent } from '@skerry/shared/bundle/content';
import { openBundle } from '@skerry/shared/bundle/open';
import { readManifest } from '@skerry/shared/bundle/verify';
import type { FatalPoint } from './device-messages.ts';
import { type DeviceProcess, type RemoteDevice, startDevice } from './device-process.ts';
import { addResult, emptyTally, type SyncTally } from './sync-tally.ts';

export interface ActorSettings {
  /** Folder that holds a folder for each device. */
  readonly folder: string;
  readonly serviceUrl: string;
  readonly profile: string;
  readonly clockOffsetMs: number;
  readonly zone: string | undefined;
}

/** A device of a scenario: its process, which comes and goes, and what has been seen of it. */
export class DeviceActor {
  readonly name: string;
  readonly user: string;
  readonly #settings: ActorSettings;
  #process: DeviceProcess | null = null;
  #online = true;
  #bundle: BundleContent | null = null;
  #tally: SyncTally = emptyTally();
  /** Who is signed in, as far as this scenario has done it. */
  credentials: { readonly name: string; readonly password: string } | null = null;
  kills = 0;

  constructor(name: string, user: string, settings: ActorSettings) {
    this.name = name;
    this.user = user;
    this.#settings = settings;
  }

  get tally(): SyncTally {
    return this.#tally;
  }

  get isUp(): boolean {
    return this.#process !== null;
  }

  /** @throws Fault `scenario/device-down` */
  get device(): RemoteDevice {
    return this.#running().device;
  }

  async start(): Promise<void> {
    const { folder, serviceUrl, profile, clockOffsetMs, zone } = this.#settings;
    const options = { folder: join(folder, this.name), serviceUrl, profile, clockOffsetMs, online: this.#online };
    this.#process = await startDevice(options, zone);
  }

  async stop(): Promise<void> {
    const running = this.#process;
    this.#process = null;
    await running?.close();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async kill(): Promise<void> {
    await this.#running().kill();
    this.#died();
  }

  /** Kills itself in the course of a synchronisation. @throws Fault `scenario/not-reached` when that ends without coming there */
  async killDuringSync(point: FatalPoint): Promise<void> {
    const running = this.#running();
    running.dieAt(point);
    const result = await running.device.synchronize().catch(() => null);
    if (result) {
      this.took(result);
      throw userFault(
        'scenario/not-reached',
        `The synchronisation ended without a request of the kind ${point.during}.`,
      );
    }
    const { signal, code } = await running.ended;
    this.#died();
    if (signal !== 'SIGKILL') {
      throw operationalFault(
        'scenario/device-died',
        `The device ended by itself (${signal ?? code}) before it was killed.`,
      );
    }
  }

  setOnline(online: boolean): void {
    this.#online = online;
    this.#process?.setOnline(online);
  }

  async synchronize(): Promise<SyncResult> {
    const result = await this.device.synchronize();
    this.took(result);
    return result;
  }

  took(result: SyncResult): void {
    this.#tally = addResult(this.#tally, result);
  }

  /** The bundle it runs now. @throws Fault `scenario/no-bundle` */
  async bundle(): Promise<BundleContent> {
    const { bundleVersion } = await this.device.status();
    if (this.#bundle && this.#bundle.manifest.version === bundleVersion) return this.#bundle;
    const files = await this.device.bundle();
    if (!files)
      throw userFault('scenario/no-bundle', `The app has not arrived on ${this.name}. Sign in while it is online.`);
    const manifest = readManifest(files.manifest);
    if (!manifest.ok) throw manifest.error;
    const opened = openBundle(manifest.value, files.parts);
    if (!opened.ok) throw opened.error;
    this.#bundle = opened.value;
    return must(this.#bundle, 'the bundle was opened');
  }

  #running(): DeviceProcess {
    if (this.#process) return this.#process;
    throw userFault('scenario/device-down', `${this.name} was killed. Restart it first.`);
  }

  #died(): void {
    this.#process = null;
    this.kills++;
  }
}
