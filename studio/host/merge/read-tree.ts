import { operationalFault, userFault } from '@skerry/shared/base/fault';
import type { JsonObject } from '@skerry/shared/base/json';
import { parseDocument } from '@skerry/shared/metamodel/canonical';
import { migrateProject } from '@skerry/shared/metamodel/migrations/index';
import type { Documents } from '@skerry/shared/metamodel/model';
import { projectFile } from '@skerry/shared/metamodel/paths';
import { git, runGit } from './git.ts';

/** The documents and geometry of a project as a commit has them. */
export interface ProjectTree {
  readonly documents: Documents;
  /** By the path of the sidecar. */
  readonly layouts: Documents;
}

/**
 * @param folder the project's, somewhere in the repository
 * @throws Fault `merge/unreadable` for a document that does not parse
 */
export async function readTree(folder: string, commit: string): Promise<ProjectTree> {
  const listed = await git(folder, 'ls-tree', '-r', '-z', commit, '--', '.');
  const entries = listed.split('\0').flatMap((line) => {
    const [about, path] = line.split('\t');
    const [, type, object] = (about ?? '').split(' ');
    const role = path === undefined ? undefined : projectFile(path)?.role;
    return type === 'blob' && object && path && (role === 'document' || role === 'layout')
      ? [{ path, object, role }]
      : [];
  });
  const texts = await readObjects(
    folder,
    entries.map(({ object }) => object),
  );
  const documents = new Map<string, JsonObject>();
  const layouts = new Map<string, JsonObject>();
  entries.forEach(({ path, role }, i) => {
    const { content, diagnostics } = parseDocument(path, texts[i] as string);
    if (content) (role === 'layout' ? layouts : documents).set(path, content);
    // Broken geometry is laid out anew.
    else if (role === 'document') {
      const message = `${path} of ${commit.slice(0, 10)} cannot be read: ${diagnostics[0]?.message ?? ''} Repair it on its branch; then merge.`;
      throw userFault('merge/unreadable', message);
    }
  });
  return { documents: migrateProject(documents).documents, layouts };
}

/** Texts of blobs, in the order asked for. */
async function readObjects(folder: string, objects: readonly string[]): Promise<readonly string[]> {
  if (objects.length === 0) return [];
  const { code, output, errors } = await runGit(folder, ['cat-file', '--batch'], `${objects.join('\n')}\n`);
  if (code !== 0) throw operationalFault('git/failed', `git cat-file: ${errors}`);
  const texts: string[] = [];
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(0x0a, at);
    const size = Number(output.toString('utf8', at, end).split(' ')[2]);
    texts.push(output.toString('utf8', end + 1, end + 1 + size));
    at = end + 1 + size + 1;
  }
  return texts;
}
