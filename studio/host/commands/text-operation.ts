import { parseCsv } from '@skerry/shared/base/csv';
import { type FileOperation, rewriteDemoRows } from '@skerry/shared/refactoring/file-operation';

/** What a command does to demo rows and sources of actions. Files that are missing are passed over. */
export type TextOperation =
  | FileOperation
  | { readonly kind: 'write'; readonly path: string; readonly text: string }
  | { readonly kind: 'copy'; readonly path: string; readonly to: string }
  | { readonly kind: 'remove'; readonly path: string }
  /** Demo rows: a column with all its cells. */
  | { readonly kind: 'removeColumn'; readonly path: string; readonly column: string };

/** A text before and after a step; undefined where there is no such file. */
export interface TextChange {
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
}

export function textChange(path: string, before: string | undefined, after: string | undefined): TextChange {
  return { path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

/** What the operations, one after the other, come to. */
export async function textChanges(
  operations: readonly TextOperation[],
  read: (path: string) => Promise<string | undefined>,
): Promise<readonly TextChange[]> {
  const before = new Map<string, string | undefined>();
  const after = new Map<string, string | undefined>();
  const current = async (path: string) => {
    if (!before.has(path)) {
      before.set(path, await read(path));
      after.set(path, before.get(path));
    }
    return after.get(path);
  };
  for (const operation of operations) {
    const text = await current(operation.path);
    if (operation.kind === 'write') after.set(operation.path, operation.text);
    else if (text === undefined) continue;
    else if (operation.kind === 'remove') after.set(operation.path, undefined);
    else if (operation.kind === 'move' || operation.kind === 'copy') {
      await current(operation.to);
      after.set(operation.to, text);
      if (operation.kind === 'move') after.set(operation.path, undefined);
    } else if (operation.kind === 'removeColumn') after.set(operation.path, withoutColumn(text, operation.column));
    else after.set(operation.path, rewriteDemoRows(text, operation));
  }
  return [...after]
    .filter(([path, text]) => before.get(path) !== text)
    .map(([path, text]) => textChange(path, before.get(path), text));
}

/** Demo rows without a column; all other bytes stay as they are. */
function withoutColumn(text: string, column: string): string {
  const [head, ...rows] = parseCsv(text).rows;
  const index = head?.findIndex((cell) => cell.text === column) ?? -1;
  if (!head || index < 0) return text;
  let written = '';
  let at = 0;
  for (const row of [head, ...rows]) {
    const cell = row[index];
    if (!cell) continue;
    // The comma that goes is the one in front; of the first cell the one behind.
    const start = index === 0 ? cell.start : cell.start - 1;
    written += text.slice(at, start);
    at = index === 0 && row.length > 1 ? cell.end + 1 : cell.end;
  }
  return written + text.slice(at);
}
