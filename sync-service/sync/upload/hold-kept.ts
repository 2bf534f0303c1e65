import type { Transaction } from '@skerry/shared/sync/change';
import type { Sql } from '../../base/sql.ts';
import { logHead } from '../../change-log/index.ts';
import type { Releases } from '../../releases/index.ts';

/** Rows of `kept` and `never` entities stay on the device that wrote them: the one thing the service records per device. */
export async function holdKept(
  sql: Sql,
  releases: Releases,
  profile: string,
  deviceId: string,
  transaction: Transaction,
): Promise<void> {
  const scope = releases.findScope(profile, transaction.bundleVersion);
  const modes = new Map(scope?.entities.map((entity) => [entity.id as string, entity.mode]));
  for (const operation of transaction.operations) {
    const mode = modes.get(operation.entityId);
    if ((mode !== 'kept' && mode !== 'never') || operation.kind === 'delete') continue;
    await sql.run(
      'INSERT INTO "holding" ("deviceId", "entityId", "objectId", "position") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      [deviceId, operation.entityId, operation.objectId, await logHead(sql)],
    );
  }
}
