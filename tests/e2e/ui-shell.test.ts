import { expect, test } from '@playwright/test';
import { sampleGallery } from '../support/gallery-bundle.ts';
import { type GalleryServer, serveGallery } from '../support/gallery-server.ts';
import { widgetGallery } from '../support/widget-gallery.ts';
import { GalleryPhone } from './gallery/phone.ts';

/** What the shell does around pages: leaving them, notices, sheets, tabs, touch. */
let server: GalleryServer;
test.beforeAll(async () => {
  server = await serveGallery(
    new Map([
      ['sample', await sampleGallery()],
      ['widgets', widgetGallery()],
    ]),
  );
});
test.afterAll(() => server.close());
test.use({ viewport: { width: 360, height: 740 }, locale: 'en-GB', timezoneId: 'Europe/Amsterdam' });

test('the caption of every tab stands whole at 360 px', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  for (const query of ['', '?locale=de', '?app=widgets']) {
    await phone.open(query);
    await expect(page.locator('.navigation .caption').first()).toBeVisible();
    const cut = await page
      .locator('.navigation .caption')
      .evaluateAll((captions) =>
        captions
          .filter(
            (caption) =>
              caption.scrollWidth > caption.clientWidth ||
              caption.scrollHeight > caption.clientHeight ||
              getComputedStyle(caption).textOverflow !== 'clip' ||
              caption.getBoundingClientRect().bottom > innerHeight ||
              caption.getBoundingClientRect().right > innerWidth,
          )
          .map((caption) => caption.textContent),
      );
    expect(cut, query).toEqual([]);
  }
});

test('an edit is not left without a question, whichever way one goes', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  const question = phone.dialog.getByRole('heading', { name: 'Leave without saving?' });
  const cost = phone.top.getByLabel('Estimated cost');
  const openFinding = async () => {
    await phone.tab('Findings');
    await phone.rows().first().click();
    await phone.heading('Finding');
  };
  await phone.open();
  await openFinding();

  await test.step('nothing changed, nothing asked; nor after changing it back', async () => {
    const before = await cost.inputValue();
    await cost.fill('77');
    await cost.fill(before);
    await phone.top.getByRole('button', { name: 'Back' }).click();
    await phone.heading('Findings');
    await phone.rows().first().click();
  });

  await test.step('back in the browser: keep editing', async () => {
    await cost.fill('77');
    await page.goBack();
    await expect(question).toBeVisible();
    await phone.dialog.getByRole('button', { name: 'Keep editing' }).click();
    await phone.heading('Finding');
    await expect(cost).toHaveValue('77');
  });

  await test.step('the menu: Escape keeps editing, too', async () => {
    await phone.tab('Sites');
    await expect(question).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(question).toHaveCount(0);
    await phone.heading('Finding');
  });

  await test.step('the page’s own button: discard', async () => {
    await phone.top.getByRole('button', { name: 'Back' }).click();
    await phone.dialog.getByRole('button', { name: 'Discard', exact: true }).click();
    await phone.heading('Findings');
    expect(await phone.calls('commit')).toEqual([]);
    await phone.rows().first().click();
    await expect(cost).not.toHaveValue('77');
  });

  await test.step('back in the browser: save', async () => {
    await cost.fill('78');
    await page.goBack();
    await phone.dialog.getByRole('button', { name: 'Save' }).click();
    await phone.heading('Findings');
    expect(await phone.calls('commit')).toHaveLength(1);
    await phone.rows().first().click();
    await expect(cost).toHaveValue('78');
  });

  await test.step('the menu: discard goes where the user wanted to', async () => {
    await cost.fill('7x');
    await phone.tab('Sites');
    await phone.dialog.getByRole('button', { name: 'Discard', exact: true }).click();
    await phone.heading('Sites');
    await phone.rows().first().click();
    await page.goBack();
    await phone.heading('Sites');
  });
});

