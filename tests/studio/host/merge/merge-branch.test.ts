import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@skerry/shared/base/json';
import { printDocument } from '@skerry/shared/metamodel/canonical';
import { apply } from '@skerry/shared/metamodel/change/apply';
import { withValues } from '@skerry/shared/metamodel/ids';
import { rename } from '@skerry/shared/refactoring/rename';
import type { Target } from '@skerry/shared/refactoring/target';
import { validate } from '@skerry/shared/validation/run';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { installDriver } from '../../../../studio/host/merge/install-driver.ts';
import { mergeBranch } from '../../../../studio/host/merge/merge-branch.ts';
import { applyFileOperations } from '../../../../studio/host/project/apply-file-operations.ts';
import { openProject } from '../../../../studio/host/project/open-project.ts';
import { saveDocuments } from '../../../../studio/host/project/save-documents.ts';
import { SAMPLE, skerry } from '../../cli/run-cli.ts';

let folder: string;
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skerry-merge-test-'));
  cpSync(SAMPLE, folder, { recursive: true });
  git('init', '--initial-branch', 'main');
  git('config', 'user.name', 'A Modeler');
  git('config', 'user.email', 'modeler@example.org');
  commit('Start');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function commit(message: string): void {
  git('add', '--all');
  git('commit', '--quiet', '-m', message);
}

async function renameElement(target: Target, to: string): Promise<void> {
  const project = await openProject(folder);
  const done = rename(project.model, target, to);
  if (!done.ok) throw new Error(done.error[0]?.message);
  const after = apply(project.documents, done.value.edit);
  if (!after.ok) throw new Error(after.error.message);
  await saveDocuments(folder, after.value, [...project.documents.keys(), ...after.value.keys()]);
  await applyFileOperations(folder, done.value.files);
}

const read = (path: string): JsonObject => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const write = (path: string, content: JsonObject) => writeFileSync(join(folder, path), printDocument(content));
const errors = async () => {
  const project = await openProject(folder);
  return [...project.diagnostics, ...validate(project.model)].filter(({ severity }) => severity === 'error');
};
const SITE = 'modules/Field/entities/Site.json';

function addAttribute(path: string, name: string, id: string): void {
  const entity = read(path);
  const attributes = [...(entity.attributes as JsonObject[]), { id, name, type: { kind: 'String', length: 100 } }];
  write(path, { ...entity, attributes });
}

describe('skerry merge', () => {
  it('merges an entity, attributes and a rename of two branches cleanly, and commits', async () => {
    git('checkout', '--quiet', '-b', 'theirs');
    addAttribute(SITE, 'Remark', 'aaaaaaaaaaaaaaab');
    write('modules/Field/entities/Permit.json', {
      format: 1,
      kind: 'entity',
      id: 'aaaaaaaaaaaaaaac',
      name: 'Permit',
      attributes: [],
      associations: [{ id: 'aaaaaaaaaaaaaaad', name: 'Permit_Site', to: 'Field.Site' }],
      accessRules: [],
    });
    commit('A permit');
    git('checkout', '--quiet', 'main');
    await renameElement({ kind: 'entity', name: 'Field.Site' }, 'Place');
    addAttribute('modules/Field/entities/Place.json', 'Nickname', 'aaaaaaaaaaaaaaae');
    commit('Sites are places');

    expect(await mergeBranch(folder, 'theirs')).toEqual({ outcome: 'merged', conflicts: [], unmerged: [] });
    const names = (read('modules/Field/entities/Place.json').attributes as JsonObject[]).map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['Nickname', 'Remark']);
    expect(read('modules/Field/entities/Permit.json')).toMatchObject({ associations: [{ to: 'Field.Place' }] });
    expect(await errors()).toEqual([]);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '-1', '--format=%p').trim().split(' ')).toHaveLength(2);
  }, 60_000);

  it('says real conflicts in words, and leaves the merge for the user to commit', () => {
    const title = (text: string) => write('skerry.json', withValues(read('skerry.json'), [[['name'], text]]));
    git('checkout', '--quiet', '-b', 'theirs');
    title('Rounds');
    commit('Rounds');
    git('checkout', '--quiet', 'main');
    title('Visits');
    commit('Visits');
    const merged = skerry('merge', 'theirs', '--project', folder);
    expect(merged).toMatchObject({
      code: 1,
      out: expect.stringContaining('your branch has "Visits", the other branch "Rounds"'),
    });
    expect(read('skerry.json').name).toBe('Visits');
    git('commit', '--quiet', '--no-edit');
    expect(git('status', '--porcelain')).toBe('');
  });

  it('refuses to start over uncommitted work', async () => {
    addAttribute(SITE, 'Remark', 'aaaaaaaaaaaaaaab');
    git('branch', 'theirs', 'HEAD');
    await expect(mergeBranch(folder, 'theirs')).rejects.toMatchObject({ code: 'merge/uncommitted' });
  });

  it('says when there is nothing to merge, and goes forward when there is nothing of ours', async () => {
    git('branch', 'old');
    git('checkout', '--quiet', '-b', 'theirs');
    addAttribute(SITE, 'Remark', 'aaaaaaaaaaaaaaab');
    commit('A remark');
    git('checkout', '--quiet', 'main');
    expect((await mergeBranch(folder, 'old')).outcome).toBe('upToDate');
    expect((await mergeBranch(folder, 'theirs')).outcome).toBe('fastForward');
  });
});

describe('the merge driver', () => {
  const bothAdd = () => {
    git('checkout', '--quiet', '-b', 'theirs');
    addAttribute(SITE, 'Remark', 'aaaaaaaaaaaaaaab');
    commit('A remark');
    git('checkout', '--quiet', 'main');
    addAttribute(SITE, 'Nickname', 'aaaaaaaaaaaaaaae');
    commit('A nickname');
  };

  it('lets git merge take attributes that both branches added at one place', async () => {
    await installDriver(folder);
    commit('Merge with Skerry');
    bothAdd();
    git('merge', '--quiet', '--no-edit', 'theirs');
    const names = (read(SITE).attributes as JsonObject[]).map(({ name }) => name);
    expect(names.slice(-2)).toEqual(['Nickname', 'Remark']);
  });

  it('is needed for that: without it Git leaves conflict markers', () => {
    bothAdd();
    expect(() => git('merge', '--quiet', '--no-edit', 'theirs')).toThrow();
  });

  it('puts conflict markers around what both changed and nothing else', async () => {
    await installDriver(folder);
    commit('Merge with Skerry');
    const length = (value: number) => {
      const site = read(SITE);
      write(SITE, withValues(site, [[['documentation'], `Length ${value}`]]));
    };
    git('checkout', '--quiet', '-b', 'theirs');
    addAttribute(SITE, 'Remark', 'aaaaaaaaaaaaaaab');
    length(50);
    commit('Theirs');
    git('checkout', '--quiet', 'main');
    addAttribute(SITE, 'Nickname', 'aaaaaaaaaaaaaaae');
    length(80);
    commit('Ours');
    expect(() => git('merge', '--quiet', '--no-edit', 'theirs')).toThrow(/CONFLICT|your branch has "Length 80"/);
    const text = readFileSync(join(folder, SITE), 'utf8');
    const inside = /<<<<<<< ours\n([\s\S]*?)>>>>>>> theirs/.exec(text)?.[1] ?? '';
    expect(inside.split('\n').filter((line) => line.includes('Length'))).toHaveLength(2);
    expect(inside).not.toContain('Remark');
    expect(text).toContain('"Nickname"');
    const project = await openProject(folder);
    expect(project.diagnostics.map(({ code }) => code)).toContain('project/conflict-markers');
  });
});
