import type { FileStore } from '../platform/ports.ts';
import { filesIn, setFileState } from '../store/file-table.ts';
import type { SqlQueue } from '../store/sql-queue.ts';
import type { ServiceClient } from './service-client.ts';

export interface FileContext {
  readonly queue: SqlQueue;
  readonly client: ServiceClient;
  readonly files: FileStore;
  readonly digest: (body: Uint8Array) => Promise<string>;
}

/** Sends bodies whose rows have gone up already, one at a time. */
export async function sendBodies(context: FileContext, isCancelled: () => boolean): Promise<number> {
  let sent = 0;
  for (;;) {
    const [file] = await context.queue.read((reader) => filesIn(reader, 'toSend', 1));
    if (!file || isCancelled()) return sent;
    const body = await context.files.read(file.hash);
    if (body) {
      await context.client.raw({
        method: 'PUT',
        path: `/api/files/${file.hash}`,
        headers: { 'content-type': 'application/octet-stream' },
        body,
      });
      sent++;
    }
    await context.queue.transact((transaction) => setFileState(transaction, file.hash, body ? 'here' : 'missing'));
  }
}

/** Fetches bodies that rows on this device refer to. What the service does not have (yet) is asked for again when its row changes. */
export async function fetchBodies(context: FileContext, isCancelled: () => boolean): Promise<number> {
  let fetched = 0;
  for (;;) {
    const [file] = await context.queue.read((reader) => filesIn(reader, 'toFetch', 1));
    if (!file || isCancelled()) return fetched;
    const body = await fetchBody(context, file);
    if (body) fetched++;
    await context.queue.transact((transaction) => setFileState(transaction, file.hash, body ? 'here' : 'missing'));
  }
}

/** The body of a row, verified and kept. Null when the service has none, or another than the row here names. */
export async function fetchBody(
  context: FileContext,
  file: { readonly hash: string; readonly entity: string; readonly object: string },
): Promise<Uint8Array | null> {
  const body = await context.client.bytes(`/api/files/${file.entity}/${file.object}`);
  if (!body || (await context.digest(body)) !== file.hash) return null;
  await context.files.write(file.hash, body);
  return body;
}
