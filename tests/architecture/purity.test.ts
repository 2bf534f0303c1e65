import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../scripts/process.ts';
import { projects } from '../../scripts/typecheck.ts';
import { type Finding, parseSource } from './parse-source.ts';
import { listSources, readSource, root } from './source-files.ts';

const tsc = join(root, 'node_modules/typescript/bin/tsc');
const sharedSources = () => listSources().filter((file) => file.startsWith('shared/'));

describe('shared', () => {
  it('has no `any`', () => {
    expect(sharedSources().flatMap((file) => told(file, parseSource(file, readSource(file)).anys))).toEqual([]);
  });

  it('reads no clock and makes up no numbers', () => {
    expect(sharedSources().flatMap((file) => told(file, parseSource(file, readSource(file)).impurities))).toEqual([]);
  });

  it('would be caught doing either', () => {
    const text = 'const a: any = Date.now();\nconst b = [new Date(), Math.random(), new Date(0)] as any[];';
    const { anys, impurities } = parseSource('shared/base/x.ts', text);
    expect({ anys: told('x', anys), impurities: told('x', impurities) }).toEqual({
      anys: ['x:1 any', 'x:2 any'],
      impurities: ['x:1 Date.now', 'x:2 new Date()', 'x:2 Math.random'],
    });
  });
});

describe('the compiler', () => {
  // Inside the checkout, so that the project's settings and packages are found as they are by a real source file.
  let folder = '';
  beforeEach(() => {
    mkdirSync(join(root, '.skerry'), { recursive: true });
    folder = mkdtempSync(join(root, '.skerry', 'purity-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function errorsOf(project: string, text: string): Promise<string> {
    writeFileSync(join(folder, 'x.ts'), text);
    const settings = { extends: `../../${project}/tsconfig.json`, include: [], files: ['x.ts'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    return (await runProgram([tsc, '--project', folder, '--pretty', 'false'], { quiet: true })).output;
  }

  const touches: [what: string, text: string][] = [
    ['Node', "export const home = process.env['HOME'];"],
    ['a Node module', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;"],
    ['the DOM', 'export const title = document.title;'],
    ['a timer', 'export const later = setTimeout(() => {}, 1);'],
    ['the network', "export const answer = fetch('/');"],
    ['the console', "console.log('hello');"],
  ];

  it.each(touches)('refuses shared and the core of the device to touch %s', async (_, text) => {
    const refusals = await Promise.all(
      ['shared', 'runtime', 'studio/bridge'].map((project) => errorsOf(project, text)),
    );
    expect(refusals).toEqual(
      refusals.map(() => expect.stringMatching(/x\.ts\(\d+,\d+\): error TS2\d{3}: Cannot find/)),
    );
  });

  it('accepts a file of shared that touches nothing', async () => {
    expect(await errorsOf('shared', "export const words = new Map([['a', 1n]]);")).toBe('');
  });

  it('refuses what Node cannot run by dropping types', async () => {
    expect(await errorsOf('shared', 'export enum Colour { Red }')).toContain('TS1294');
  });

  it('sees every source file', async () => {
    const lists = await Promise.all(
      projects().map((project) =>
        runProgram([tsc, '--project', join(root, project), '--listFilesOnly'], { quiet: true }),
      ),
    );
    const seen = new Set(lists.flatMap(({ output }) => output.split('\n').map((line) => line.trim())));
    expect(listSources().filter((file) => !seen.has(join(root, file)))).toEqual([]);
  });
});

function told(file: string, findings: Finding[]): string[] {
  return findings.map(({ line, what }) => `${file}:${line} ${what}`);
}
