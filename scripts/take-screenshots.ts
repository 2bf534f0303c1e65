/**
 * `node scripts/take-screenshots.ts`: makes the pictures of the documents, docs/images/*.png, from the app as
 * `npm start` runs it, on a state folder that is thrown away afterwards.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type Phone, phoneOf, settled } from '../tests/e2e/phone.ts';
import { type PreviewServer, startPreview } from '../tests/e2e/preview-server.ts';
import { chromiumArgs, chromiumExecutable } from '../tests/support/chromium.ts';

const images = fileURLToPath(new URL('../docs/images', import.meta.url));
const SETTING = { locale: 'en-GB', timezoneId: 'Europe/Berlin' } as const;

await mkdir(images, { recursive: true });
let preview: PreviewServer | undefined;
const browser = await chromium.launch({ executablePath: chromiumExecutable(), args: [...chromiumArgs] });
try {
  preview = await startPreview();
  await takePreview(browser, preview);
  await takePhone(browser, preview);
} finally {
  await browser.close();
  await preview?.stop();
}

/** Two devices side by side: one offline with work to send, the other in agreement. */
async function takePreview(browser: Browser, { url }: PreviewServer): Promise<void> {
  const page = await (await browser.newContext({ ...SETTING, viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(url);
  const [a, b] = [phoneOf(page, 'Phone A'), phoneOf(page, 'Phone B')];
  await a.signIn('anna');
  await b.signIn('ben');
  await a.setOnline(false);
  await a.rows('No. 1001').first().click();
  await a.button('15 min').click();
  await a.expectUnsent(1);
  await a.field('Notes').fill('Flow meter reads low. Compared with the one in the shaft.');
  await a.button('Save notes').click();
  await a.expectUnsent(2);
  await a.back();
  await a.rows('No. 1002').first().click();
  await a.button('Start inspection').click();
  await a.expectUnsent(3);
  await a.back();
  await b.tab('Sites');
  await b.rows().first().waitFor();
  await take(page, 'preview');
  await a.setOnline(true);
  await a.expectUnsent(0);
  await page.context().close();
}

/** A phone on its own, dark and light, with the pages that people work on. */
async function takePhone(browser: Browser, { url }: PreviewServer): Promise<void> {
  const context = await browser.newContext({ ...SETTING, viewport: { width: 900, height: 900 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.goto(url);
  const phone = phoneOf(page, 'Phone A');
  await phone.app.getByRole('region', { name: 'Demo users' }).waitFor();
  await take(page, 'phone-sign-in', phone);
  await phone.signIn('anna');
  await page.emulateMedia({ colorScheme: 'dark' });
  await phone.rows('No. 1001').first().waitFor();
  await take(page, 'phone-dark', phone);
  await page.emulateMedia({ colorScheme: 'light' });
  await take(page, 'phone-today', phone);
  await phone.rows('No. 1001').first().click();
  await phone.expectPage('Inspection');
  await take(page, 'phone-inspection', phone);
  await phone.top.getByRole('tab', { name: 'Checklist' }).click();
  await phone.rows().first().waitFor();
  await take(page, 'phone-checklist', phone);
  await phone.top.getByRole('tab', { name: 'Findings' }).click();
  await phone.rows().first().click();
  await phone.expectPage('Finding');
  await take(page, 'phone-finding', phone);
  await phone.tab('Sites');
  await phone.rows().first().click();
  await phone.expectPage('Site');
  await take(page, 'phone-site', phone);
  await phone.more('Sync & inbox');
  await phone.expectPage('Sync & inbox');
  await take(page, 'phone-sync', phone);
  await context.close();
}

/** @param phone the device's screen alone; without it the whole page */
async function take(page: Page, name: string, phone?: Phone): Promise<void> {
  const path = join(images, `${name}.png`);
  await settled(page);
  if (phone) await phone.app.owner().screenshot({ path });
  else await page.screenshot({ path });
  process.stdout.write(`${path}\n`);
}
