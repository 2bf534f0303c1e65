import type { Outcome, SyncResult } from '@skerry/runtime/engine/device-face';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import type { AppRules } from '../oracle/app-rules.ts';
import { type Random, seededRandom } from '../random.ts';
import { associationId } from '../world/app-model.ts';
import { DeviceHost, type Surroundings } from '../world/device-host.ts';
import { DAY_MS, START_MS } from '../world/first-data.ts';
import { type Exchange, Network } from '../world/network.ts';
import { ServiceHost, type Template } from '../world/service-host.ts';
import { VirtualTime } from '../world/virtual-time.ts';
import { type Acted, type Actor, act, changeMembership, changeRole, whyNotAsMeant } from './actions.ts';
import { checkDevice, newSeen, type Seen } from './check-device.ts';
import { checkService, readService } from './check-service.ts';
import type { PlantedBug } from './planted-bug.ts';
import { type DiskContent, readDisk } from './probe.ts';
import type { Scenario, Step } from './scenario.ts';
import { Tally } from './tally.ts';
import { Violation } from './violation.ts';
import { Watch } from './watch.ts';

interface Player {
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
const MOST_EXCHANGES = 400;

/** One seed: real devices, the real service, and whatever happens to them. */
export class Simulation {
  readonly tally = new Tally();
  readonly trace: string[] = [];
  readonly #scenario: Scenario;
  readonly #template: Template;
  readonly #time = new VirtualTime(START_MS);
  readonly #service: ServiceHost;
  readonly #network: Network;
  readonly #players: Player[] = [];
  readonly #watch: Watch;
  #release = 0;
  #broken: Error | null = null;

  constructor(template: Template, scenario: Scenario, bug: PlantedBug | null = null) {
    this.#template = template;
    this.#scenario = scenario;
    const { seed, devices } = scenario;
    this.#service = new ServiceHost(template, () => this.#time.nowMs, seededRandom(seed, 2));
    const rules = template.releases.map((release) => release.rules);
    this.#watch = new Watch({
      ask: (request) => this.#service.ask(request),
      rules,
      setups: devices,
      first: readService(this.#service.databasePath, rules[0] as AppRules),
      now: () => this.#time.nowMs,
      tally: this.tally,
    });
    this.#network = new Network(async (device, request) => {
      await bug?.beforeService?.({ request, databasePath: this.#service.databasePath });
      const answer = await this.#watch.answer(device, request);
      return bug?.onAnswer?.({ request, answer, disk: this.#player(device).host.disk }) ?? answer;
    });
    for (const [at, setup] of devices.entries()) {
      const random = seededRandom(seed, 10 + at);
      const around: Surroundings = {
        time: this.#time,
        random,
        send: (device, request) => this.#network.send(device, request),
        committed: (device) => {
          this.#player(device).dirty = true;
        },
        crashed: (device) => this.#crashed(device),
      };
      this.#players.push({
        host: new DeviceHost(setup, around),
        seen: newSeen(),
        dirty: false,
        signedIn: false,
        running: 0,
        last: null,
      });
    }
  }

