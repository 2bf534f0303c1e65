import { createHash } from 'node:crypto';
import type { Device } from '@skerry/runtime/engine/device-face';
import type { FileStore, HttpAnswer, HttpRequest, Ports } from '@skerry/runtime/platform/ports';
import { UTC } from '@skerry/shared/expression/local-time';
import { createDevice } from '../../../runtime/engine/device.ts';
import type { Random } from '../random.ts';
import { Disk, PowerLoss } from './sql-store.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface DeviceSetup {
  readonly name: string;
  readonly user: string;
  readonly profile: string;
  readonly automatic: boolean;
}

export interface Surroundings {
  readonly time: VirtualTime;
  readonly random: Random;
  send(device: string, request: HttpRequest): Promise<HttpAnswer>;
  /** A SQLite transaction of the device has committed. */
  committed(device: string): void;
  /** The power went. */
  crashed(device: string): void;
}

/** A real device on a disk that outlives it. */
export class DeviceHost {
  readonly setup: DeviceSetup;
  readonly disk = new Disk();
  readonly #around: Surroundings;
  /** Milliseconds by which its clock is wrong. */
  skewMs = 0;
  device: Device | null = null;
  /** How many lives it has had. */
  lives = 0;
  /** Statements until the power goes; null: it stays. */
  #fuse: { left: number; readonly when: 'before' | 'after' } | null = null;
  /** What it complained about. */
  readonly complaints: string[] = [];

  constructor(setup: DeviceSetup, around: Surroundings) {
    this.setup = setup;
    this.#around = around;
  }

  get isUp(): boolean {
    return this.device !== null;
  }

  /** Cuts the power at the `statements`th statement from now, before or after it has run. */
  lightFuse(statements: number, when: 'before' | 'after'): void {
    this.#fuse = { left: statements, when };
  }

  putOutFuse(): void {
    this.#fuse = null;
  }

  async start(): Promise<void> {
    this.disk.recover();
    const life = ++this.lives;
    try {
      const device = await createDevice(
        this.#ports(() => life === this.lives),
        {
          profile: this.setup.profile,
          storeName: 'store.db',
          automatic: this.setup.automatic,
        },
      );
      if (life === this.lives) this.device = device;
    } catch (thrown) {
      // The power may go while it starts.
      if (!(thrown instanceof PowerLoss)) throw thrown;
    }
  }

  #cut(): never {
    this.lives++;
    this.device = null;
    this.#fuse = null;
    this.#around.crashed(this.setup.name);
    throw new PowerLoss();
  }

  #ports(isAlive: () => boolean): Ports {
    const { time, random } = this.#around;
    const { name } = this.setup;
    const beat = (when: 'before' | 'after') => {
      if (!isAlive()) throw new PowerLoss();
      if (this.#fuse?.when === when && --this.#fuse.left <= 0) this.#cut();
    };
    return {
      sql: this.disk.opener({ beat, onCommit: () => this.#around.committed(name) }),
      transport: {
        // The dead neither send nor hear.
        request: (request) =>
          isAlive() ? this.#around.send(name, request).then((answer) => (isAlive() ? answer : forever())) : forever(),
        stream: () => ({ close: () => {} }),
      },
      files: NO_FILES,
      clock: time.clock(() => this.skewMs, isAlive),
      random: { bytes: (count) => random.bytes(count) },
      locale: { zone: 'UTC', locale: 'en', transitions: () => UTC },
      connectivity: { onHint: () => () => {} },
      log: {
        write: (level, message, details) =>
          void (level === 'error' && this.complaints.push(`${message} ${JSON.stringify(details ?? {})}`)),
      },
      platform: 'simulated',
      digest: async (body) => createHash('sha256').update(body).digest('hex'),
    };
  }
}

function forever<T>(): Promise<T> {
  return new Promise<T>(() => {});
}

const NO_FILES: FileStore = {
  has: async () => false,
  read: async () => null,
  write: async () => {},
  delete: async () => {},
  list: async () => [],
};
