import { userFault } from '@skerry/shared/base/fault';
import type { CreateTablesOptions } from '@skerry/shared/relational/create-tables';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import { planUpgrade, upgradeSql } from '@skerry/shared/relational/upgrade';
import type { WriteUnit } from '../base/sql.ts';
import { logHead } from '../change-log/index.ts';

const REVISION: CreateTablesOptions = {
  extraColumns: [
    { name: '$rev', definition: { sqlite: 'INTEGER NOT NULL DEFAULT 1', postgres: 'bigint NOT NULL DEFAULT 1' } },
  ],
};

/** The tables from one plan's shape to another's, in the transaction of the release. Dormant data is never touched. */
export async function migrateTables(unit: WriteUnit, from: RelationalPlan, to: RelationalPlan): Promise<void> {
  const steps = planUpgrade(from, to);
  const retyped = steps.flatMap((step) => (step.kind === 'refill' ? [step.memberId] : []));
  if (retyped.length > 0) {
    const message = `The release changes the type or storage of ${retyped.join(', ')}. Add a new attribute instead and copy the values.`;
    throw userFault('release/refused', message, { members: retyped });
  }
  for (const statement of upgradeSql(steps, 'sqlite', REVISION)) await unit.run(statement);
  const reshaped = new Set<string>();
  for (const table of to.tables) {
    const before = from.tables.find(
      (one) => one.kind === 'entity' && table.kind === 'entity' && one.entityId === table.entityId,
    );
    if (table.kind !== 'entity' || before?.kind !== 'entity') continue;
    const known = new Set(before.columns.map((column) => column.memberId));
    if (table.columns.some((column) => !known.has(column.memberId))) reshaped.add(table.entityId);
  }
  // Before-images from here back lack the new columns: older cursors compare such an entity whole.
  const position = await logHead(unit);
  for (const entity of reshaped) {
    await unit.run(
      'INSERT INTO "log_barrier" ("entityId", "position") VALUES (?, ?) ON CONFLICT ("entityId") DO UPDATE SET "position" = excluded."position"',
      [entity, position],
    );
  }
}