  /** Plays every step, then lets everything come to rest and looks at the whole. @throws Violation */
  async run(): Promise<void> {
    const stopWatching = this.#watchRejections();
    try {
      await this.#service.start();
      for (const player of this.#players) await this.#boot(player);
      for (const player of this.#players) await this.#signIn(player);
      for (const player of this.#players) await this.#wholeSync(player);
      for (const [at, step] of this.#scenario.steps.entries()) {
        this.#say(`${at} ${step.kind} ${this.#scenario.devices[step.device]?.name}`);
        await this.#step(step);
        await this.#look();
      }
      await this.#rest();
    } finally {
      stopWatching();
      for (const { host } of this.#players) host.disk.close();
      await this.#service.close();
    }
  }

  async #step({ kind, device, chance }: Step): Promise<void> {
    const random = seededRandom(chance, 3);
    const player = this.#players[device] as Player;
    const boss = this.#players.find(({ host }) => host.setup.user === 'boss') as Player;
    switch (kind) {
      case 'act':
        return this.#act(player, random, chance, act);
      case 'role':
        return this.#act(boss, random, chance, changeRole, () => this.tally.add('role changed'));
      case 'membership':
        return this.#act(boss, random, chance, changeMembership, () => this.tally.add('membership changed'));
      case 'synchronize':
        await this.#ready(player);
        return this.#synchronize(player);
      case 'traffic':
        return this.#traffic(random, 1 + random.below(4));
      case 'drain':
        return this.#drain(player);
      case 'loseRequest':
      case 'loseReply':
      case 'truncate':
      case 'duplicate':
        return this.#fault(kind, random);
      case 'stray':
        return this.#stray(random);
      case 'crash':
        return this.#crash(player, random, 1 + random.below(60));
      case 'crashInCheckpoint':
        return this.#crashInCheckpoint(player, random);
      case 'crashInChange':
        return this.#crashInChange(player, random, chance);
      case 'restartService':
        this.tally.add('service restarted');
        return this.#service.restart();
      case 'crashService':
        return this.#crashService(player, random, chance);
      case 'publish':
        return this.#publish();
      case 'time':
        return this.#pass(random.below(3) === 0 ? random.below(5 * DAY_MS) : random.below(3_600_000));
      case 'clock':
        player.host.skewMs = (random.below(2 * 86_400) - 86_400) * 1000;
        return this.tally.add('device clock jumped');
      case 'offline':
        this.tally.add('offline');
        this.#network.switchOff(player.host.setup.name, true);
        return this.#settle();
      case 'online':
        for (const one of this.#players) this.#network.switchOff(one.host.setup.name, false);
        return;
      case 'inbox':
        return this.#inbox(random);
      case 'update':
        return this.#update(player);
      case 'replay':
        return this.#loseUploadReply(player, random, chance);
    }
  }

  async #act(
    player: Player,
    random: Random,
    chance: number,
    how: (actor: Actor) => Promise<Acted>,
    after?: () => void,
  ): Promise<void> {
    await this.#ready(player);
    const { device } = player.host;
    const disk = this.#disk(player);
    if (!device || disk.runningBundle === null || !player.signedIn) return;
    this.tally.add('operation by a user');
    const rules = this.#watch.rulesOf(disk.runningBundle);
    const actor: Actor = {
      device,
      disk,
      random,
      turn: chance.toString(36),
      nameOf: (entityId) => rules.names.get(entityId) ?? '',
      memberId: (entity, name) =>
        [...(rules.entities.get(entity)?.attributes.values() ?? [])].find((one) => one.name === name)?.id ??
        [...(rules.entities.get(entity)?.associations ?? [])].find((one) => `Sim.${nameOfAssociation(one.id)}` === name)
          ?.id,
    };
    const known = new Set(disk.outbox.map((entry) => entry.id));
    const acted = await this.#finished(how(actor));
    if (!acted) return;
    this.#say(`  ${acted.what}${acted.outcome.ok ? '' : `: ${acted.outcome.error.code}`}`);
    if (!acted.outcome.ok) return this.tally.add('operation refused on the device');
    after?.();
    this.#checkSaved(player, acted, known);
  }

  /** What the user was told to be saved is saved as it was meant, with the server's revision it was made on. */
  #checkSaved(player: Player, { intents, what }: Acted, known: ReadonlySet<string>): void {
    const disk = this.#disk(player);
    const saved = disk.outbox.filter((entry) => !known.has(entry.id) && entry.settles === null);
    const operations = saved.flatMap((entry) => entry.operations);
    const problem = intents.length > 0 && saved.length > 0 ? whyNotAsMeant(intents, operations) : null;
    if (problem) throw new Violation('L1', `${player.host.setup.name}: ${what}: ${problem}.`);
    for (const operation of operations) {
      if (operation.kind !== 'update' && operation.kind !== 'delete') continue;
      const rev = disk.bases.get(operation.objectId)?.rev;
      if (operation.baseRev !== rev)
        throw new Violation(
          'L1',
          `${player.host.setup.name}: ${what}: made on revision ${rev} and saved as made on ${operation.baseRev}.`,
        );
    }
  }

  /** Starts a run; its end is waited for by nobody here. */
  async #synchronize(player: Player): Promise<void> {
    const { device, setup } = player.host;
    if (!device || !player.signedIn) return;
    player.running++;
    const { lives } = player.host;
    void device.synchronize().then(
      (result) => {
        player.running--;
        player.last = result;
        this.#say(
          `  ${setup.name} synchronised: ${result.ok ? `applied ${result.applied} rejected ${result.rejected.length} parked ${result.parked.length} down ${result.downloaded} gone ${result.removed}` : result.failure?.code}`,
        );
        if (result.failure?.code === 'session/expired' && lives === player.host.lives) {
          this.tally.add('session ended');
          player.signedIn = false;
        }
      },
      () => {},
    );
    await this.#settle();
  }

