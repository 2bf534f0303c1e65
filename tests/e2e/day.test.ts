import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { picture } from '../../fixtures/generate/picture.ts';
import { randomStream } from '../../fixtures/generate/random.ts';
import { compareWithService } from '../../studio/cli/device-run/agreement.ts';
import { engineOf, probeEngines } from './engine-probe.ts';
import { markersFor, writeMarkedData } from './marked-data.ts';
import { type Phone, phoneOf, settled } from './phone.ts';
import { type PreviewServer, startPreview } from './preview-server.ts';
import { type Recorder, startRecorder } from './recorder.ts';

const PROFILE = 'InspectorPhone';
const PASSWORDS: { readonly [name: string]: string } = { anna: 'anna', ben: 'ben1' };
/** Anna's visit of today that is begun, and on which Ben helps. */
const SHARED = 'No. 1001';
const SYNC_MS = 60_000;

const PHOTO = picture(randomStream(1, 'e2e'));

let state: string;
let preview: PreviewServer;
let recorder: Recorder;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  state = await mkdtemp(join(tmpdir(), 'skerry-day-'));
  await writeMarkedData(join(state, 'demo-data'));
  [preview, recorder] = await Promise.all([startPreview({ state }), startRecorder()]);
});
test.afterAll(async () => {
  await preview?.stop();
  await recorder?.close();
});

