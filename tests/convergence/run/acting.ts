import type { Outcome } from '@skerry/runtime/engine/device-face';
import type { Random } from '../random.ts';
import { associationId } from '../world/app-model.ts';
import { type Acted, type Actor, whyNotAsMeant } from './actions.ts';
import type { Player, Stage } from './stage.ts';
import { Violation } from './violation.ts';

const MOST_EXCHANGES = 400;

/** What users do at their devices, and what devices do by themselves. */
export class Acting {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async act(
    player: Player,
    random: Random,
    chance: number,
    how: (actor: Actor) => Promise<Acted>,
    after?: () => void,
  ): Promise<void> {
    await this.ready(player);
    const { device } = player.host;
    const disk = this.#stage.disk(player);
    if (!device || disk.runningBundle === null || !player.signedIn) return;
    this.#stage.tally.add('operation by a user');
    const rules = this.#stage.watch.rulesOf(disk.runningBundle);
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
    this.#stage.say(`  ${acted.what}${acted.outcome.ok ? '' : `: ${acted.outcome.error.code}`}`);
    if (!acted.outcome.ok) return this.#stage.tally.add('operation refused on the device');
    after?.();
    this.#checkSaved(player, acted, known);
  }

  /** What the user was told to be saved is saved as it was meant, with the server's revision it was made on. */
  #checkSaved(player: Player, { intents, what }: Acted, known: ReadonlySet<string>): void {
    const disk = this.#stage.disk(player);
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
  async synchronize(player: Player): Promise<void> {
    const { device, setup } = player.host;
    if (!device || !player.signedIn) return;
    player.running++;
    const { lives } = player.host;
    void device.synchronize().then(
      (result) => {
        player.running--;
        player.last = result;
        this.#stage.say(
          `  ${setup.name} synchronised: ${result.ok ? `applied ${result.applied} rejected ${result.rejected.length} parked ${result.parked.length} down ${result.downloaded} gone ${result.removed}` : result.failure?.code}`,
        );
        if (result.failure?.code === 'session/expired' && lives === player.host.lives) {
          this.#stage.tally.add('session ended');
          player.signedIn = false;
        }
      },
      () => {},
    );
    await this.#stage.settle();
  }

  /** Lets a device's traffic through until nothing is on its way. */
  async drain(player: Player): Promise<void> {
    const { name } = player.host.setup;
    for (let at = 0; at < MOST_EXCHANGES; at++) {
      const exchange = this.#stage.network.pending.find((one) => one.device === name);
      if (!exchange) return;
      if (exchange.answer === null) await this.#stage.network.deliver(exchange);
      this.#stage.network.answer(exchange);
      await this.#stage.settle();
    }
    throw new Violation('engine', `${name} never stops asking.`);
  }

  async inbox(random: Random): Promise<void> {
    const waiting = this.#stage.players.filter((player) => player.host.isUp && this.#stage.disk(player).inbox.size > 0);
    if (waiting.length === 0) return;
    const player = random.pick(waiting);
    const entry = random.pick([...this.#stage.disk(player).inbox.keys()].sort());
    const retry = random.below(2) === 0;
    const { device } = player.host;
    if (!device || !player.signedIn) return;
    // A retry removes the entry: from then on what it says stands in the new transaction.
    player.seen.settledHere.add(entry);
    const outcome = await this.#finished<Outcome>(retry ? device.retry(entry) : device.discard(entry));
    if (!outcome) return;
    this.#stage.say(
      `  ${player.host.setup.name} ${retry ? 'retry' : 'discard'} ${outcome.ok ? 'done' : outcome.error.code}`,
    );
    if (outcome.ok) return this.#stage.tally.add(retry ? 'inbox entry retried' : 'inbox entry discarded');
    player.seen.settledHere.delete(entry);
    if (!this.#stage.disk(player).inbox.has(entry))
      throw new Violation('L1', `${player.host.setup.name}: a retry was refused, and its entry is gone.`);
  }

  async update(player: Player): Promise<void> {
    await this.ready(player);
    const { device } = player.host;
    if (!device) return;
    void device.checkForUpdate().catch(() => {});
    await this.#stage.settle();
    if (!this.#stage.network.isOffline(player.host.setup.name)) await this.drain(player);
  }

  /** Up, and signed in as far as the network lets it. */
  async ready(player: Player): Promise<void> {
    if (!player.host.isUp) await this.boot(player);
    if (!player.signedIn && !this.#stage.network.isOffline(player.host.setup.name)) await this.signIn(player);
  }

  async boot(player: Player): Promise<void> {
    player.host.putOutFuse();
    await player.host.start();
    player.running = 0;
    await this.#stage.settle();
  }

  async signIn(player: Player): Promise<void> {
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
    await this.#stage.settle();
    await this.drain(player);
    const done = outcome as Outcome | null;
    if (done?.ok) player.signedIn = true;
    else if (done && host.isUp)
      throw new Violation('engine', `${name} cannot sign in: ${done.error.code} ${done.error.message}`);
  }

  async wholeSync(player: Player): Promise<void> {
    await this.ready(player);
    await this.synchronize(player);
    await this.drain(player);
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
    await this.#stage.settle();
    const ended = done as { value: T } | { error: unknown } | null;
    if (!ended) return null;
    if ('value' in ended) return ended.value;
    if (ended.error instanceof Error && /power is gone/.test(ended.error.message)) return null;
    throw ended.error;
  }
}

function nameOfAssociation(id: string): string {
  return (
    ['Job_Team', 'Job_Worker', 'Job_Tag', 'Item_Job', 'Memo_Job', 'Case_Team', 'Plan_Team', 'Person_Team'].find(
      (name) => associationId(name) === id,
    ) ?? ''
  );
}
