import { checkDevice } from './check-device.ts';
import type { Player, Stage } from './stage.ts';
import { Violation } from './violation.ts';

/** Looks at the devices, after each step and when everything has come to rest. Each throws a Violation. */
export class Checking {
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  async look(): Promise<void> {
    await this.#stage.settle();
    for (const player of this.#stage.players) {
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
    checkDevice({
      setup,
      seen: player.seen,
      disk: this.#stage.disk(player),
      watch: this.#stage.watch,
      tally: this.#stage.tally,
    });
  }

  isQuiet({ seen, last, host }: Player): boolean {
    const { served, runningBundle } = seen;
    const { version } = this.#stage.watch.rules;
    return (
      last?.ok === true &&
      host.isUp &&
      runningBundle === version &&
      served?.bundleVersion === version &&
      served.snapshot.state === this.#stage.watch.state
    );
  }

  /** L2 in its strict form: nothing is pending, and each device holds the scope of the last state. */
  checkQuiet(player: Player): void {
    const { name } = player.host.setup;
    const disk = this.#stage.disk(player);
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
    if (disk.runningBundle !== this.#stage.watch.rules.version)
      throw new Violation('engine', `${name} still runs ${disk.runningBundle}.`);
    const { served } = player.seen;
    if (served?.snapshot.state !== this.#stage.watch.state)
      throw new Violation('L2', `${name} has synchronised and does not stand on the last state.`);
    if (served.bundleVersion !== this.#stage.watch.rules.version)
      throw new Violation('L2', `${name} has not pulled for its bundle.`);
    this.#check(player);
  }

  /** L1: what was refused and not settled is visible on its device and kept by the service. */
  checkInboxes(): void {
    const open = this.#stage.watch.openRecords();
    for (const player of this.#stage.players) {
      const { name } = player.host.setup;
      const own = new Set(
        [...open].filter(([, refusal]) => refusal.device === name).map(([, refusal]) => refusal.transaction.id),
      );
      const shown = new Set(this.#stage.disk(player).inbox.keys());
      for (const id of own)
        if (!shown.has(id)) throw new Violation('L1', `${name}: the refused transaction ${id} is not in its inbox.`);
      for (const id of shown)
        if (!own.has(id))
          throw new Violation('L1', `${name}: the inbox shows ${id}, of which the service has no open record.`);
    }
  }
}
