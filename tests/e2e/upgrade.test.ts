import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import Database from 'better-sqlite3';
import { compareWithService } from '../../studio/cli/device-run/agreement.ts';
import { editDocuments } from '../../studio/cli/device-run/edit-model.ts';
import type { ModelEdit } from '../../studio/cli/device-run/scenario.ts';
import { openProject } from '../../studio/host/project/open-project.ts';
import { saveDocuments } from '../../studio/host/project/save-documents.ts';
import { engineOf, probeEngines } from './engine-probe.ts';
import { phoneOf } from './phone.ts';
import { type PreviewServer, startPreview } from './preview-server.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = join(root, 'fixtures/apps/field-inspections');
const UPDATE_MS = 60_000;

test.use({ viewport: { width: 1440, height: 960 }, locale: 'en-GB', timezoneId: 'Europe/Berlin' });

let preview: PreviewServer;
let project: string;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  project = await mkdtemp(join(tmpdir(), 'skerry-next-version-'));
  [preview] = await Promise.all([startPreview(), makeNextVersion(project)]);
});
test.afterAll(async () => {
  await preview?.stop();
  await rm(project, { recursive: true, force: true });
});

test('a device with unsent work of version 1.0.0 updates itself to 1.1.0, and the work arrives under the new names', async ({
  page,
}) => {
  test.setTimeout(240_000);
  await probeEngines(page);
  await page.goto(preview.url);
  const [a, b] = [phoneOf(page, 'Phone A'), phoneOf(page, 'Phone B')];
  await a.signIn('anna');
  await b.signIn('ben');

  await test.step('work without a network under 1.0.0', async () => {
    await a.setOnline(false);
    await a.rows('No. 1001').first().click();
    await a.field('Notes').fill('Written under 1.0.0.');
    await a.button('Save notes').click();
    await a.expectUnsent(1);
    await a.back();
    await a.rows('No. 1002').first().click();
    await a.button('Start inspection').click();
    await a.expectUnsent(2);
    await a.top.getByRole('tab', { name: 'Findings' }).click();
    await a.button('Add finding').click();
    await a.field('What is wrong?').fill('Seal drips');
    await a.button('Save').click();
    await a.expectUnsent(3);
    await expect(versionOn('Phone A')).toHaveText('v1.0.0');
  });

  await test.step('skerry publish', async () => {
    expect(await publish()).toMatchObject({ version: '1.1.0' });
  });

  await test.step('the device that is online updates itself', async () => {
    // A new version's screens begin anew: the sheet closes with the old ones.
    await b.startSync();
    await expect(versionOn('Phone B')).toHaveText('v1.1.0', { timeout: UPDATE_MS });
  });

  await test.step('the other one keeps its work, also over a reload, until it is online', async () => {
    await a.reload();
    await a.expectUnsent(3);
    await expect(versionOn('Phone A')).toHaveText('v1.0.0');
    await a.setOnline(true);
    await expect(versionOn('Phone A')).toHaveText('v1.1.0', { timeout: UPDATE_MS });
    await a.expectUnsent(0);
    await expect(a.pill()).toContainText('Synced', { timeout: UPDATE_MS });
    expect(await engineOf(a.app).inbox()).toEqual([]);
  });

  await test.step('it has arrived at the service and on the other device', async () => {
    expect(await atService('SELECT "Observations" FROM "Field$Inspection" WHERE "Number" = 1001')).toEqual([
      { Observations: 'Written under 1.0.0.' },
    ]);
    expect(await atService(`SELECT count(*) AS "count" FROM "Field$Finding" WHERE "Title" = 'Seal drips'`)).toEqual([
      { count: 1 },
    ]);
    await b.synchronize();
    for (const phone of [a, b]) {
      const [inspection] = await engineOf(phone.app).inspect(
        `SELECT "Observations" FROM "Field$Inspection" WHERE "Number" = 1001`,
      );
      expect(inspection, phone.title).toEqual({ Observations: 'Written under 1.0.0.' });
      expect(await engineOf(phone.app).inspect('SELECT * FROM "Field$SafetyCheck"'), phone.title).toEqual([]);
      await phone.tab('Inspections');
      await phone.top.getByRole('tab', { name: 'Region' }).click();
      await phone.top.getByRole('searchbox').fill('Site round, Oppenau');
      await phone.rows('No. 1001').first().click();
      await expect(phone.field('Notes'), phone.title).toHaveValue('Written under 1.0.0.');
      await phone.tab('Findings');
      await phone.top.getByRole('searchbox').fill('Seal drips');
      await expect(phone.rows('Seal drips'), phone.title).toHaveCount(1);
    }
    for (const [phone, name, password] of [
      [a, 'anna', 'anna'],
      [b, 'ben', 'ben1'],
    ] as const) {
      const engine = engineOf(phone.app);
      const device = { name: phone.title, device: engine, credentials: { name, password }, bundle: engine.bundle };
      const { differences } = await compareWithService(device, 'InspectorPhone', (await stateOfPreview()).service.url);
      expect(differences, phone.title).toEqual([]);
    }
  });

  function versionOn(title: string) {
    return page.getByRole('article', { name: title }).locator('.facts span').filter({ hasText: /^v\d/ });
  }
});

/** The sample as it would be next: an attribute has another name, and there is a new entity. */
async function makeNextVersion(folder: string): Promise<void> {
  await cp(SAMPLE, folder, { recursive: true });
  const scenario = JSON.parse(await readFile(join(root, 'fixtures/scenarios/upgrade.json'), 'utf8')) as {
    readonly steps: readonly { readonly do: string; readonly edits?: readonly ModelEdit[] }[];
  };
  const edits = scenario.steps.flatMap((step) => (step.do === 'publish' ? (step.edits ?? []) : []));
  const { documents } = await openProject(folder);
  const next = editDocuments(documents, [
    ...edits,
    { edit: 'changeDocument', path: 'skerry.json', merge: { version: '1.1.0' } },
  ]);
  const changed = [...next].flatMap(([path, content]) => (documents.get(path) === content ? [] : [path]));
  const { diagnostics } = await saveDocuments(folder, next, changed);
  expect(diagnostics).toEqual([]);
}

async function stateOfPreview() {
  const answer = await fetch(`${preview.url}api/preview/state`);
  return (await answer.json()) as { readonly service: { readonly url: string; readonly database: string } };
}

/** Straight from the service's database. */
async function atService(sql: string): Promise<readonly unknown[]> {
  const { service } = await stateOfPreview();
  const database = new Database(join(service.database, 'skerry.sqlite'), { readonly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

async function publish() {
  const { service } = await stateOfPreview();
  const args = ['studio/cli/main.ts', 'publish', project, '--to', service.url, '--data', service.database, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return JSON.parse(stdout) as { readonly version: string; readonly parts: number };
}
