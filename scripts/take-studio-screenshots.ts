/**
 * `node scripts/take-studio-screenshots.ts`: makes the pictures of the studio, docs/images/studio-*.png, from what
 * `npm start` runs, on a state folder that is thrown away afterwards.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { startPreview } from '../tests/e2e/preview-server.ts';
import { chromiumArgs, chromiumExecutable } from '../tests/support/chromium.ts';

const images = fileURLToPath(new URL('../docs/images', import.meta.url));

const server = await startPreview();
const browser = await chromium.launch({ executablePath: chromiumExecutable(), args: [...chromiumArgs] });
try {
  const context = await browser.newContext({
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: 'dark',
    viewport: { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(server.workbench);
  await page.getByRole('treeitem', { name: 'Field', exact: true }).waitFor();
  await open(page, 'Field Domain');
  await page.getByTestId('entity-Inspection').getByText('Inspection', { exact: true }).click();
  await take(page, 'studio-domain-model');
  await page.emulateMedia({ colorScheme: 'light' });
  await take(page, 'studio-domain-model-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'InspectorPhone');
  await page.getByText('Field.Inspection', { exact: true }).first().waitFor();
  await take(page, 'studio-navigation-profile');
  await open(page, 'Field.InspectionDetail');
  await page.waitForTimeout(3000);
  await take(page, 'studio-page');
  await open(page, 'StartInspection Nanoflow');
  await take(page, 'studio-flow');
  await open(page, 'Field.Sites');
  await page.keyboard.press('Control+Alt+p');
  const devices = page.frameLocator('iframe[title="Devices that run the app"]');
  await devices.frameLocator('iframe').first().getByRole('region', { name: 'Demo users' }).waitFor({ timeout: 60_000 });
  await take(page, 'studio-preview');
} finally {
  await browser.close();
  await server.stop();
}

async function open(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox').fill(words);
  await page.keyboard.press('Enter');
}

async function take(page: Page, name: string): Promise<void> {
  // Long enough for what fades in and for the last answer of the analysis.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: join(images, `${name}.png`) });
}
