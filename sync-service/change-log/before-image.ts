import type { ElementId } from '@skerry/shared/base/ids';
import type { Column } from '@skerry/shared/relational/plan';
import { quoted } from '../base/quoted.ts';

/** A table whose rows are logged. */
export interface LoggedTable {
  readonly entityId: ElementId;
  readonly name: string;
  readonly columns: readonly Column[];
}

/** SQLite takes at most 127 arguments of a function in older builds. */
const PAIRS_PER_CALL = 50;

/** The row as JSON by member id, made inside the database so that 64-bit numbers keep their digits. */
export function beforeImage(table: LoggedTable): string {
  const calls: string[] = [];
  for (let at = 0; at < table.columns.length || at === 0; at += PAIRS_PER_CALL) {
    const pairs = table.columns.slice(at, at + PAIRS_PER_CALL);
    calls.push(`json_object(${pairs.map((column) => `'${column.memberId}', ${quoted(column.name)}`).join(', ')})`);
  }
  return calls.reduce((all, call) => `json_patch(${all}, ${call})`);
}

/** One column of a before-image, in the form the table holds it. */
export function beforeColumn(column: Column): string {
  return `json_extract(l."before", '$.${column.memberId}')`;
}
