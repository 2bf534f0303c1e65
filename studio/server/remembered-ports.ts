import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { operationalFault } from '@skerry/shared/base/fault';

const FILE = 'ports.json';

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
    if (port === undefined) known[purpose] = await freePort();
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

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
