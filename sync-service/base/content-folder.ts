import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { userFault } from '@skerry/shared/base/fault';

/** Bytes by their SHA-256, one file each: written once, whole or not at all. */
export interface ContentFolder {
  has(hash: string): boolean;
  read(hash: string): Promise<Uint8Array>;
  /** @throws Fault `content/other-hash` when the bytes are not what they are called */
  write(hash: string, bytes: Uint8Array): Promise<void>;
}

export function contentFolder(folder: string): ContentFolder {
  mkdirSync(folder, { recursive: true });
  const path = (hash: string) => join(folder, hash);
  return {
    has: (hash) => existsSync(path(hash)),
    read: (hash) => readFile(path(hash)),
    async write(hash, bytes) {
      const found = createHash('sha256').update(bytes).digest('hex');
      if (found !== hash) {
        throw userFault('content/other-hash', `The bytes have the SHA-256 ${found}, not ${hash}. Send them again.`);
      }
      if (existsSync(path(hash))) return;
      const temporary = `${path(hash)}.${process.pid}-${Math.trunc(performance.now() * 1000)}.part`;
      const file = await open(temporary, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path(hash));
    },
  };
}
