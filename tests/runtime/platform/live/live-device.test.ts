import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLiveDevice } from '@skerry/runtime/platform/live/live-device';
import { fixedLocale } from '@skerry/runtime/platform/memory/memory-ports';
import { folderSqlOpener } from '@skerry/runtime/platform/node/better-sqlite-driver';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { analyze, offlineProfiles } from '@skerry/shared/scope/analyze';
import { demoObjects } from '@skerry/shared/scope/demo-objects';
import type { LiveContent } from '@skerry/studio/bridge/live-content';
import { afterEach, expect, it } from 'vitest';
import { livePage } from '../../../../studio/host/live-page/live-page.ts';
import { objectId, START_MS, visitsApp } from '../../../support/device-kit.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const model = visitsApp().model();
const view = domainView(model);
const name = view.attributes('M.Site').get('Name')?.id ?? '';
const settings = { now: START_MS, zone: () => undefined };
const SITE = objectId(1);

function contentOf(revision: number): LiveContent {
  const rows = [{ entity: 'M.Site', id: SITE, cells: { [name]: 'Harbour' }, links: {} }];
  const objects = demoObjects(model, rows);
  const { content, reason } = livePage(
    { document: model.find('page', 'M.Home')?.path ?? '', actionSources: new Map() },
    {
      revision,
      documents: new Map([...model.documents].map(([path, { source }]) => [path, source])),
      model,
      demo: { objects, settings, diagnostics: [], representative: () => undefined },
      analyses: offlineProfiles(model).map((profile) => analyze(model, profile)),
      problemsOf: () => [],
    },
  );
  if (!content) throw new Error(reason);
  return content;
}

it('runs a page on a real device with the sample rows, and keeps what was done over a new version', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'skerry-live-'));
  folders.push(folder);
  let byte = 0;
  const live = await startLiveDevice(contentOf(1), {
    sql: () => folderSqlOpener(folder),
    clock: { now: () => START_MS, after: () => () => {} },
    locale: fixedLocale('UTC', 'en', [{ fromMs: 0, offsetMs: 0 }]),
    randomBytes: (count) => Uint8Array.from({ length: count }, () => (byte = (byte + 7) % 251)),
  });
  const { device } = live;
  const names = async () => (await device.load([SITE])).map(({ values }) => values.Name);
  expect(await names()).toEqual(['Harbour']);

  expect(await device.change(SITE, { Name: 'Lighthouse' })).toMatchObject({ ok: true });
  expect(await device.commit([SITE])).toMatchObject({ ok: true });
  expect(await device.synchronize()).toMatchObject({ ok: true, rejected: [] });
  expect((await device.status()).pending).toBe(0);

  expect(await live.update(contentOf(2))).toBe(true);
  expect((await device.status()).bundleVersion).toBe('1.0.2');
  expect(await names()).toEqual(['Lighthouse']);

  expect(await live.update({ ...contentOf(3), role: 'Somebody' })).toBe(false);
  await live.close();
});
