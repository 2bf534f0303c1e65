import { access, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { userFault } from '@skerry/shared/base/fault';
import { compareCodePoints } from '@skerry/shared/base/json';
import type { CallReply } from '@skerry/studio/bridge/calls/index';

/** The folders below a folder, hidden ones left out. @throws Fault `folder/not-readable` */
export async function listFolder(folder: string): Promise<CallReply<'folder/list'>> {
  const path = resolve(folder);
  const entries = await readdir(path, { withFileTypes: true }).catch(() => {
    throw userFault('folder/not-readable', `${path} cannot be read. Choose another folder.`, { folder: path });
  });
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const parent = dirname(path);
  return {
    folder: path,
    ...(parent === path ? {} : { parent }),
    entries: await Promise.all(
      folders
        .map(({ name }) => name)
        .sort(compareCodePoints)
        .map(async (name) => ({ name, isProject: await exists(join(path, name, 'skerry.json')) })),
    ),
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
