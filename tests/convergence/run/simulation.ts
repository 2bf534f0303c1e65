import { seededRandom } from '../random.ts';
import { DAY_MS } from '../world/first-data.ts';
import type { Template } from '../world/service-host.ts';
import { Acting } from './acting.ts';
import { act, changeMembership, changeRole } from './actions.ts';
import { checkService } from './check-service.ts';
import { Checking } from './checking.ts';
import { Faults } from './faults.ts';
import type { PlantedBug } from './planted-bug.ts';
import type { Scenario, Step } from './scenario.ts';
import { type Player, Stage } from './stage.ts';
import type { Tally } from './tally.ts';

/** One seed: real devices, the real service, and whatever happens to them. */
export class Simulation {
  readonly #stage: Stage;
  readonly #acting: Acting;
  readonly #faults: Faults;
  readonly #checking: Checking;
  #release = 0;

  constructor(template: Template, scenario: Scenario, bug: PlantedBug | null = null) {
    this.#stage = new Stage(template, scenario, bug);
    this.#acting = new Acting(this.#stage);
    this.#faults = new Faults(this.#stage, this.#acting);
    this.#checking = new Checking(this.#stage);
  }

  get tally(): Tally {
    return this.#stage.tally;
  }

  get trace(): readonly string[] {
    return this.#stage.trace;
  }

  /** Plays every step, then lets everything come to rest and looks at the whole. @throws Violation */
  async run(): Promise<void> {
    const stopWatching = this.#stage.watchRejections();
    try {
      await this.#stage.service.start();
      for (const player of this.#stage.players) await this.#acting.boot(player);
      for (const player of this.#stage.players) await this.#acting.signIn(player);
      for (const player of this.#stage.players) await this.#acting.wholeSync(player);
      for (const [at, step] of this.#stage.scenario.steps.entries()) {
        this.#stage.say(`${at} ${step.kind} ${this.#stage.scenario.devices[step.device]?.name}`);
        await this.#step(step);
        await this.#checking.look();
      }
      await this.#rest();
    } finally {
      stopWatching();
      for (const { host } of this.#stage.players) host.disk.close();
      await this.#stage.service.close();
    }
  }

  async #step({ kind, device, chance }: Step): Promise<void> {
    const random = seededRandom(chance, 3);
    const player = this.#stage.players[device] as Player;
    const boss = this.#stage.players.find(({ host }) => host.setup.user === 'boss') as Player;
    switch (kind) {
      case 'act':
        return this.#acting.act(player, random, chance, act);
      case 'role':
        return this.#acting.act(boss, random, chance, changeRole, () => this.#stage.tally.add('role changed'));
      case 'membership':
        return this.#acting.act(boss, random, chance, changeMembership, () =>
          this.#stage.tally.add('membership changed'),
        );
      case 'synchronize':
        await this.#acting.ready(player);
        return this.#acting.synchronize(player);
      case 'traffic':
        return this.#faults.traffic(random, 1 + random.below(4));
      case 'drain':
        return this.#acting.drain(player);
      case 'loseRequest':
      case 'loseReply':
      case 'truncate':
      case 'duplicate':
        return this.#faults.fault(kind, random);
      case 'stray':
        return this.#faults.stray(random);
      case 'crash':
        return this.#faults.crash(player, random, 1 + random.below(60));
      case 'crashInCheckpoint':
        return this.#faults.crashInCheckpoint(player, random);
      case 'crashInChange':
        return this.#faults.crashInChange(player, random, chance);
      case 'restartService':
        this.#stage.tally.add('service restarted');
        return this.#stage.service.restart();
      case 'crashService':
        return this.#faults.crashService(player, random, chance);
      case 'publish':
        return this.#publish();
      case 'time':
        return this.#pass(random.below(3) === 0 ? random.below(5 * DAY_MS) : random.below(3_600_000));
      case 'clock':
        player.host.skewMs = (random.below(2 * 86_400) - 86_400) * 1000;
        return this.#stage.tally.add('device clock jumped');
      case 'offline':
        this.#stage.tally.add('offline');
        this.#stage.network.switchOff(player.host.setup.name, true);
        return this.#stage.settle();
      case 'online':
        for (const one of this.#stage.players) this.#stage.network.switchOff(one.host.setup.name, false);
        return;
      case 'inbox':
        return this.#acting.inbox(random);
      case 'update':
        return this.#acting.update(player);
      case 'replay':
        return this.#faults.loseUploadReply(player, random, chance);
    }
  }

  async #publish(): Promise<void> {
    if (this.#release + 1 >= this.#stage.releases.length) return;
    this.#release++;
    await this.#stage.service.publish(this.#release);
    this.#stage.watch.published(this.#release);
    this.#stage.tally.add('access rules changed');
    this.#stage.say(`  release ${this.#stage.watch.rules.version}`);
  }

  async #pass(ms: number): Promise<void> {
    this.#stage.time.advance(ms);
    await this.#stage.settle();
  }

  /** Everybody comes back, late copies arrive, everybody synchronises until nothing moves; then the whole is looked at. */
  async #rest(): Promise<void> {
    this.#stage.say('rest');
    for (const player of this.#stage.players) this.#stage.network.switchOff(player.host.setup.name, false);
    while (this.#stage.network.strays > 0) await this.#stage.network.deliverStray(0);
    for (let round = 0; round < 4; round++) {
      for (const player of this.#stage.players) {
        await this.#acting.ready(player);
        player.host.putOutFuse();
        await this.#acting.drain(player);
        await this.#acting.wholeSync(player);
        await this.#checking.look();
      }
      if (this.#stage.players.every((player) => this.#checking.isQuiet(player))) break;
    }
    for (const player of this.#stage.players) this.#checking.checkQuiet(player);
    // Nobody writes any more; only the clock goes on.
    await this.#pass(3 * DAY_MS);
    for (const player of this.#stage.players) {
      await this.#acting.wholeSync(player);
      // A session may end in so many days; then its user signs in again.
      if (!player.signedIn) {
        await this.#acting.ready(player);
        await this.#acting.wholeSync(player);
      }
      await this.#checking.look();
      this.#checking.checkQuiet(player);
    }
    checkService(this.#stage.service.databasePath, this.#stage.watch);
    this.#checking.checkInboxes();
  }
}
