import type { BundleManifest, BundleSignature } from '@skerry/shared/bundle/manifest';
import type { SqlReader, SqlTransaction } from './sql-queue.ts';

export interface StoredBundle {
  readonly version: string;
  /** As signed. */
  readonly manifest: string;
  readonly signature: BundleSignature;
}

export async function readBundle(reader: SqlReader, version: string): Promise<StoredBundle | null> {
  const row = await reader.first('SELECT * FROM "$bundle" WHERE "version" = ?', [version]);
  if (!row) return null;
  return {
    version,
    manifest: String(row.manifest),
    signature: JSON.parse(String(row.signature)) as BundleSignature,
  };
}

/** Keeps a bundle of which every part is there. */
export async function writeBundle(transaction: SqlTransaction, bundle: StoredBundle): Promise<void> {
  await transaction.run(
    'INSERT OR REPLACE INTO "$bundle" ("version", "manifest", "signature", "state") VALUES (?, ?, ?, ?)',
    [bundle.version, bundle.manifest, JSON.stringify(bundle.signature), 'complete'],
  );
}

export async function writePart(transaction: SqlTransaction, sha256: string, body: Uint8Array): Promise<void> {
  await transaction.run('INSERT OR REPLACE INTO "$bundle_part" ("sha256", "body") VALUES (?, ?)', [sha256, body]);
}

export async function heldParts(reader: SqlReader): Promise<ReadonlySet<string>> {
  const rows = await reader.all('SELECT "sha256" FROM "$bundle_part"');
  return new Set(rows.map((row) => String(row.sha256)));
}

export async function readParts(reader: SqlReader, manifest: BundleManifest): Promise<ReadonlyMap<string, Uint8Array>> {
  const parts = new Map<string, Uint8Array>();
  for (const { sha256 } of manifest.parts) {
    const row = await reader.first('SELECT "body" FROM "$bundle_part" WHERE "sha256" = ?', [sha256]);
    if (row) parts.set(sha256, new Uint8Array(row.body as Uint8Array));
  }
  return parts;
}

/** Drops every bundle but `version`, and parts that only others named. */
export async function keepOnly(transaction: SqlTransaction, version: string, manifest: BundleManifest): Promise<void> {
  await transaction.run('DELETE FROM "$bundle" WHERE "version" <> ?', [version]);
  const hashes = JSON.stringify(manifest.parts.map((part) => part.sha256));
  await transaction.run('DELETE FROM "$bundle_part" WHERE "sha256" NOT IN (SELECT "value" FROM json_each(?))', [
    hashes,
  ]);
}
