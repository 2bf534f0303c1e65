import type { HttpAnswer, HttpRequest } from '@skerry/runtime/platform/ports';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import type { UploadRequest } from '@skerry/shared/protocol/upload';
import Database from 'better-sqlite3';
import type { Disk } from '../world/sql-store.ts';

/**
 * A defect put between the parts, to see that it is found. It acts on what passes over the wire or lies on a disk; the
 * engine and the service are the real ones and know nothing of it.
 */
export interface PlantedBug {
  readonly name: string;
  /** Before a request reaches the service. */
  beforeService?(at: { readonly request: HttpRequest; readonly databasePath: string }): void | Promise<void>;
  /** Before an answer reaches the device, past whoever records it. */
  onAnswer?(at: { readonly request: HttpRequest; readonly answer: HttpAnswer; readonly disk: Disk }): HttpAnswer;
}

/** The service no longer recognises what it has answered: it forgets its verdicts just before they are asked for again. */
export const REPLAY_SKIPPED: PlantedBug = {
  name: 'replay skipped',
  beforeService({ request, databasePath }) {
    if (request.path !== '/api/sync/upload') return;
    const { transactions } = JSON.parse(String(request.body)) as UploadRequest;
    const database = new Database(databasePath);
    try {
      for (const { id, sequence } of transactions) {
        const known = database.prepare('SELECT "deviceId" FROM "verdict" WHERE "transactionId" = ?').get(id) as
          | { deviceId: string }
          | undefined;
        if (!known) continue;
        database
          .prepare('DELETE FROM "verdict" WHERE "deviceId" = ? AND "sequence" >= ?')
          .run(known.deviceId, sequence);
        database.prepare('UPDATE "device" SET "highestSequence" = ? WHERE "id" = ?').run(sequence - 1, known.deviceId);
      }
    } finally {
      database.close();
    }
  },
};

/** The device notes the new cursor when the answer arrives, before the rows of it are applied. */
export const CURSOR_BEFORE_APPLY: PlantedBug = {
  name: 'cursor advanced before apply',
  onAnswer({ request, answer, disk }) {
    if (request.path !== '/api/sync/download' || answer.status !== 200) return answer;
    const { checkpoint } = JSON.parse(Buffer.from(answer.body).toString('utf8')) as DownloadAnswer;
    const isFree = !disk.database.inTransaction;
    if (checkpoint && isFree) {
      disk.write(`INSERT OR REPLACE INTO "$meta" VALUES ('cursor', ?)`, [JSON.stringify(checkpoint.cursor)]);
      disk.write(`DELETE FROM "$meta" WHERE "key" = 'pull'`);
    }
    return answer;
  },
};

/** What has left the scope is not taken off the device. */
export const SCOPE_EXIT_FORGOTTEN: PlantedBug = {
  name: 'scope exit forgotten',
  onAnswer({ request, answer }) {
    if (request.path !== '/api/sync/download' || answer.status !== 200) return answer;
    const page = JSON.parse(Buffer.from(answer.body).toString('utf8')) as DownloadAnswer;
    const body = new Uint8Array(Buffer.from(JSON.stringify({ ...page, removals: [] })));
    return { ...answer, body, wireBytes: body.length };
  },
};

export const PLANTED_BUGS = [REPLAY_SKIPPED, CURSOR_BEFORE_APPLY, SCOPE_EXIT_FORGOTTEN] as const;
