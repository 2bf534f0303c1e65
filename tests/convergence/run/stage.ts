import type { SyncResult } from '@skerry/runtime/engine/device-face';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import type { AppRules } from '../oracle/app-rules.ts';
import { seededRandom } from '../random.ts';
import { DeviceHost, type Surroundings } from '../world/device-host.ts';
import { START_MS } from '../world/first-data.ts';
import { Network } from '../world/network.ts';
import { ServiceHost, type Template } from '../world/service-host.ts';
import { VirtualTime } from '../world/virtual-time.ts';
import { newSeen, type Seen } from './check-device.ts';
import { readService } from './check-service.ts';
import type { PlantedBug } from './planted-bug.ts';
import { type DiskContent, readDisk } from './probe.ts';
import type { Scenario } from './scenario.ts';
import { Tally } from './tally.ts';
import { Watch } from './watch.ts';

export interface Player {
  readonly host: DeviceHost;
  readonly seen: Seen;
  /** Something was committed since the last look. */
  dirty: boolean;
  signedIn: boolean;
  /** Runs that somebody waits for. */
  running: number;
  /** A reply was lost or a device crashed since its last pull began. */
  last: SyncResult | null;
}

/** Microtasks of a device all run before the next turn of the event loop; the rare real wait takes a few. */
const TURNS = 3;

/** Who and what takes part in one seed. Acting, faults and checking are rooms of their own around it. */
export class Stage {
  readonly tally = new Tally();
  readonly trace: string[] = [];
  readonly scenario: Scenario;
  readonly time = new VirtualTime(START_MS);
  readonly service: ServiceHost;
  readonly network: Network;
  readonly players: Player[] = [];
  readonly watch: Watch;
  readonly #template: Template;
  #broken: Error | null = null;

  constructor(template: Template, scenario: Scenario, bug: PlantedBug | null) {
    this.#template = template;
    this.scenario = scenario;
    const { seed, devices } = scenario;
    this.service = new ServiceHost(template, () => this.time.nowMs, seededRandom(seed, 2));
    const rules = template.releases.map((release) => release.rules);
    this.watch = new Watch({
      ask: (request) => this.service.ask(request),
      rules,
      setups: devices,
      first: readService(this.service.databasePath, rules[0] as AppRules),
      now: () => this.time.nowMs,
      tally: this.tally,
    });
    this.network = new Network(async (device, request) => {
      await bug?.beforeService?.({ request, databasePath: this.service.databasePath });
      const answer = await this.watch.answer(device, request);
      return bug?.onAnswer?.({ request, answer, disk: this.player(device).host.disk }) ?? answer;
    });
    for (const [at, setup] of devices.entries()) {
      const random = seededRandom(seed, 10 + at);
      const around: Surroundings = {
        time: this.time,
        random,
        send: (device, request) => this.network.send(device, request),
        committed: (device) => {
          this.player(device).dirty = true;
        },
        crashed: (device) => this.#crashed(device),
      };
      this.players.push({
        host: new DeviceHost(setup, around),
        seen: newSeen(),
        dirty: false,
        signedIn: false,
        running: 0,
        last: null,
      });
    }
  }

  /** Until nothing moves but by the network or the clock. */
  async settle(): Promise<void> {
    for (let at = 0; at < TURNS; at++) await new Promise((resolve) => setImmediate(resolve));
    if (this.#broken) throw this.#broken;
  }

  say(line: string): void {
    this.trace.push(line);
  }

  player(device: string): Player {
    const found = this.players.find(({ host }) => host.setup.name === device);
    if (!found) throw new Error(`There is no device ${device}.`);
    return found;
  }

  disk(player: Player): DiskContent {
    const { disk, setup } = player.host;
    return readDisk(disk, (version) => this.#tablesOf(version, setup.profile));
  }

  get releases() {
    return this.#template.releases;
  }

  #tablesOf(version: string, profile: string): RelationalPlan {
    const plan = this.#template.releases.find(({ release }) => release.version === version)?.tables.get(profile);
    if (!plan) throw new Error(`There is no ${profile} ${version}.`);
    return plan;
  }

  #crashed(name: string): void {
    this.tally.add('crash of a device');
    this.say(`  ${name} lost its power`);
    const player = this.player(name);
    player.running = 0;
    player.dirty = true;
    const random = seededRandom(player.host.lives, this.scenario.seed);
    this.network.forget(name, () => random.below(2) === 0);
  }

  /** A device that has lost its power may leave promises behind; anything else that nobody caught ends the run. */
  watchRejections(): () => void {
    const listener = (reason: unknown) => {
      if (!(reason instanceof Error && /power is gone/.test(reason.message))) {
        this.#broken = reason instanceof Error ? reason : new Error(String(reason));
      }
    };
    process.on('unhandledRejection', listener);
    return () => process.off('unhandledRejection', listener);
  }
}
