import { parseCsv, printCsvCell } from '../base/csv.ts';
import type { Edit } from '../metamodel/change/edit.ts';
import { actionSourcePath, demoRowsPath, documentPlace, layoutPath } from '../metamodel/paths.ts';

/**
 * What a refactoring does to files that are no documents, after the documents themselves. A file that is missing is
 * passed over. Every operation has an inverse, so that undoing a refactoring brings the files back too.
 */
export type FileOperation =
  | { readonly kind: 'move'; readonly path: string; readonly to: string }
  /** Demo rows: the name at the head of a column. */
  | { readonly kind: 'renameColumn'; readonly path: string; readonly from: string; readonly to: string }
  /** Demo rows: cells of one column that are equal to `from`. */
  | {
      readonly kind: 'renameValue';
      readonly path: string;
      readonly column: string;
      readonly from: string;
      readonly to: string;
    };

export function invertFileOperations(operations: readonly FileOperation[]): readonly FileOperation[] {
  return operations
    .toReversed()
    .map((operation) =>
      operation.kind === 'move'
        ? { kind: 'move', path: operation.to, to: operation.path }
        : { ...operation, from: operation.to, to: operation.from },
    );
}

/** Demo rows after the operation; all other bytes stay as they are. */
export function rewriteDemoRows(text: string, operation: Exclude<FileOperation, { kind: 'move' }>): string {
  const [head, ...rows] = parseCsv(text).rows;
  if (!head) return text;
  const cells =
    operation.kind === 'renameColumn'
      ? head
      : rows.flatMap((row) => row[head.findIndex((cell) => cell.text === operation.column)] ?? []);
  let written = '';
  let at = 0;
  for (const cell of cells) {
    if (cell.text !== operation.from) continue;
    written += text.slice(at, cell.start) + printCsvCell(operation.to);
    at = cell.end;
  }
  return written + text.slice(at);
}

/** What follows the documents that an edit moves: geometry, sources of actions, demo rows of entities. */
export function followersOf(edit: Edit): readonly FileOperation[] {
  return edit.flatMap((step) => (step.kind === 'move' ? followers(step.path, step.to) : []));
}

function followers(path: string, to: string): FileOperation[] {
  const moves: [string, string][] = [[layoutPath(path), layoutPath(to)]];
  const [from, target] = [documentPlace(path), documentPlace(to)];
  if (from?.kind === 'javaScriptAction') moves.push([actionSourcePath(path), actionSourcePath(to)]);
  if (from?.kind === 'entity' && target) {
    moves.push([demoRowsPath(`${from.module}.${from.name}`), demoRowsPath(`${target.module}.${target.name}`)]);
  }
  // An entity that only changes its folder keeps its demo rows where they are.
  return moves.filter(([old, now]) => old !== now).map(([old, now]) => ({ kind: 'move', path: old, to: now }));
}
