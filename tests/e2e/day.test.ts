import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { type Phone, phoneOf } from './phone.ts';
import { type PreviewServer, startPreview } from './preview-server.ts';

let preview: PreviewServer;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  preview = await startPreview();
});
test.afterAll(async () => preview?.stop());

const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAFklEQVR4nGP8z8Dwn4EIwESMolGFhBUCAJZTAxEB2dXBAAAAAElFTkSuQmCC',
  'base64',
);

async function openPhones(page: Page): Promise<{ a: Phone; b: Phone }> {
  await page.setViewportSize({ width: 1440, height: 960 });
  await page.goto(preview.url);
  return { a: phoneOf(page, 'Phone A'), b: phoneOf(page, 'Phone B') };
}

test('a day of two inspectors: regions, offline work, reload, agreement, conflict', async ({ page }) => {
  test.setTimeout(300_000);
  const { a, b } = await openPhones(page);

  await test.step('each inspector sees the sites of their own regions only', async () => {
    await a.signIn('anna');
    await b.signIn('chloe');
    await a.tab('Sites');
    await b.tab('Sites');
    const sites = async ({ app }: Phone) => {
      const rows = app.locator('section.page:not([hidden]) .rows > li');
      await expect(rows.first()).toBeVisible();
      await expect(app.locator('section.page:not([hidden]) .skeleton')).toHaveCount(0);
      return rows.allTextContents();
    };
    const [ofAnna, ofChloe] = [await sites(a), await sites(b)];
    expect(ofAnna.length).toBeGreaterThan(5);
    expect(ofChloe.length).toBeGreaterThan(5);
    expect(ofAnna.filter((site) => ofChloe.includes(site))).toEqual([]);
  });

  await test.step('another inspector of the same region takes the second phone', async () => {
    await b.pill().click();
    await b.app.getByRole('button', { name: 'Sign out' }).click();
    await b.signIn('ben');
    await expect(b.app.getByText('Visits today')).toBeVisible();
  });

  await test.step('the switch really cuts the network', async () => {
    await a.setOnline(false);
    const frame = page.frames().find((candidate) => candidate.parentFrame() !== null);
    const reached = await frame?.evaluate(() =>
      fetch('/api/hello').then(
        () => true,
        () => false,
      ),
    );
    expect(reached).toBe(false);
  });

  await test.step('offline: a flow, an edit, a new object with a photo, a deletion', async () => {
    await a.tab('Today');
    await a.app.getByText('No. 1001').first().click();
    await expect(a.app.getByText('15 minutes on site')).toBeVisible();
    await a.app.getByRole('button', { name: '15 min' }).click();
    await expect(a.app.getByText('30 minutes on site')).toBeVisible();
    await a.app.getByRole('textbox', { name: 'Notes' }).fill('Valve noisy, checked twice.');
    await a.app.getByRole('button', { name: 'Save notes' }).click();
    await a.app.getByRole('tab', { name: 'Findings' }).click();
    await a.app.getByRole('button', { name: 'Add finding' }).click();
    await a.app.getByRole('textbox', { name: /Finding|Title/ }).first().fill('Loose cover plate');
    await a.app.locator('section.page:not([hidden])').getByText('Severe').first().click();
    await a.app.getByRole('button', { name: /photo/i }).first().click();
    await a.app.locator('section.page:not([hidden]) input[type=file]').setInputFiles({ name: 'plate.png', mimeType: 'image/png', buffer: PHOTO });
    await expect(a.app.locator('section.page:not([hidden]) .photo img')).toBeVisible();
    await page.screenshot({ path: 'test-results/finding.png' });
    await a.app.locator('section.page:not([hidden])').getByRole('button', { name: 'Save' }).last().click();
  });
});
