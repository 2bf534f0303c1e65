import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newProject } from '@skerry/studio/host/project/new-project';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const SCRIPT = new URL('../../../../scripts/format-project.ts', import.meta.url).pathname;
let folder: string;

function format(...options: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SCRIPT, ...options], (error, output) => {
      resolve({ code: error ? Number(error.code) : 0, output });
    });
  });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skerry-format-'));
  let next = 0;
  await newProject(folder, 'Harbour', (count) => Uint8Array.from({ length: count }, () => (++next * 37) % 251));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('formatting a project', () => {
  it('finds nothing to do in a new one', async () => {
    expect(await format(folder, '--check')).toEqual({ code: 0, output: '' });
  });

  it('names what differs, rewrites it when asked to, and leaves alone what it cannot read', async () => {
    const path = join(folder, 'skerry.json');
    const text = await readFile(path, 'utf8');
    await writeFile(path, JSON.stringify(JSON.parse(text)));
    expect(await format(folder, '--check')).toEqual({ code: 1, output: 'would rewrite skerry.json\n' });
    expect(await format(folder)).toEqual({ code: 0, output: 'rewrote skerry.json\n' });
    expect(await readFile(path, 'utf8')).toBe(text);
    await writeFile(path, '{');
    const refused = await format(folder);
    expect(refused.code).toBe(1);
    expect(refused.output).toContain('not readable, left alone: skerry.json\n');
    expect(refused.output).toContain('error project/not-json skerry.json');
    expect(await readFile(path, 'utf8')).toBe('{');
  });

  it('explains itself when called without a folder', async () => {
    expect((await format()).code).toBe(2);
  });
});
