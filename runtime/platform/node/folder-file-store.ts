import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileStore } from '../ports.ts';

const HASH = /^[0-9a-f]{64}$/;

/** Bodies as files of one folder, named by their hash. A body is there whole or not at all. */
export function folderFileStore(folder: string): FileStore {
  const pathOf = (hash: string) => {
    if (!HASH.test(hash)) throw new Error(`"${hash}" is no SHA-256.`);
    return join(folder, hash);
  };
  return {
    async has(hash) {
      return existsSync(pathOf(hash));
    },
    async read(hash) {
      const path = pathOf(hash);
      return existsSync(path) ? new Uint8Array(await readFile(path)) : null;
    },
    async write(hash, body) {
      await mkdir(folder, { recursive: true });
      const path = pathOf(hash);
      const partial = `${path}.partial`;
      const file = await open(partial, 'w');
      try {
        await file.writeFile(body);
        // A row may refer to it as soon as this returns, and must find it after the power has gone.
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(partial, path);
    },
    async delete(hash) {
      await rm(pathOf(hash), { force: true });
    },
    async list() {
      if (!existsSync(folder)) return [];
      return (await readdir(folder)).filter((name) => HASH.test(name));
    },
  };
}
