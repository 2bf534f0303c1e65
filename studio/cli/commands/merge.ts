import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { userFault } from '@skerry/shared/base/fault';
import { installDriver } from '../../host/merge/install-driver.ts';
import { type BranchMerge, mergeBranch } from '../../host/merge/merge-branch.ts';
import { mergeFile } from '../../host/merge/merge-file.ts';
import type { ExitCode } from '../command.ts';
import { print, printError, printJson, WIDTH, wrap } from '../output.ts';

export const summary = 'merge a branch by ids, renames followed';

export const help = `Usage: skerry merge <branch> [options]
       skerry merge --install
       skerry merge --driver <base> <ours> <theirs> <path>

Merges a Git branch into the one that is checked out. Elements are found by their ids: a rename on one branch is
followed into the other's new work, and lists take the additions of both. Real conflicts are said in words; ours stands
in the files until you decide, and the merge waits for your commit.

  --project <folder>   default: the folder it is called in
  --json               {outcome, conflicts: [{code, document, path, message}], unmerged}
  --install            lets git merge, rebase and cherry-pick use it for each file by itself (this repository only)
  --driver …           what Git calls then

Exit code 1 when something is left to decide.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      project: { type: 'string', default: '.' },
      json: { type: 'boolean', default: false },
      install: { type: 'boolean', default: false },
      driver: { type: 'boolean', default: false },
    },
  });
  const folder = resolve(values.project);
  if (values.driver) return drive(positionals);
  if (values.install) {
    print(await installDriver(folder));
    return 0;
  }
  const [branch] = positionals;
  if (branch === undefined)
    throw userFault('cli/missing-branch', 'Name the branch to merge, as in skerry merge their-branch.');
  const merge = await mergeBranch(folder, branch);
  if (values.json) printJson(merge);
  else print(readable(merge, branch));
  return merge.outcome === 'conflicts' ? 1 : 0;
}

async function drive(files: readonly string[]): Promise<ExitCode> {
  const [base, ours, theirs, path] = files;
  if (base === undefined || ours === undefined || theirs === undefined || path === undefined)
    throw userFault('cli/missing-files', 'A merge driver gets four names: --driver %O %A %B %P.');
  const { isClean, conflicts } = await mergeFile({ base, ours, theirs }, path);
  for (const { message } of conflicts) printError(`${path}: ${message}`);
  return isClean ? 0 : 1;
}

const OUTCOMES: { readonly [O in BranchMerge['outcome']]: (branch: string) => string } = {
  upToDate: (branch) => `Nothing to merge: everything of ${branch} is here already.`,
  fastForward: (branch) => `This branch had nothing of its own; it stands where ${branch} does now.`,
  merged: (branch) => `Merged ${branch} without conflicts and committed.`,
  conflicts: (branch) => `Merged ${branch}; decide about these, then git commit:`,
};

function readable({ outcome, conflicts, unmerged }: BranchMerge, branch: string): string {
  const lines = [OUTCOMES[outcome](branch)];
  for (const { document, message } of conflicts)
    lines.push('', document, ...wrap(message, WIDTH - 2).map((line) => `  ${line}`));
  for (const path of unmerged) lines.push('', path, '  Git could not merge it: look for the conflict markers in it.');
  return lines.join('\n');
}
