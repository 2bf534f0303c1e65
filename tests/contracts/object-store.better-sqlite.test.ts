import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderSqlOpener } from '@skerry/runtime/platform/node/better-sqlite-driver';
import { runStoreContract } from './object-store.contract.ts';

runStoreContract('better-sqlite3', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'skerry-contract-'));
  const driver = await folderSqlOpener(folder).open('store.db');
  return {
    driver,
    async end() {
      await driver.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
