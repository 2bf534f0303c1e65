import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseNode } from '../../scripts/project-node.mjs';

const own = (version: string | undefined) => ({ path: 'own', version });
const machine = (version: string) => ({ path: 'machine', version });

describe('the Node that runs the project', () => {
  it.each([
    ['the one among the packages', own('v24.21.0'), machine('v26.0.0'), 'own'],
    ["the machine's when there is none", own(undefined), machine('v24.1.0'), 'machine'],
    ["the machine's when the other is too old", own('v22.1.0\n'), machine('v25.1.0'), 'machine'],
  ])('is %s', (_, first, second, chosen) => {
    expect(chooseNode([first, second])).toBe(chosen);
  });

  it('is asked for in one sentence when there is none new enough', () => {
    expect(() => chooseNode([own(undefined), machine('v20.20.2')])).toThrow(/^[^.]*install Node 24 or newer[^.]*\.$/);
  });
});

describe('a program run in place of this one', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'skerry-node-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs `program` through becomeNode in a process of its own. */
  function become(program: string, ...args: string[]) {
    writeFileSync(join(folder, 'program.mjs'), program);
    const module = pathToFileURL(join(import.meta.dirname, '../../scripts/project-node.mjs')).href;
    const call = [process.execPath, folder, [join(folder, 'program.mjs'), ...args], folder].map((arg) =>
      JSON.stringify(arg),
    );
    const caller = `import { becomeNode } from ${JSON.stringify(module)}; becomeNode(${call.join(', ')});`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', caller], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    return { child, ended: once(child, 'close'), output: () => output };
  }

  it('gets the arguments and gives its exit code', async () => {
    const { ended, output } = become("console.log(process.argv.slice(2).join('|')); process.exit(3);", 'a b', '--c');
    expect({ ended: await ended, output: output() }).toEqual({ ended: [3, null], output: 'a b|--c\n' });
  });

  it('finds the programs of the packages first on its PATH', async () => {
    const { ended, output } = become('console.log(process.env.PATH);');
    await ended;
    expect(output().startsWith(join(folder, 'node_modules', '.bin'))).toBe(true);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('may answer %s itself', async (signal) => {
    const { child, ended, output } = become(
      `process.on('${signal}', () => { console.log('stopping'); process.exit(0); }); console.log('ready'); setInterval(() => {}, 1000);`,
    );
    await once(child.stdout, 'data');
    child.kill(signal);
    expect({ ended: await ended, output: output() }).toEqual({ ended: [0, null], output: 'ready\nstopping\n' });
  });

  it('ends by the signal that ends it', async () => {
    const { child, ended } = become("console.log('ready'); setInterval(() => {}, 1000);");
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await ended).toEqual([null, 'SIGTERM']);
  });
});
