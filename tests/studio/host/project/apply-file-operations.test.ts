import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyFileOperations } from '@skerry/studio/host/project/apply-file-operations';
import { listFiles } from '@skerry/studio/host/project/project-files';
import { expect, it } from 'vitest';

it('files follow a refactoring, missing ones and those of others are left alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'skerry-files-'));
  try {
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data/M.Site.csv'), 'id,Name\n1,A\n');
    await writeFile(join(folder, 'README.md'), 'mine');
    const changed = await applyFileOperations(folder, [
      { kind: 'renameColumn', path: 'data/M.Site.csv', from: 'Name', to: 'Title' },
      { kind: 'renameColumn', path: 'data/M.Gone.csv', from: 'Name', to: 'Title' },
      { kind: 'move', path: 'data/M.Site.csv', to: 'data/M.Place.csv' },
      { kind: 'move', path: 'modules/M/pages/A.layout.json', to: 'modules/N/pages/A.layout.json' },
      { kind: 'move', path: 'README.md', to: 'data/M.X.csv' },
      { kind: 'move', path: 'data/M.Place.csv', to: '../stolen.csv' },
    ]);
    expect(changed).toEqual(['data/M.Site.csv', 'data/M.Place.csv']);
    expect(await listFiles(folder)).toEqual(['README.md', 'data/M.Place.csv']);
    expect(await readFile(join(folder, 'data/M.Place.csv'), 'utf8')).toBe('id,Title\n1,A\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
