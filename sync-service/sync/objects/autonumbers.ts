import type { Cells } from '@skerry/shared/base/cell';
import type { Sql } from '../../base/sql.ts';
import type { EntityInfo } from '../../releases/index.ts';

/** The next value of each autonumber; a transaction that is taken back gives its numbers back. */
export async function nextNumbers(sql: Sql, info: EntityInfo): Promise<Cells> {
  const cells: { [member: string]: string } = {};
  for (const { id, start } of info.autoNumbers) {
    const [row] = await sql.all(
      `INSERT INTO "autonumber" ("memberId", "next") VALUES (?, ?)
       ON CONFLICT ("memberId") DO UPDATE SET "next" = "next" + 1 RETURNING CAST("next" AS TEXT) AS "value"`,
      [id, start],
    );
    cells[id] = String(row?.value ?? start);
  }
  return cells;
}
