import type { ObjectId } from '@skerry/shared/base/ids';
import type { BundleContent } from '@skerry/shared/bundle/content';
import type { PartEntry } from '@skerry/shared/bundle/manifest';
import { openBundle } from '@skerry/shared/bundle/open';
import { manifestText, partsToFetch, readManifest, verifyBundle, verifyPart } from '@skerry/shared/bundle/verify';
import { bundleAnswer } from '@skerry/shared/protocol/bundle';
import { planUpgrade, upgradeSql } from '@skerry/shared/relational/upgrade';
import { AppTables, DEVICE_TABLES } from '../store/app-tables.ts';
import { heldParts, keepOnly, readBundle, readParts, writeBundle, writePart } from '../store/bundle-table.ts';
import { layOver } from '../store/lay-over.ts';
import { readMeta, writeMeta } from '../store/meta.ts';
import type { RightsDictionary } from '../store/rights-dictionary.ts';
import type { SqlQueue, SqlReader, SqlTransaction } from '../store/sql-queue.ts';
import type { ServiceClient } from '../sync/service-client.ts';
import type { BundleFiles } from './device-face.ts';
import { refuse } from './failure.ts';
import { RUNTIME_VERSION } from './version.ts';

const PARTS_AT_ONCE = 32;

/** The running bundle's files, from the store; null before the first. */
export async function readRunningFiles(reader: SqlReader): Promise<BundleFiles | null> {
  const version = await readMeta(reader, 'runningBundle');
  const stored = version === null ? null : await readBundle(reader, version);
  if (!stored) return null;
  return { manifest: stored.manifest, parts: await readParts(reader, unwrap(readManifest(stored.manifest))) };
}

/** The bundle that ran last; null before the first. */
export async function loadRunning(queue: SqlQueue): Promise<BundleContent | null> {
  const files = await queue.read(readRunningFiles);
  return files && unwrap(openBundle(unwrap(readManifest(files.manifest)), files.parts));
}

/**
 * Asks for the profile's release and fetches what is missing of it. Keys are pinned at the first contact; anything
 * unsigned, altered, older or for a newer runtime is refused, and what runs goes on running.
 *
 * @returns the new bundle when all of it is here, null when `running` is the newest
 */
export async function fetchNewer(
  queue: SqlQueue,
  client: ServiceClient,
  profile: string,
  running: BundleContent | null,
): Promise<BundleContent | null> {
  const answer = await client.anonymous({ path: `/api/bundles/${encodeURIComponent(profile)}`, answer: bundleAnswer });
  // Nothing is taken over, so nothing has to be proven: signatures cost time, and this is asked after every run.
  if (running && answer.manifest === manifestText(running.manifest)) return null;
  const pinned = await queue.read((reader) => readMeta(reader, 'keys'));
  const manifest = unwrap(
    verifyBundle(answer.manifest, answer.signature, pinned ?? answer.keys, {
      app: running?.manifest.app.id ?? null,
      profile: running?.manifest.profile.id ?? null,
      version: running?.manifest.version ?? null,
      runtime: RUNTIME_VERSION,
    }),
  );
  if (manifest.version === running?.manifest.version) return null;
  const missing = [...partsToFetch(await queue.read(heldParts), manifest)];
  // Each batch is kept at once, so that a broken fetch goes on where it stopped; one write a part would cost a flush each.
  do {
    const batch = await fetchParts(client, missing.splice(0, PARTS_AT_ONCE));
    const { signature } = answer;
    await queue.transact(async (transaction) => {
      if (!pinned) await writeMeta(transaction, 'keys', answer.keys);
      for (const [hash, body] of batch) await writePart(transaction, hash, body);
      if (missing.length > 0) return;
      await writeBundle(transaction, { version: manifest.version, manifest: answer.manifest, signature });
    });
  } while (missing.length > 0);
  return unwrap(openBundle(manifest, await queue.read((reader) => readParts(reader, manifest))));
}

async function fetchParts(
  client: ServiceClient,
  parts: readonly PartEntry[],
): Promise<readonly (readonly [string, Uint8Array])[]> {
  const fetched = parts.map(async (part) => {
    const body = await client.bytes(`/api/bundles/parts/${part.sha256}`, true);
    if (body && verifyPart(body, part)) return [part.sha256, body] as const;
    return refuse('bundle/altered', `${part.path} is not what the bundle names. Try again.`);
  });
  return Promise.all(fetched);
}

/**
 * Makes `next` the running bundle: tables are brought from the old plan to the new and the switch is made in one
 * transaction, so that a failure leaves the old bundle as it was. The outbox is untouched: it speaks ids.
 */
export async function switchTo(
  queue: SqlQueue,
  rights: RightsDictionary,
  running: BundleContent | null,
  next: BundleContent,
): Promise<void> {
  await queue.transact(async (transaction) => {
    if (running) await upgradeTables(transaction, rights, running, next);
    else await transaction.exec(new AppTables(next.relational).statements().join(';\n'));
    await transaction.run('DELETE FROM "$staging"');
    await writeMeta(transaction, 'pull', null);
    await writeMeta(transaction, 'runningBundle', next.manifest.version);
    await keepOnly(transaction, next.manifest.version, next.manifest);
    const context = { tables: new AppTables(next.relational), rights };
    for (const row of await transaction.all('SELECT "object" FROM "$base"')) {
      await layOver(transaction, context, String(row.object) as ObjectId);
    }
  });
}

async function upgradeTables(
  transaction: SqlTransaction,
  rights: RightsDictionary,
  running: BundleContent,
  next: BundleContent,
): Promise<void> {
  const steps = planUpgrade(running.relational, next.relational);
  for (const sql of upgradeSql(steps, 'sqlite', DEVICE_TABLES)) await transaction.exec(sql);
  const emptied = steps.flatMap((step) => (step.kind === 'refill' ? [step.memberId] : []));
  if (emptied.length > 0) await rights.withhold(transaction, emptied);
  // Columns that came empty are filled by comparing the whole scope; what is shown meanwhile is what was known.
  if (steps.some(({ kind }) => kind === 'addColumn' || kind === 'refill')) await writeMeta(transaction, 'cursor', null);
}

function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: Error }): T {
  if (!result.ok) throw result.error;
  return result.value;
}
