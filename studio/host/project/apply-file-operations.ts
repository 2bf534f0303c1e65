import { projectFile } from '@skerry/shared/metamodel/paths';
import { type FileOperation, rewriteDemoRows } from '@skerry/shared/refactoring/file-operation';
import { moveFile, readText, writeText } from './project-files.ts';

/**
 * Lets geometry, action sources and demo rows follow a refactoring. Files that are missing are passed over, and only
 * what belongs to a project is touched. Returns the paths that changed.
 */
export async function applyFileOperations(
  folder: string,
  operations: readonly FileOperation[],
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const operation of operations) {
    if (!projectFile(operation.path)) continue;
    if (operation.kind === 'move') {
      if (projectFile(operation.to) && (await moveFile(folder, operation.path, operation.to)))
        changed.push(operation.to);
      continue;
    }
    const text = await readText(folder, operation.path);
    if (text === undefined) continue;
    if (await writeText(folder, operation.path, rewriteDemoRows(text, operation))) changed.push(operation.path);
  }
  return changed;
}