  async #traffic(random: Random, times: number): Promise<void> {
    for (let at = 0; at < times; at++) {
      const { pending } = this.#network;
      if (pending.length === 0) return;
      const exchange = random.pick(pending);
      if (exchange.answer === null) await this.#network.deliver(exchange);
      if (random.below(10) < 8) this.#network.answer(exchange);
      await this.#settle();
    }
  }

  /** Lets a device's traffic through until nothing is on its way. */
  async #drain(player: Player): Promise<void> {
    const { name } = player.host.setup;
    for (let at = 0; at < MOST_EXCHANGES; at++) {
      const exchange = this.#network.pending.find((one) => one.device === name);
      if (!exchange) return;
      if (exchange.answer === null) await this.#network.deliver(exchange);
      this.#network.answer(exchange);
      await this.#settle();
    }
    throw new Violation('engine', `${name} never stops asking.`);
  }

  async #fault(kind: 'loseRequest' | 'loseReply' | 'truncate' | 'duplicate', random: Random): Promise<void> {
    if (this.#network.pending.length === 0) {
      const player = random.pick(this.#players);
      await this.#ready(player);
      await this.#synchronize(player);
    }
    const exchange = this.#network.pending.length > 0 ? random.pick(this.#network.pending) : null;
    if (!exchange) return;
    this.#say(`  ${exchange.device} ${exchange.request.path}`);
    if (kind === 'loseRequest') {
      this.tally.add('request lost');
      this.#network.lose(exchange);
      return this.#settle();
    }
    if (kind === 'duplicate') {
      this.tally.add('request duplicated');
      this.#network.duplicate(exchange);
      return;
    }
    if (exchange.answer === null) await this.#network.deliver(exchange);
    this.tally.add(kind === 'loseReply' ? 'reply lost' : 'reply truncated');
    if (kind === 'loseReply') this.#network.lose(exchange);
    else this.#network.truncate(exchange, random.share());
    await this.#settle();
  }

  async #stray(random: Random): Promise<void> {
    if (this.#network.strays === 0) return;
    const path = await this.#network.deliverStray(random.below(this.#network.strays));
    this.#say(`  ${path}`);
    this.tally.add('late copy delivered');
  }

  async #crash(player: Player, random: Random, statements: number): Promise<void> {
    await this.#ready(player);
    player.host.lightFuse(statements, random.below(2) === 0 ? 'before' : 'after');
    if (random.below(2) === 0) await this.#synchronize(player);
  }

  /** Ends the device somewhere between the arrival of a checkpoint and its last statement. */
  async #crashInCheckpoint(player: Player, random: Random): Promise<void> {
    await this.#untilRequest(player, '/api/sync/download', random);
    const { name } = player.host.setup;
    const exchange = this.#network.pending.find(
      (one) => one.device === name && one.request.path === '/api/sync/download',
    );
    if (!exchange || !player.host.isUp) return;
    if (exchange.answer === null) await this.#network.deliver(exchange);
    player.host.lightFuse(1 + random.below(20), random.below(2) === 0 ? 'before' : 'after');
    const { lives } = player.host;
    this.#network.answer(exchange);
    await this.#settle();
    if (player.host.lives !== lives) this.tally.add('crash while a checkpoint is applied');
  }

  async #crashInChange(player: Player, random: Random, chance: number): Promise<void> {
    await this.#ready(player);
    const { lives } = player.host;
    player.host.lightFuse(10 + random.below(40), random.below(2) === 0 ? 'before' : 'after');
    await this.#act(player, random, chance, act);
    player.host.putOutFuse();
    if (player.host.lives !== lives) this.tally.add('crash while a change is written');
  }

  /** The service applies an upload and dies before it can say so. */
  async #crashService(player: Player, random: Random, chance: number): Promise<void> {
    const exchange = await this.#pendingUpload(player, random, chance);
    if (!exchange) return;
    if (exchange.answer === null) await this.#network.deliver(exchange);
    this.#network.lose(exchange);
    await this.#settle();
    await this.#service.restart();
    this.tally.add('crash of the service between apply and verdict');
  }

  async #loseUploadReply(player: Player, random: Random, chance: number): Promise<void> {
    const exchange = await this.#pendingUpload(player, random, chance);
    if (!exchange) return;
    if (exchange.answer === null) await this.#network.deliver(exchange);
    this.#network.lose(exchange);
    this.tally.add('reply lost');
    await this.#settle();
  }

  async #pendingUpload(player: Player, random: Random, chance: number): Promise<Exchange | undefined> {
    this.#network.switchOff(player.host.setup.name, false);
    await this.#act(player, random, chance, act);
    await this.#untilRequest(player, '/api/sync/upload', random);
    return this.#network.pending.find(
      (one) => one.device === player.host.setup.name && one.request.path === '/api/sync/upload',
    );
  }

  /** Synchronises until the device's next request is the wanted one. */
  async #untilRequest(player: Player, path: string, _random: Random): Promise<void> {
    await this.#ready(player);
    await this.#synchronize(player);
    const { name } = player.host.setup;
    for (let at = 0; at < 12; at++) {
      const exchange = this.#network.pending.find((one) => one.device === name);
      if (!exchange || exchange.request.path === path) return;
      if (exchange.answer === null) await this.#network.deliver(exchange);
      this.#network.answer(exchange);
      await this.#settle();
    }
  }

  async #publish(): Promise<void> {
    if (this.#release + 1 >= this.#template.releases.length) return;
    this.#release++;
    await this.#service.publish(this.#release);
    this.#watch.published(this.#release);
    this.tally.add('access rules changed');
    this.#say(`  release ${this.#watch.rules.version}`);
  }

  async #pass(ms: number): Promise<void> {
    this.#time.advance(ms);
    await this.#settle();
  }

  async #inbox(random: Random): Promise<void> {
    const waiting = this.#players.filter((player) => player.host.isUp && this.#disk(player).inbox.size > 0);
    if (waiting.length === 0) return;
    const player = random.pick(waiting);
    const entry = random.pick([...this.#disk(player).inbox.keys()].sort());
    const retry = random.below(2) === 0;
    const { device } = player.host;
    if (!device || !player.signedIn) return;
    // A retry removes the entry: from then on what it says stands in the new transaction.
    player.seen.settledHere.add(entry);
    const outcome = await this.#finished<Outcome>(retry ? device.retry(entry) : device.discard(entry));
    if (!outcome) return;
    this.#say(`  ${player.host.setup.name} ${retry ? 'retry' : 'discard'} ${outcome.ok ? 'done' : outcome.error.code}`);
    if (outcome.ok) return this.tally.add(retry ? 'inbox entry retried' : 'inbox entry discarded');
    player.seen.settledHere.delete(entry);
    if (!this.#disk(player).inbox.has(entry))
      throw new Violation('L1', `${player.host.setup.name}: a retry was refused, and its entry is gone.`);
  }

  async #update(player: Player): Promise<void> {
    await this.#ready(player);
    const { device } = player.host;
    if (!device) return;
    void device.checkForUpdate().catch(() => {});
    await this.#settle();
    if (!this.#network.isOffline(player.host.setup.name)) await this.#drain(player);
  }

  /** Up, and signed in as far as the network lets it. */
  async #ready(player: Player): Promise<void> {
    if (!player.host.isUp) await this.#boot(player);
    if (!player.signedIn && !this.#network.isOffline(player.host.setup.name)) await this.#signIn(player);
  }

  async #boot(player: Player): Promise<void> {
    player.host.putOutFuse();
    await player.host.start();
    player.running = 0;
    await this.#settle();
  }

  async #signIn(player: Player): Promise<void> {
    const { host } = player;
    const { user, name } = host.setup;
    const { device } = host;
    if (!device) return;
    let outcome: Outcome | null = null;
    void device.signIn(user, `${user}-password`).then(
      (done) => {
        outcome = done;
      },
      () => {},
    );
    await this.#settle();
    await this.#drain(player);
    const done = outcome as Outcome | null;
    if (done?.ok) player.signedIn = true;
    else if (done && host.isUp)
      throw new Violation('engine', `${name} cannot sign in: ${done.error.code} ${done.error.message}`);
  }

  async #wholeSync(player: Player): Promise<void> {
    await this.#ready(player);
    await this.#synchronize(player);
    await this.#drain(player);
  }

  /** Waits for work of a device that needs no network; null when the device has not survived it. */
  async #finished<T>(work: Promise<T>): Promise<T | null> {
    let done: { value: T } | { error: unknown } | null = null;
    work.then(
      (value) => {
        done = { value };
      },
      (error: unknown) => {
        done = { error };
      },
    );
    await this.#settle();
    const ended = done as { value: T } | { error: unknown } | null;
    if (!ended) return null;
    if ('value' in ended) return ended.value;
    if (ended.error instanceof Error && /power is gone/.test(ended.error.message)) return null;
    throw ended.error;
  }

  #crashed(name: string): void {
    this.tally.add('crash of a device');
    this.#say(`  ${name} lost its power`);
    const player = this.#player(name);
    player.running = 0;
    player.dirty = true;
    const random = seededRandom(player.host.lives, this.#scenario.seed);
    this.#network.forget(name, () => random.below(2) === 0);
  }

  /** Until nothing moves but by the network or the clock. */
  async #settle(): Promise<void> {
    for (let at = 0; at < TURNS; at++) await new Promise((resolve) => setImmediate(resolve));
    if (this.#broken) throw this.#broken;
  }

  async #look(): Promise<void> {
    await this.#settle();
    for (const player of this.#players) {
      if (!player.dirty) continue;
      player.dirty = false;
      player.host.disk.recover();
      if (!player.host.isUp || !player.host.disk.database.inTransaction) this.#check(player);
      const [complaint] = player.host.complaints.splice(0);
      if (complaint && player.host.isUp) throw new Violation('engine', `${player.host.setup.name}: ${complaint}`);
    }
  }

  #check(player: Player): void {
    const { setup } = player.host;
    checkDevice({ setup, seen: player.seen, disk: this.#disk(player), watch: this.#watch, tally: this.tally });
  }

  #disk(player: Player): DiskContent {
    const { disk, setup } = player.host;
    return readDisk(disk, (version) => this.#tablesOf(version, setup.profile));
  }

  #tablesOf(version: string, profile: string): RelationalPlan {
    const plan = this.#template.releases.find(({ release }) => release.version === version)?.tables.get(profile);
    if (!plan) throw new Error(`There is no ${profile} ${version}.`);
    return plan;
  }

  /** Everybody comes back, late copies arrive, everybody synchronises until nothing moves; then the whole is looked at. */
  async #rest(): Promise<void> {
    this.#say('rest');
    for (const player of this.#players) this.#network.switchOff(player.host.setup.name, false);
    while (this.#network.strays > 0) await this.#network.deliverStray(0);
    for (let round = 0; round < 4; round++) {
      for (const player of this.#players) {
        await this.#ready(player);
        player.host.putOutFuse();
        await this.#drain(player);
        await this.#wholeSync(player);
        await this.#look();
      }
      if (this.#players.every((player) => this.#isQuiet(player))) break;
    }
    for (const player of this.#players) this.#checkQuiet(player);
    // Nobody writes any more; only the clock goes on.
    await this.#pass(3 * DAY_MS);
    for (const player of this.#players) {
      await this.#wholeSync(player);
      // A session may end in so many days; then its user signs in again.
      if (!player.signedIn) {
        await this.#ready(player);
        await this.#wholeSync(player);
      }
      await this.#look();
      this.#checkQuiet(player);
    }
    checkService(this.#service.databasePath, this.#watch);
    this.#checkInboxes();
  }

  #isQuiet({ seen, last, host }: Player): boolean {
    const { served, runningBundle } = seen;
    const { version } = this.#watch.rules;
    return (
      last?.ok === true &&
      host.isUp &&
      runningBundle === version &&
      served?.bundleVersion === version &&
      served.snapshot.state === this.#watch.state
    );
  }

  /** L2 in its strict form: nothing is pending, and each device holds the scope of the last state. */
  #checkQuiet(player: Player): void {
    const { name } = player.host.setup;
    const disk = this.#disk(player);
    if (player.last && !player.last.ok)
      throw new Violation(
        'L2',
        `${name} cannot synchronise though nothing hinders it: ${player.last.failure?.code} ${player.last.failure?.message}`,
      );
    if (disk.outbox.length > 0)
      throw new Violation('L1', `${name} still has ${disk.outbox.length} entries in its outbox.`);
    if (disk.bases.size > 0)
      throw new Violation(
        'engine',
        `${name} keeps the server's copy of ${[...disk.bases.keys()].join(' ')} without pending work.`,
      );
    if (disk.runningBundle !== this.#watch.rules.version)
      throw new Violation('engine', `${name} still runs ${disk.runningBundle}.`);
    const { served } = player.seen;
    if (served?.snapshot.state !== this.#watch.state)
      throw new Violation('L2', `${name} has synchronised and does not stand on the last state.`);
    if (served.bundleVersion !== this.#watch.rules.version)
      throw new Violation('L2', `${name} has not pulled for its bundle.`);
    this.#check(player);
  }

  /** L1: what was refused and not settled is visible on its device and kept by the service. */
  #checkInboxes(): void {
    const open = this.#watch.openRecords();
    for (const player of this.#players) {
      const { name } = player.host.setup;
      const own = new Set(
        [...open].filter(([, refusal]) => refusal.device === name).map(([, refusal]) => refusal.transaction.id),
      );
      const shown = new Set(this.#disk(player).inbox.keys());
      for (const id of own)
        if (!shown.has(id)) throw new Violation('L1', `${name}: the refused transaction ${id} is not in its inbox.`);
      for (const id of shown)
        if (!own.has(id))
          throw new Violation('L1', `${name}: the inbox shows ${id}, of which the service has no open record.`);
    }
  }

  #player(device: string): Player {
    const found = this.#players.find(({ host }) => host.setup.name === device);
    if (!found) throw new Error(`There is no device ${device}.`);
    return found;
  }

  /** A device that has lost its power may leave promises behind; anything else that nobody caught ends the run. */
  #watchRejections(): () => void {
    const listener = (reason: unknown) => {
      if (!(reason instanceof Error && /power is gone/.test(reason.message))) {
        this.#broken = reason instanceof Error ? reason : new Error(String(reason));
      }
    };
    process.on('unhandledRejection', listener);
    return () => process.off('unhandledRejection', listener);
  }

  #say(line: string): void {
    this.trace.push(line);
  }
}

function nameOfAssociation(id: string): string {
  return (
    ['Job_Team', 'Job_Worker', 'Job_Tag', 'Item_Job', 'Memo_Job', 'Case_Team', 'Plan_Team', 'Person_Team'].find(
      (name) => associationId(name) === id,
    ) ?? ''
  );
}
