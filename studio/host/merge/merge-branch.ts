import { userFault } from '@skerry/shared/base/fault';
import { printDocument, printJson } from '@skerry/shared/metamodel/canonical';
import type { MergeConflict } from '@skerry/shared/refactoring/merge/conflict';
import { mergeDocuments } from '@skerry/shared/refactoring/merge/merge-documents';
import { mergeLayouts } from '@skerry/shared/refactoring/merge/merge-layouts';
import { removeFile, writeText } from '../project/project-files.ts';
import { git, runGit } from './git.ts';
import { type ProjectTree, readTree } from './read-tree.ts';

export interface BranchMerge {
  readonly outcome: 'upToDate' | 'fastForward' | 'merged' | 'conflicts';
  /** In words; the files hold an answer to each already. */
  readonly conflicts: readonly MergeConflict[];
  /** Other files, which Git could not merge: they hold conflict markers. */
  readonly unmerged: readonly string[];
}

/**
 * Merges a branch into the one that is checked out, documents by the ids of their elements and all other files as Git
 * does. Without conflicts the merge is committed; with some it stands in the working tree, as after `git merge`, to be
 * looked at and committed.
 *
 * @throws Fault `merge/uncommitted`, `merge/no-common-base`, `merge/unreadable`, `git/failed`
 */
export async function mergeBranch(folder: string, branch: string): Promise<BranchMerge> {
  if ((await git(folder, 'status', '--porcelain')) !== '')
    throw userFault('merge/uncommitted', 'There are changes that are not committed. Commit or stash them; then merge.');
  const [ours, theirs] = [await git(folder, 'rev-parse', 'HEAD'), await git(folder, 'rev-parse', `${branch}^{commit}`)];
  const found = await runGit(folder, ['merge-base', ours, theirs]);
  const base = found.output.toString('utf8').trim();
  if (found.code !== 0)
    throw userFault('merge/no-common-base', `${branch} and the branch that is checked out have no history in common.`);
  if (base === theirs) return { outcome: 'upToDate', conflicts: [], unmerged: [] };
  if (base === ours) {
    await git(folder, 'merge', '--ff-only', theirs);
    return { outcome: 'fastForward', conflicts: [], unmerged: [] };
  }
  const trees = {
    base: await readTree(folder, base),
    ours: await readTree(folder, ours),
    theirs: await readTree(folder, theirs),
  };
  const { documents, conflicts } = mergeDocuments(documentsOf(trees));
  const layouts = mergeLayouts(trees, documents);
  // Git's own merge first: it does all other files, and makes the next commit one of two parents.
  await runGit(folder, ['merge', '--no-commit', '--no-ff', theirs]);
  await git(folder, 'rev-parse', '--verify', 'MERGE_HEAD');
  await writeMerged(folder, trees, { documents, layouts });
  const unmerged = (await git(folder, 'diff', '--name-only', '--diff-filter=U', '-z'))
    .split('\0')
    .filter((path) => path !== '');
  if (conflicts.length > 0 || unmerged.length > 0) return { outcome: 'conflicts', conflicts, unmerged };
  await git(folder, 'commit', '--no-edit', '--no-verify', '-m', `Merge ${branch}`);
  return { outcome: 'merged', conflicts, unmerged };
}

function documentsOf({ base, ours, theirs }: { base: ProjectTree; ours: ProjectTree; theirs: ProjectTree }) {
  return { base: base.documents, ours: ours.documents, theirs: theirs.documents };
}

/** Lets the working tree have exactly the merged documents and geometry, and tells Git so. */
async function writeMerged(
  folder: string,
  trees: { readonly [side: string]: ProjectTree },
  merged: ProjectTree,
): Promise<void> {
  const paths = new Set([...merged.documents.keys(), ...merged.layouts.keys()]);
  const known = new Set<string>(paths);
  for (const { documents, layouts } of Object.values(trees))
    for (const path of [...documents.keys(), ...layouts.keys()]) known.add(path);
  for (const path of known) if (!paths.has(path)) await removeFile(folder, path);
  for (const [path, content] of merged.documents) await writeText(folder, path, printDocument(content));
  for (const [path, content] of merged.layouts) await writeText(folder, path, printJson(content));
  const input = [...known].map((path) => `${path}\0`).join('');
  const added = await runGit(folder, ['add', '--all', '--pathspec-from-file=-', '--pathspec-file-nul'], input);
  if (added.code === 0) return;
  // A path that neither the tree nor the index knows is an error to git, and nothing to us.
  for (const path of known) await runGit(folder, ['add', '--all', '--', path]);
}
