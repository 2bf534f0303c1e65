import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { operationalFault } from '@skerry/shared/base/fault';

const FILE = 'ports.json';
/**
 * Below the ports that systems lend to outgoing connections (from 32768 on): one of those may be free now and lent to
 * anybody by the time it is listened on, at this start or at the next.
 */
const FIRST_PORT = 20_000;
const LAST_PORT = 29_999;
const MOST_TRIES = 100;

/**
 * Ports by purpose, chosen free at the first start and kept: a device's data belongs to its origin, and another port
 * would be another origin, where all of it seems gone.
 */
export async function rememberedPorts(
  folder: string,
  purposes: readonly string[],
): Promise<{ readonly [purpose: string]: number }> {
  const file = join(folder, FILE);
  const known = JSON.parse(await readFile(file, 'utf8').catch(() => '{}')) as { [purpose: string]: number };
  for (const purpose of purposes) {
    const port = known[purpose];
    if (port === undefined) known[purpose] = await freePort(new Set(Object.values(known)));
    else if (!(await isFree(port))) {
      throw operationalFault(
        'preview/port-in-use',
        `Port ${port} of ${purpose} is in use. End the program that uses it (perhaps another \`npm start\`), or remove "${purpose}" from ${file} to move it: its data on the old port is then left behind.`,
      );
    }
  }
  await writeFile(file, `${JSON.stringify(known, null, 2)}\n`);
  return known;
}

async function freePort(taken: ReadonlySet<number>): Promise<number> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw operationalFault(
    'preview/no-free-port',
    `No free port was found between ${FIRST_PORT} and ${LAST_PORT}. End programs that listen there.`,
  );
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
