import type { Random } from '../random.ts';
import type { Exchange } from '../world/network.ts';
import type { Acting } from './acting.ts';
import { act } from './actions.ts';
import type { Player, Stage } from './stage.ts';

/** What happens on the way: traffic in any order, losses, late copies, crashes on both sides. */
export class Faults {
  readonly #stage: Stage;
  readonly #acting: Acting;

  constructor(stage: Stage, acting: Acting) {
    this.#stage = stage;
    this.#acting = acting;
  }

  async traffic(random: Random, times: number): Promise<void> {
    for (let at = 0; at < times; at++) {
      const { pending } = this.#stage.network;
      if (pending.length === 0) return;
      const exchange = random.pick(pending);
      if (exchange.answer === null) await this.#stage.network.deliver(exchange);
      if (random.below(10) < 8) this.#stage.network.answer(exchange);
      await this.#stage.settle();
    }
  }

  async fault(kind: 'loseRequest' | 'loseReply' | 'truncate' | 'duplicate', random: Random): Promise<void> {
    if (this.#stage.network.pending.length === 0) {
      const player = random.pick(this.#stage.players);
      await this.#acting.ready(player);
      await this.#acting.synchronize(player);
    }
    const exchange = this.#stage.network.pending.length > 0 ? random.pick(this.#stage.network.pending) : null;
    if (!exchange) return;
    this.#stage.say(`  ${exchange.device} ${exchange.request.path}`);
    if (kind === 'loseRequest') {
      this.#stage.tally.add('request lost');
      this.#stage.network.lose(exchange);
      return this.#stage.settle();
    }
    if (kind === 'duplicate') {
      this.#stage.tally.add('request duplicated');
      this.#stage.network.duplicate(exchange);
      return;
    }
    if (exchange.answer === null) await this.#stage.network.deliver(exchange);
    this.#stage.tally.add(kind === 'loseReply' ? 'reply lost' : 'reply truncated');
    if (kind === 'loseReply') this.#stage.network.lose(exchange);
    else this.#stage.network.truncate(exchange, random.share());
    await this.#stage.settle();
  }

  async stray(random: Random): Promise<void> {
    if (this.#stage.network.strays === 0) return;
    const path = await this.#stage.network.deliverStray(random.below(this.#stage.network.strays));
    this.#stage.say(`  ${path}`);
    this.#stage.tally.add('late copy delivered');
  }

  async crash(player: Player, random: Random, statements: number): Promise<void> {
    await this.#acting.ready(player);
    player.host.lightFuse(statements, random.below(2) === 0 ? 'before' : 'after');
    if (random.below(2) === 0) await this.#acting.synchronize(player);
  }

  /** Ends the device somewhere between the arrival of a checkpoint and its last statement. */
  async crashInCheckpoint(player: Player, random: Random): Promise<void> {
    await this.#untilRequest(player, '/api/sync/download');
    const { name } = player.host.setup;
    const exchange = this.#stage.network.pending.find(
      (one) => one.device === name && one.request.path === '/api/sync/download',
    );
    if (!exchange || !player.host.isUp) return;
    if (exchange.answer === null) await this.#stage.network.deliver(exchange);
    player.host.lightFuse(1 + random.below(20), random.below(2) === 0 ? 'before' : 'after');
    const { lives } = player.host;
    this.#stage.network.answer(exchange);
    await this.#stage.settle();
    if (player.host.lives !== lives) this.#stage.tally.add('crash while a checkpoint is applied');
  }

  async crashInChange(player: Player, random: Random, chance: number): Promise<void> {
    await this.#acting.ready(player);
    const { lives } = player.host;
    player.host.lightFuse(10 + random.below(40), random.below(2) === 0 ? 'before' : 'after');
    await this.#acting.act(player, random, chance, act);
    player.host.putOutFuse();
    if (player.host.lives !== lives) this.#stage.tally.add('crash while a change is written');
  }

  /** The service applies an upload and dies before it can say so. */
  async crashService(player: Player, random: Random, chance: number): Promise<void> {
    const exchange = await this.#pendingUpload(player, random, chance);
    if (!exchange) return;
    if (exchange.answer === null) await this.#stage.network.deliver(exchange);
    this.#stage.network.lose(exchange);
    await this.#stage.settle();
    await this.#stage.service.restart();
    this.#stage.tally.add('crash of the service between apply and verdict');
  }

  async loseUploadReply(player: Player, random: Random, chance: number): Promise<void> {
    const exchange = await this.#pendingUpload(player, random, chance);
    if (!exchange) return;
    if (exchange.answer === null) await this.#stage.network.deliver(exchange);
    this.#stage.network.lose(exchange);
    this.#stage.tally.add('reply lost');
    await this.#stage.settle();
  }

  async #pendingUpload(player: Player, random: Random, chance: number): Promise<Exchange | undefined> {
    this.#stage.network.switchOff(player.host.setup.name, false);
    await this.#acting.act(player, random, chance, act);
    await this.#untilRequest(player, '/api/sync/upload');
    return this.#stage.network.pending.find(
      (one) => one.device === player.host.setup.name && one.request.path === '/api/sync/upload',
    );
  }

  /** Synchronises until the device's next request is the wanted one. */
  async #untilRequest(player: Player, path: string): Promise<void> {
    await this.#acting.ready(player);
    await this.#acting.synchronize(player);
    const { name } = player.host.setup;
    for (let at = 0; at < 12; at++) {
      const exchange = this.#stage.network.pending.find((one) => one.device === name);
      if (!exchange || exchange.request.path === path) return;
      if (exchange.answer === null) await this.#stage.network.deliver(exchange);
      this.#stage.network.answer(exchange);
      await this.#stage.settle();
    }
  }
}
