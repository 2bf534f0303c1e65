/// <reference lib="webworker" />

import type { SqlOpener } from '@skerry/runtime/platform/ports';
import { opfsSqlOpener } from '@skerry/runtime/platform/web/worker/wasm-sql-driver';
import sqlite3InitModule from '@sqlite.org/sqlite-wasm';
import { storeCases } from '../../contracts/object-store.cases.ts';

export type StoreQuestion =
  | { readonly kind: 'titles' }
  | { readonly kind: 'case'; readonly title: string }
  | { readonly kind: 'put'; readonly text: string }
  | { readonly kind: 'texts' }
  | { readonly kind: 'rename' }
  | { readonly kind: 'spoil' };
export type StoreAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

declare const self: DedicatedWorkerGlobalScope;

let opener: Promise<SqlOpener> | undefined;
function open(): Promise<SqlOpener> {
  opener ??= (async () => {
    const sqlite = await sqlite3InitModule();
    const pool = await sqlite.installOpfsSAHPoolVfs({ name: 'test', directory: '/test-sqlite', initialCapacity: 6 });
    return opfsSqlOpener(pool, true);
  })();
  return opener;
}

self.onmessage = ({ data }: MessageEvent<StoreQuestion>) => {
  answer(data).then(
    (value) => self.postMessage({ ok: true, value } satisfies StoreAnswer),
    (error: unknown) => self.postMessage({ ok: false, message: String(error) } satisfies StoreAnswer),
  );
};

async function answer(question: StoreQuestion): Promise<unknown> {
  if (question.kind === 'titles') return storeCases.map(({ name }) => name);
  const sql = await open();
  switch (question.kind) {
    case 'case': {
      const asked = storeCases.find(({ name }) => name === question.title);
      const driver = await sql.open('case.db');
      try {
        return await asked?.run(driver);
      } finally {
        await driver.close();
        await sql.delete('case.db');
      }
    }
    case 'put':
    case 'texts': {
      const driver = await sql.open('kept.db');
      await driver.exec('CREATE TABLE IF NOT EXISTS note (text TEXT)');
      if (question.kind === 'put') await driver.run('INSERT INTO note VALUES (?)', [question.text]);
      const rows = await driver.all('SELECT text FROM note');
      await driver.close();
      return rows.map(({ text }) => text);
    }
    case 'rename': {
      await sql.rename('kept.db', 'aside.db');
      return { kept: await sql.exists('kept.db'), aside: await sql.exists('aside.db') };
    }
    case 'spoil': {
      const driver = await sql.open('kept.db');
      await driver.exec('BEGIN');
      await driver.run('INSERT INTO note VALUES (?)', ['half done']);
      // Neither committed nor closed: the page goes away in the middle.
      return null;
    }
  }
}