test('a day of two inspectors: regions, offline work, reload, agreement, conflicts, nothing too much on the wire', async ({
  browser,
}) => {
  test.setTimeout(300_000);
  const context = await browser.newContext({
    proxy: { server: recorder.url },
    viewport: { width: 1440, height: 960 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  const page = await context.newPage();
  const broken: string[] = [];
  page.on('pageerror', (error) => broken.push(error.message));
  await probeEngines(page);
  await page.goto(preview.url);
  const [a, b] = [phoneOf(page, 'Phone A'), phoneOf(page, 'Phone B')];

  await test.step('each inspector sees the sites of their own regions only', async () => {
    await a.signIn('anna');
    await b.signIn('chloe');
    const [ofAnna, ofChloe] = [await sitesOn(a), await sitesOn(b)];
    expect(ofAnna.length).toBeGreaterThan(5);
    expect(ofChloe.length).toBeGreaterThan(5);
    for (const site of ofAnna) expect(site).toMatch(/UPR-\d{4}/);
    for (const site of ofChloe) expect(site).toMatch(/ALS-\d{4}/);
  });

  await test.step('another inspector of the same region takes the second phone', async () => {
    await b.signOut();
    await b.signIn('ben');
    await b.expectPage('Today');
    for (const site of await sitesOn(b)) expect(site).toMatch(/UPR-\d{4}/);
  });

  await test.step('the switch really cuts the network', async () => {
    await a.setOnline(false);
    const frame = await (await a.app.owner().elementHandle())?.contentFrame();
    const reached = await frame?.evaluate(() =>
      fetch('/api/hello', { cache: 'no-store' }).then(
        () => true,
        () => false,
      ),
    );
    expect(reached).toBe(false);
  });

  await test.step('offline: flows, edits, a new object with a photo, a deletion', async () => {
    await a.tab('Today');
    await a.rows(SHARED).first().click();
    await expect(a.top.getByText('15 minutes on site')).toBeVisible();
    await a.button('15 min').click();
    await expect(a.top.getByText('30 minutes on site')).toBeVisible();
    await a.expectUnsent(1);
    await a.field('Notes').fill('Valve noisy, checked twice.');
    await a.button('Save notes').click();
    await a.expectUnsent(2);

    await answer(a, 'Is the fence intact?', 'No');
    await a.expectUnsent(3);

    await a.top.getByRole('tab', { name: 'Findings' }).click();
    await a.button('Add finding').click();
    await a.expectPage('Finding');
    await a.field('What is wrong?').fill('Loose cover plate');
    await a.top.getByText('Medium', { exact: true }).click();
    await a.button('Take picture').click();
    await a.expectPage('Picture');
    await a.top.locator('input[type=file]').setInputFiles({ name: 'plate.png', mimeType: 'image/png', buffer: PHOTO });
    await expect(a.top.locator('img').first()).toBeVisible();
    await a.field('Caption').fill('Plate from the left');
    await a.button('Save').click();
    await a.expectPage('Finding');
    await expect(a.top.getByText('Plate from the left')).toBeVisible();
    await a.button('Save').click();
    await a.expectUnsent(5);

    await a.rows('Lighting out of order').click();
    await a.expectPage('Finding');
    await a.field('What is wrong?').fill('Lighting out of order in the hall');
    await a.button('Save').click();
    await a.expectUnsent(6);

    await a.rows('Warning sign missing').click();
    await a.button('Delete finding').click();
    await a.app.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await a.expectPage('Inspection');
    await expect(a.rows('Warning sign missing')).toHaveCount(0);
    await a.expectUnsent(7);

    await contact(a, 'Ask for Anna');
    await a.expectUnsent(8);

    await a.tab('Today');
    await a.rows('No. 1002').first().click();
    await a.button('Start inspection').click();
    await expect(a.top.getByText('0 minutes on site')).toBeVisible();
    await a.expectUnsent(9);
  });

  await test.step('reloaded while offline, nothing is gone', async () => {
    await a.reload();
    await a.expectUnsent(9);
    await expect(a.pill()).toContainText('9');
    await expect(a.rows('No. 1002')).toContainText('In progress');
    await a.rows(SHARED).first().click();
    await expect(a.top.getByText('30 minutes on site')).toBeVisible();
    await expect(a.field('Notes')).toHaveValue('Valve noisy, checked twice.');
    await a.top.getByRole('tab', { name: 'Findings' }).click();
    await expect(a.rows('Warning sign missing')).toHaveCount(0);
    await expect(a.rows('Lighting out of order in the hall')).toHaveCount(1);
    await a.rows('Loose cover plate').click();
    await expect(a.top.getByText('Plate from the left')).toBeVisible();
    await expectPhoto(a);
    await page.screenshot({ path: 'test-results/day-offline.png' });
    await a.back();
  });

  await test.step('meanwhile the other inspector changes the same things, online', async () => {
    await openShared(b);
    await b.button('15 min').click();
    await expect(b.top.getByText('30 minutes on site')).toBeVisible();
    await b.field('Notes').fill('Bearing is warm.');
    await b.button('Save notes').click();
    await answer(b, 'Is the fence intact?', 'Not applicable');
    await b.top.getByRole('tab', { name: 'Findings' }).click();
    await b.rows('Lighting out of order').click();
    await b.top.getByRole('switch', { name: 'Resolved' }).click();
    await b.button('Save').click();
    await contact(b, 'Ask for Ben');
    await b.expectUnsent(0);
    expect((await engineOf(b.app).inbox()).length).toBe(0);
  });

  await test.step('online again: everything is sent, and one conflict waits for a decision', async () => {
    await a.setOnline(true);
    await a.expectUnsent(0);
    await expect(a.pill()).toContainText('1 to look at', { timeout: SYNC_MS });
  });

  await test.step('both devices show the same, as each policy says', async () => {
    await b.synchronize();
    for (const phone of [a, b]) {
      await openShared(phone);
      await expect(phone.top.getByText('45 minutes on site'), 'sum').toBeVisible({ timeout: SYNC_MS });
      await expect(phone.field('Notes'), 'review: the service keeps its value').toHaveValue('Bearing is warm.');
      await phone.top.getByRole('tab', { name: 'Checklist' }).click();
      await expect(phone.rows('Is the fence intact?'), 'lastWins: who comes last').toContainText(/No$/);
      await phone.top.getByRole('tab', { name: 'Findings' }).click();
      const merged = phone.rows('Lighting out of order in the hall');
      await expect(merged, 'merge: the title of one, Resolved of the other').toContainText('Resolved');
      await expect(phone.rows('Warning sign missing')).toHaveCount(0);
      await phone.rows('Loose cover plate').click();
      await expectPhoto(phone);
      await phone.back();
      await phone.top.getByRole('tab', { name: 'Overview' }).click();
      await phone.button('Site').click();
      await expect(phone.top.getByText('Ask for Ben'), 'firstWins: who came first').toBeVisible();
    }
  });

  await test.step('whose change was replaced is told so, also after a reload, until they have seen it', async () => {
    const told = a.top.getByText(/replaced: someone saved first/);
    await expect(told).toBeVisible();
    await a.reload();
    await expect(told).toBeVisible({ timeout: SYNC_MS });
    await a.top.getByRole('button', { name: 'Details' }).click();
    const details = a.app.getByRole('dialog', { name: 'Replaced changes' });
    await expect(details.getByRole('row', { name: /Ask for Ben$/ })).toBeVisible();
    await details.getByRole('button', { name: 'Got it' }).click();
    await expect(told).toHaveCount(0);
  });

  await test.step('devices and service agree, object by object', () => expectAgreement([a, b]));

  await test.step('the inbox shows both versions; applying mine again settles it', async () => {
    await a.more('Sync & inbox');
    const parked = a.app.locator('.inbox-card').filter({ hasText: 'Waiting for a decision' });
    await expect(parked).toHaveCount(1);
    await expect(parked).toContainText('Valve noisy, checked twice.');
    await expect(parked).toContainText('Bearing is warm.');
    await page.screenshot({ path: 'test-results/day-inbox.png' });
    await parked.getByRole('button', { name: 'Apply again' }).click();
    await expect(parked).toHaveCount(0);
    await expect(a.top.getByText('Nothing needs your attention.')).toBeVisible();
    await a.expectUnsent(0);
    await expect(a.pill()).toContainText('Synced', { timeout: SYNC_MS });
    await b.synchronize();
    for (const phone of [a, b]) {
      await openShared(phone);
      await expect(phone.field('Notes')).toHaveValue('Valve noisy, checked twice.', { timeout: SYNC_MS });
    }
  });

  await test.step('devices and service still agree', () => expectAgreement([a, b]));

  await test.step('what device A received holds nothing that Anna may not read', async () => {
    const origin = new URL((await a.app.owner().getAttribute('src')) ?? '').origin;
    const { outside, inside } = await markersFor(join(state, 'demo-data'), 'anna');
    // That the recorder sees what is sent, in every form in which values travel.
    for (const [member, markers] of inside) {
      expect(markers.length, member).toBeGreaterThan(0);
      const found = recorder.findIn(origin, markers);
      expect(
        markers.filter((marker) => !found.has(marker)),
        `${member}, which Anna may read`,
      ).toEqual([]);
    }
    expect([...inside.keys()]).toEqual(
      expect.arrayContaining(['Field.Inspection/Notes', 'Field.Finding/Cost', 'Field.SitePassport/GateCode']),
    );
    for (const [member, markers] of outside) {
      expect(markers.length, member).toBeGreaterThan(0);
      expect([...recorder.findIn(origin, markers)], `${member}, which Anna may not read`).toEqual([]);
    }
    expect(recorder.pathsOf(origin)).toEqual(
      expect.arrayContaining(['/api/sync/download', '/api/sync/upload', '/api/sync/pings']),
    );
  });

  await test.step('the main screens are accessible, light and dark', () => checkScreens(page, a));

  expect(broken).toEqual([]);
  await context.close();
});

async function sitesOn(phone: Phone): Promise<readonly string[]> {
  await phone.tab('Sites');
  await expect(phone.rows().first()).toBeVisible();
  await expect(phone.top.locator('.skeleton')).toHaveCount(0);
  return phone.rows().allTextContents();
}

async function openShared(phone: Phone): Promise<void> {
  await phone.tab('Inspections');
  await phone.top.getByRole('tab', { name: 'Region' }).click();
  await phone.top.getByRole('searchbox').fill('Site round, Oppenau');
  await phone.rows(SHARED).first().click();
  await phone.expectPage('Inspection');
}

/** From an open inspection and back to it. */
async function answer(phone: Phone, question: string, choice: string): Promise<void> {
  await phone.top.getByRole('tab', { name: 'Checklist' }).click();
  await phone.rows(question).click();
  await phone.expectPage('Answer');
  await phone.top.getByText(choice, { exact: true }).click();
  await phone.button('Save').click();
  await phone.expectPage('Inspection');
}

/** Changes the contact of an open inspection's site. */
async function contact(phone: Phone, name: string): Promise<void> {
  await phone.top.getByRole('tab', { name: 'Overview' }).click();
  await phone.button('Site').click();
  await phone.button('Edit contact').click();
  await phone.field('Contact').fill(name);
  await phone.button('Save').click();
  await phone.expectPage('Site');
  await expect(phone.top.getByText(name)).toBeVisible();
}

async function expectPhoto(phone: Phone): Promise<void> {
  const image = phone.top.locator('.viewer img, .photo img, button img').first();
  await expect(image).toBeVisible({ timeout: SYNC_MS });
  await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBeGreaterThan(0);
}

/** The device's own tables against its user's scope at the service, past what pages show. */
async function expectAgreement(phones: readonly Phone[]): Promise<void> {
  const { service } = (await (await fetch(`${preview.url}api/preview/state`)).json()) as {
    readonly service: { readonly url: string };
  };
  for (const phone of phones) {
    const engine = engineOf(phone.app);
    const name = (await engine.status()).user?.name ?? '';
    const device = {
      name: phone.title,
      device: engine,
      credentials: { name, password: PASSWORDS[name] ?? '' },
      bundle: engine.bundle,
    };
    const { objects, differences } = await compareWithService(device, PROFILE, service.url);
    expect(differences, phone.title).toEqual([]);
    expect(objects['Field.Site'], phone.title).toBeGreaterThan(5);
  }
}

async function checkScreens(page: Page, phone: Phone): Promise<void> {
  // Each document for itself: two devices of one app have the same landmarks, and a person uses one of them.
  const device: [string, string] = [`iframe[title^="${phone.title}"]`, 'html'];
  const check = async (name: string, builder: () => AxeBuilder) => {
    await expect(phone.top.locator('.skeleton')).toHaveCount(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      // In the middle of a change of colours everything has too little contrast.
      await settled(page);
      const { violations, passes } = await builder().analyze();
      const places = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      expect.soft(places, `${name}, ${colorScheme}`).toEqual([]);
      expect
        .soft(
          passes.map(({ id }) => id),
          `${name}, ${colorScheme}`,
        )
        .toContain('color-contrast');
    }
  };
  const screen = (name: string) => check(name, () => new AxeBuilder({ page }).include(device));
  await check('the preview page', () => new AxeBuilder({ page }).exclude('iframe'));
  await screen('Inspection');
  for (const caption of ['Today', 'Inspections', 'Sites', 'Findings']) {
    await phone.tab(caption);
    await screen(caption);
  }
  await phone.more('Sync & inbox');
  await screen('Sync & inbox');
}