test('what is said while a sheet is open stands over it and can be closed', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open('?online=0');
  await page.locator('.pill').click();
  await phone.dialog.getByRole('button', { name: 'Sync now' }).click();
  const toast = phone.dialog.locator('.toast');
  await expect(toast).toContainText('The service cannot be reached.');
  await toast.getByRole('button', { name: 'Dismiss' }).click();
  await expect(toast).toHaveCount(0);
  await expect(phone.dialog.getByRole('button', { name: 'Sync now' })).toBeVisible();
  await phone.dialog.getByRole('button', { name: 'Sync now' }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('.shell ~ .toasts .toast')).toContainText('The service cannot be reached.');
});

test('a replaced change is told on every page until its user has seen it', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  const banner = phone.top.getByText('2 of your changes were replaced: someone saved first.');
  await phone.open('?notices=2');
  await expect(banner).toBeVisible();
  await phone.tab('Sites');
  await expect(banner).toBeVisible();
  await phone.top.getByRole('button', { name: 'Details' }).click();
  await expect(phone.dialog.getByRole('row', { name: /Title Lamp broken over the rear door Lighting/ })).toBeVisible();
  await phone.dialog.getByRole('button', { name: 'Got it' }).click();
  await expect(banner).toHaveCount(0);
  expect(await phone.calls('dismissNotices')).toEqual([[['notice-0', 'notice-1']]]);
});

test('a version that waits is told with what it waits for, and starts once nothing is being edited', async ({
  page,
}) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open('?update=2.0.0');
  await expect(page.getByRole('button', { name: 'Synchronisation: Synced. Version 2.0.0 is ready' })).toBeVisible();
  await phone.tab('Findings');
  await phone.rows().first().click();
  await phone.top.getByLabel('Estimated cost').fill('99');
  await phone.top.locator('.pill').click();
  await expect(phone.dialog.getByText('It starts by itself as soon as')).toBeVisible();
  await phone.dialog.getByRole('button', { name: 'Start it now' }).click();
  await phone.dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect.poll(() => phone.calls('checkForUpdate')).toHaveLength(1);
  expect(await phone.calls('commit')).toHaveLength(1);
});

test('the page of synchronisation has one button for it', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open();
  await phone.more('Sync & inbox');
  await expect(phone.top.getByRole('button', { name: /sync/i }).and(page.locator('.button'))).toHaveCount(1);
});

test.describe('by touch', () => {
  test.use({ hasTouch: true });

  test('pulling a list down at its top synchronises; scrolling and a short pull do not', async ({ page }) => {
    const phone = new GalleryPhone(page, server.address);
    await phone.open('?pending=1');
    await phone.tab('Inspections');
    await expect(phone.rows().first()).toBeVisible();
    const sign = phone.top.locator('.pull');

    const short = await phone.touch([180, 200], [180, 220], [180, 260]);
    await expect(sign).toContainText('Pull to refresh');
    await short.lift();
    await expect(sign).not.toContainText('Pull to refresh');

    const scroll = await phone.touch([180, 500], [180, 440], [180, 300]);
    await scroll.lift();
    await expect.poll(() => phone.top.locator('.page-body').evaluate((body) => body.scrollTop)).toBeGreaterThan(0);
    await (await phone.touch([180, 200], [180, 230], [180, 240])).lift();
    expect(await phone.calls('synchronize')).toEqual([]);

    await phone.top.locator('.page-body').evaluate((body) => body.scrollTo(0, 0));
    const pull = await phone.touch([180, 200], [180, 230], [180, 300], [180, 360]);
    await expect(sign).toContainText('Let go to refresh');
    await pull.lift();
    await expect.poll(() => phone.calls('synchronize')).toHaveLength(1);
    await expect(page.getByText('Synced')).toBeVisible();
  });

  test('where the profile says no, pulling does nothing', async ({ page }) => {
    const phone = new GalleryPhone(page, server.address);
    await phone.open('?app=widgets');
    await expect(phone.top.getByText('One of each')).toBeVisible();
    await expect(phone.top.locator('.pull')).toHaveCount(0);
    await (await phone.touch([180, 200], [180, 230], [180, 400])).lift();
    expect(await phone.calls('synchronize')).toEqual([]);
  });
});
