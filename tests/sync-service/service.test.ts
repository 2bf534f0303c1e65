import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fieldModel } from './support/field-model.ts';
import { type Harness, id, objectOf, post, startHarness, task, update } from './support/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await startHarness();
});
afterEach(() => harness.close());

const signIn = (more: object) =>
  post<{ refreshToken: string; accessToken: string }>(`${harness.url}/api/session/sign-in`, {
    name: 'anna',
    password: 'anna-password',
    deviceId: objectOf('dA'),
    profile: 'Phone',
    platform: 'test',
    ...more,
  });
const refresh = (refreshToken: string, device = 'dA') =>
  post<{ refreshToken: string }>(`${harness.url}/api/session/refresh`, { refreshToken, deviceId: objectOf(device) });

describe('sessions', () => {
  it('give the same answer to a wrong name and a wrong password', async () => {
    const [name, password] = [await signIn({ name: 'nobody' }), await signIn({ password: 'wrong' })];
    expect([name.status, name.body]).toEqual([401, password.body]);
    expect(name.body.error.code).toBe('auth/wrong-credentials');
  });

  it('rotate refresh tokens, answer a lost reply again, and end at reuse', async () => {
    const first = (await signIn({})).body.refreshToken;
    const lost = (await refresh(first)).body.refreshToken;
    harness.clock.ms += 86_400_000;
    const second = (await refresh(first)).body.refreshToken;
    expect(second).not.toBe(lost);
    const third = (await refresh(second)).body.refreshToken;
    expect((await refresh(first)).body.error.code).toBe('auth/refresh-reused');
    expect((await refresh(third)).body.error.code).toBe('auth/refresh-refused');
  });

  it('are bound to their device and end when the user is blocked', async () => {
    const { refreshToken, accessToken } = (await signIn({})).body;
    expect((await refresh(refreshToken, 'dX')).body.error.code).toBe('auth/refresh-refused');
    await harness.sql('UPDATE "Field$Inspector" SET "Blocked" = 1 WHERE "$id" = ?', [objectOf('anna')]);
    const { status, body } = await post(
      `${harness.url}/api/sync/upload`,
      { profile: 'Phone', acknowledged: 0, transactions: [] },
      accessToken,
    );
    expect([status, body.error.code]).toEqual([403, 'auth/user-blocked']);
  });

  it('expire', async () => {
    const { accessToken } = (await signIn({})).body;
    harness.clock.ms += 16 * 60_000;
    const { status, body } = await post(
      `${harness.url}/api/sync/upload`,
      { profile: 'Phone', acknowledged: 0, transactions: [] },
      accessToken,
    );
    expect([status, body.error.code]).toEqual([401, 'auth/invalid-token']);
  });
});

describe('bad requests', () => {
  it.each([
    ['no token', '/api/sync/upload', {}, undefined, 401, 'auth/missing-token'],
    ['a forged token', '/api/sync/upload', {}, 'a.b.c', 401, 'auth/invalid-token'],
    ['no JSON', '/api/session/sign-in', '{', undefined, 400, 'request/unreadable'],
    ['a wrong form', '/api/session/sign-in', { name: 7 }, undefined, 400, 'request/invalid'],
    ['an unknown route', '/api/nothing', {}, undefined, 404, 'request/not-found'],
    ['publishing without the token', '/api/releases', {}, 'nobody', 403, 'auth/not-a-publisher'],
  ])('%s', async (_, path, body, token, status, code) => {
    const answer = await post(`${harness.url}${path}`, body, token);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toContain('.ts:');
  });

  it('another device cannot use a cursor, nor one that was altered', async () => {
    const [anna, other] = [await harness.signIn('anna', 'dA'), await harness.signIn('anna', 'dC')];
    await anna.pull();
    for (const cursor of [anna.cursor, `x${anna.cursor}`]) {
      const { status, body } = await other.page({ cursor });
      expect([status, body.error.code]).toEqual([409, 'sync/cursor-refused']);
    }
  });

  it('a bundle that the service does not know', async () => {
    const anna = await harness.signIn('anna', 'dA');
    expect((await anna.page({ bundleVersion: '0.0.1' })).body.error.code).toBe('sync/bundle-unknown');
    expect((await anna.page({ planHash: 'other' })).body.error.code).toBe('sync/bundle-unknown');
  });
});

