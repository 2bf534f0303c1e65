import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { documentNode, type ExplorerTree } from './explorer-tree.ts';

/** What a row says about its document, or about all below it. */
export interface NodeMarks {
  readonly errors: number;
  readonly warnings: number;
  readonly isDirty: boolean;
}

export const NO_MARKS: NodeMarks = { errors: 0, warnings: 0, isDirty: false };

/** Marks by node, each counting into all nodes above it. */
export function nodeMarks(
  tree: ExplorerTree,
  problems: ReadonlyMap<string, readonly Diagnostic[]>,
  dirty: ReadonlySet<string>,
): ReadonlyMap<string, NodeMarks> {
  const marks = new Map<string, NodeMarks>();
  const add = (path: string, more: NodeMarks) => {
    const node = documentNode(path.replace(/\.layout\.json$/, '.json'));
    if (!tree.nodes.has(node)) return;
    for (let at: string | undefined = node; at !== undefined; at = tree.parents.get(at)) {
      const before = marks.get(at) ?? NO_MARKS;
      marks.set(at, {
        errors: before.errors + more.errors,
        warnings: before.warnings + more.warnings,
        isDirty: before.isDirty || more.isDirty,
      });
    }
  };
  for (const [path, found] of problems) {
    const errors = found.filter(({ severity }) => severity === 'error').length;
    const warnings = found.filter(({ severity }) => severity === 'warning').length;
    if (errors + warnings > 0) add(path, { errors, warnings, isDirty: false });
  }
  for (const path of dirty) add(path, { ...NO_MARKS, isDirty: true });
  return marks;
}
