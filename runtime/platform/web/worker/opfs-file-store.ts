import type { FileStore } from '../../ports.ts';

const FOLDER = 'skerry-files';

/** File bodies in the origin's private file system, one file per hash. Only for a worker: it uses access handles. */
export async function opfsFileStore(): Promise<FileStore> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });

  async function find(hash: string): Promise<FileSystemFileHandle | null> {
    try {
      return await folder.getFileHandle(hash);
    } catch {
      return null;
    }
  }

  return {
    async has(hash) {
      return (await find(hash)) !== null;
    },
    async read(hash) {
      const handle = await find(hash);
      return handle ? new Uint8Array(await (await handle.getFile()).arrayBuffer()) : null;
    },
    async write(hash, body) {
      // Written under another name first: a body cut short by a crash must never be found under its hash.
      const part = `${hash}.part`;
      const handle = await folder.getFileHandle(part, { create: true });
      const access = await handle.createSyncAccessHandle();
      try {
        access.truncate(0);
        access.write(body, { at: 0 });
        access.flush();
      } finally {
        access.close();
      }
      await (handle as FileSystemFileHandle & { move(name: string): Promise<void> }).move(hash);
    },
    async delete(hash) {
      if (await find(hash)) await folder.removeEntry(hash);
    },
    async list() {
      const names: string[] = [];
      for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) {
        if (!name.endsWith('.part')) names.push(name);
      }
      return names;
    },
  };
}

export function memoryFileStore(): FileStore {
  const bodies = new Map<string, Uint8Array>();
  return {
    has: async (hash) => bodies.has(hash),
    read: async (hash) => bodies.get(hash) ?? null,
    write: async (hash, body) => void bodies.set(hash, body),
    delete: async (hash) => void bodies.delete(hash),
    list: async () => [...bodies.keys()],
  };
}
