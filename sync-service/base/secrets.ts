import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A secret of this installation, made at the first start and readable by its owner alone.
 * @param byteCount of the secret; the file holds it as hex
 */
export function installationSecret(dataFolder: string, name: string, byteCount = 32): Uint8Array {
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, `${name}.secret`);
  if (!existsSync(path))
    writeFileSync(path, `${randomBytes(byteCount).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
  return Buffer.from(readFileSync(path, 'utf8').trim(), 'hex');
}
