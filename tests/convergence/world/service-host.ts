import { scryptSync } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HttpAnswer, HttpRequest } from '@skerry/runtime/platform/ports';
import Database from 'better-sqlite3';
import { createService, loadDemoData, type Service } from '../../../sync-service/app.ts';
import type { Random } from '../random.ts';
import { DEMO_USERS, firstObjects, START_MS } from './first-data.ts';
import { type PreparedRelease, prepareReleases } from './releases.ts';

/** In memory where the machine offers it: nothing here is about what a disk does. */
const SHARED_MEMORY = '/dev/shm';

/** A service's data folder with the first release and the first objects, made once and copied for each seed. */
export interface Template {
  readonly folder: string;
  readonly releases: readonly PreparedRelease[];
  remove(): void;
}

export async function makeTemplate(): Promise<Template> {
  const folder = mkdtempSync(join(existsSync(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir(), 'skerry-convergence-'));
  const first = join(folder, 'first');
  const service = await createService(options(first, () => START_MS, null));
  if (!service.developmentSigner) throw new Error('A service in development has a signer.');
  const releases = prepareReleases(service.developmentSigner);
  for (const release of releases)
    for (const [hash, bytes] of release.built.parts) await service.parts.write(hash, bytes);
  await publish(service, releases[0]);
  await loadDemoData(service, firstObjects());
  await service.stop();
  cheapenPasswords(join(first, 'skerry.sqlite'));
  return { folder, releases, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Signing in is not what is looked at here: the hashes cost next to nothing. */
function cheapenPasswords(path: string): void {
  const database = new Database(path);
  const salt = Buffer.from('0123456789abcdef');
  for (const { name, password } of DEMO_USERS) {
    const tag = scryptSync(password, salt, 32, { N: 2, r: 1, p: 1 });
    database
      .prepare('UPDATE "credential" SET "passwordHash" = ? WHERE "name" = ?')
      .run(`scrypt$2,1,1$${salt.toString('hex')}$${tag.toString('hex')}`, name);
  }
  database.close();
}

async function publish(service: Service, release: PreparedRelease | undefined): Promise<void> {
  if (!release) throw new Error('There is no such release.');
  const { published, missingParts } = await service.releases.publish(release.built.request);
  if (!published) throw new Error(`Parts are missing: ${missingParts.join(', ')}`);
}

function options(dataFolder: string, now: () => number, random: Random | null): Parameters<typeof createService>[0] {
  return {
    config: { mode: 'development', dataFolder, logLevel: 'silent', pageRows: 9 },
    now,
    ...(random ? { random: (count: number) => random.bytes(count) } : {}),
  };
}

/** The real service of one seed, over loopback HTTP; it may be stopped and started on the same data. */
export class ServiceHost {
  readonly folder: string;
  readonly #template: Template;
  readonly #now: () => number;
  readonly #random: Random;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #service: Service | null = null;
  #port = 0;

  constructor(template: Template, now: () => number, random: Random) {
    this.#template = template;
    this.#now = now;
    this.#random = random;
    this.folder = mkdtempSync(join(template.folder, 'seed-'));
    const first = join(template.folder, 'first');
    for (const name of readdirSync(first))
      if (name !== 'parts') cpSync(join(first, name), join(this.folder, name), { recursive: true });
    // Parts are written once and never changed: all seeds share them.
    symlinkSync(join(first, 'parts'), join(this.folder, 'parts'));
    mkdirSync(join(this.folder, 'files'), { recursive: true });
  }

  get databasePath(): string {
    return join(this.folder, 'skerry.sqlite');
  }

  async start(): Promise<void> {
    this.#service = await createService(options(this.folder, this.#now, this.#random));
    this.#port = (await this.#service.start()).port;
  }

  async restart(): Promise<void> {
    await this.#service?.stop();
    await this.start();
  }

  async publish(at: number): Promise<void> {
    if (this.#service) await publish(this.#service, this.#template.releases[at]);
  }

  ask(request: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const body = request.body === undefined ? null : Buffer.from(request.body);
      const headers = { ...request.headers, ...(body ? { 'content-length': String(body.length) } : {}) };
      const sent = httpRequest(
        {
          host: '127.0.0.1',
          port: this.#port,
          method: request.method,
          path: request.path,
          headers,
          agent: this.#agent,
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            const whole = new Uint8Array(Buffer.concat(chunks));
            const flat = Object.fromEntries(
              Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
            );
            resolve({ status: answer.statusCode ?? 0, headers: flat, body: whole, wireBytes: whole.length });
          });
          answer.on('error', reject);
        },
      );
      sent.on('error', reject);
      if (body) sent.write(body);
      sent.end();
    });
  }

  async close(): Promise<void> {
    this.#agent.destroy();
    await this.#service?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
