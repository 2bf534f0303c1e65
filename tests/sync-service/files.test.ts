import { createHash } from 'node:crypto';
import { derivedElementId } from '@skerry/shared/base/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { create, type Harness, id, objectOf, startHarness, type TestDevice } from './support/harness.ts';

let harness: Harness;
let anna: TestDevice;
let ben: TestDevice;
const body = Buffer.from('a picture of a leaking valve');
const hash = createHash('sha256').update(body).digest('hex');
const member = (name: string) => derivedElementId(`System.FileDocument/${name}`);

beforeEach(async () => {
  harness = await startHarness();
  [anna, ben] = [await harness.signIn('anna', 'dA'), await harness.signIn('ben', 'dB')];
  const cells = { [member('Name')]: 'valve.jpg', [member('Hash')]: hash, [member('MediaType')]: 'image/jpeg' };
  expect(await anna.write(create('Photo', 'photo', cells))).toMatchObject({ kind: 'applied' });
});
afterEach(() => harness.close());

const put = (device: TestDevice, name: string, bytes: Buffer) =>
  fetch(`${harness.url}/api/files/${name}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${device.token}`, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
const fetchBody = (device: TestDevice, object = 'photo') =>
  fetch(`${harness.url}/api/files/${id('Photo')}/${objectOf(object)}`, {
    headers: { authorization: `Bearer ${device.token}` },
  });

describe('file bodies', () => {
  it('go up under their hash and come down to who may read the row', async () => {
    expect((await put(anna, hash, body)).status).toBe(204);
    const answer = await fetchBody(anna);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(body);
    expect((await fetchBody(ben)).status).toBe(404);
  });

  it('are refused under another hash', async () => {
    const answer = await put(anna, hash, Buffer.from('something else'));
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'file/other-hash' } }]);
  });

  it('a hash alone gives nothing: a row of one’s own that names it needs the body to be one’s own', async () => {
    await put(anna, hash, body);
    expect(
      (
        await fetch(`${harness.url}/api/files/${hash}`, {
          method: 'HEAD',
          headers: { authorization: `Bearer ${ben.token}` },
        })
      ).status,
    ).toBe(404);
    await ben.write(create('Photo', 'copied', { [member('Hash')]: hash }));
    expect((await fetchBody(ben, 'copied')).status).toBe(404);
  });

  it('that arrive after their row send the row once more', async () => {
    const other = await harness.signIn('anna', 'dC');
    await other.pull();
    expect((await fetchBody(other)).status).toBe(404);
    await put(anna, hash, body);
    const [page] = await other.pull();
    expect(page?.upserts.map((batch) => batch.entityId)).toEqual([id('Photo')]);
    expect((await fetchBody(other)).status).toBe(200);
  });
});