describe('releases', () => {
  it('keep serving older devices, whose work arrives under renamed elements', async () => {
    const old = await harness.signIn('anna', 'dA');
    await old.write(task('t1', 'quay'));
    await old.pull();
    await harness.publish(
      fieldModel('2.0.0', (documents) => {
        const entity = documents['modules/Field/entities/Task.json'] as { attributes: { name: string }[] };
        entity.attributes[1]!.name = 'Remark';
        documents['modules/Field/entities/Extra.json'] = {
          format: 1,
          kind: 'entity',
          id: id('Extra'),
          name: 'Extra',
          attributes: [{ id: id('Extra.Text'), name: 'Text', type: { kind: 'String', length: 20 } }],
        };
      }),
    );
    expect(
      await old.write(update('Task', 't1', { [id('Task.Note')]: 'from version 1' }, { [id('Task.Note')]: null })),
    ).toMatchObject({ kind: 'applied' });
    const [page] = await old.pull();
    expect(page?.reconciled).toEqual([]);
    expect(old.cells('t1')?.[id('Task.Note')]).toBe('from version 1');
    const young = await harness.signIn('anna', 'dC');
    expect(young.bundle.version).toBe('2.0.0');
    await young.pull();
    expect(young.cells('t1')?.[id('Task.Note')]).toBe('from version 1');
  });

  it('put what a release no longer contains to sleep and wake it by id', async () => {
    const anna = await harness.signIn('anna', 'dA');
    await anna.write(task('t1', 'quay', { [id('Task.Note')]: 'kept' }));
    const without = (documents: { [path: string]: unknown }) => {
      const entity = documents['modules/Field/entities/Task.json'] as { attributes: { name: string }[] };
      entity.attributes = entity.attributes.filter((attribute) => attribute.name !== 'Note');
    };
    await harness.publish(fieldModel('2.0.0', without));
    const young = await harness.signIn('anna', 'dC');
    await young.pull();
    expect(young.cells('t1')).not.toHaveProperty(id('Task.Note'));
    await harness.publish(fieldModel('3.0.0'));
    const youngest = await harness.signIn('anna', 'dD');
    await youngest.pull();
    expect(youngest.cells('t1')?.[id('Task.Note')]).toBe('kept');
  });

  it('refuse a version that is there, an older one, and a model with a rule that does not check', async () => {
    await expect(harness.publish(fieldModel('1.0.0'))).rejects.toMatchObject({ code: 'release/version-exists' });
    await expect(harness.publish(fieldModel('0.9.0'))).rejects.toMatchObject({ code: 'release/older-version' });
    const broken = fieldModel('1.1.0', (documents) => {
      const entity = documents['modules/Field/entities/Memo.json'] as { accessRules: { constraint: string }[] };
      entity.accessRules[0]!.constraint = '[Nothing = 1]';
    });
    await expect(harness.publish(broken)).rejects.toMatchObject({ code: 'release/refused' });
  });

  it('refuse a signature that is not over the manifest', async () => {
    const bundle = harness.service.releases.bundle('Phone');
    const model = (JSON.parse(bundle.manifest) as { modelHash: string }).modelHash;
    const altered = bundle.manifest.replace('"version":"1.0.0"', '"version":"1.0.1"');
    const request = {
      version: '1.0.1',
      model,
      bundles: [{ profile: 'Phone', manifest: altered, signature: bundle.signature }],
    };
    const { body } = await post(`${harness.url}/api/releases`, request, harness.service.publisherToken);
    expect(body.error.code).toBe('bundle/altered');
  });

  it('serve parts by hash with an ETag', async () => {
    const { parts } = JSON.parse(harness.service.releases.bundle('Phone').manifest) as { parts: { sha256: string }[] };
    const path = `${harness.url}/api/bundles/parts/${parts[0]?.sha256}`;
    const answer = await fetch(path);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(parts[0]?.sha256);
    expect((await fetch(path, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })).status).toBe(304);
  });
});

describe('a device’s own origin', () => {
  it('serves the runtime, the configuration and the service, and offline takes all of it away', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'skerry-runtime-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html>');
    const listener = await harness.service.openDeviceListener({
      port: 0,
      staticFolder: folder,
      deviceConfig: { profile: 'Phone', name: 'A' },
    });
    const page = await fetch(listener.url);
    expect([page.status, page.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringContaining("'wasm-unsafe-eval'"),
    ]);
    expect(await (await fetch(`${listener.url}/device-config.json`)).json()).toEqual({ profile: 'Phone', name: 'A' });
    expect((await fetch(`${listener.url}/api/hello`)).status).toBe(200);
    const stream = await openStream(listener.url);
    await listener.setOffline(true);
    await stream.ended;
    await expect(fetch(listener.url)).rejects.toThrow();
    await listener.setOffline(false);
    expect((await fetch(`${listener.url}/api/hello`)).status).toBe(200);
    await expect(
      harness.service.openDeviceListener({ port: listener.port, staticFolder: folder, deviceConfig: {} }),
    ).rejects.toMatchObject({ code: 'service/port-in-use' });
  });

  /** Opens a stream of pings; `ended` settles when it breaks. */
  async function openStream(url: string): Promise<{ readonly ended: Promise<void> }> {
    const anna = await harness.signIn('anna', 'dA');
    return new Promise((opened) => {
      const request = get(`${url}/api/sync/pings`, { headers: { authorization: `Bearer ${anna.token}` } }, (answer) => {
        opened({
          ended: new Promise((ended) =>
            answer
              .on('error', () => undefined)
              .on('close', () => ended())
              .resume(),
          ),
        });
      });
      request.on('error', () => undefined);
    });
  }
});

describe('pings', () => {
  it('tell other devices that something changed, and not the one that changed it', async () => {
    const [anna, other] = [await harness.signIn('anna', 'dA'), await harness.signIn('anna', 'dC')];
    const answer = await fetch(`${harness.url}/api/sync/pings`, {
      headers: { authorization: `Bearer ${other.token}` },
    });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    await anna.write(task('t1', 'quay'));
    const { value } = await reader.read();
    expect(JSON.parse((value ?? '').replace('data: ', ''))).toEqual({ entities: [id('Task')] });
    await reader.cancel();
  });

  it('tell everybody that there is a release', async () => {
    const other = await harness.signIn('anna', 'dC');
    const answer = await fetch(`${harness.url}/api/sync/pings`, {
      headers: { authorization: `Bearer ${other.token}` },
    });
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    await reader.read();
    await harness.publish(fieldModel('9.0.0'));
    const { value } = await reader.read();
    expect(JSON.parse((value ?? '').replace('data: ', ''))).toEqual({ entities: [] });
    await reader.cancel();
  });
});
