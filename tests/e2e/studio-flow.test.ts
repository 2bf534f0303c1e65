import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect as expectSoon, type Page, test } from '@playwright/test';
import { buildOnce } from '../../studio/server/build-once.ts';
import { ROOT, type StudioForTests, startStudioForTests } from '../support/studio-window.ts';

const PAGE = join(ROOT, 'studio/dist/workbench');
const at = (path: string) => join(ROOT, path);
let studio: StudioForTests | undefined;
/** The window of a busy machine takes its time. */
const expect = expectSoon.configure({ timeout: 20_000 });

test.use({ viewport: { width: 1440, height: 900 } });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await buildOnce(
    {
      name: 'the workbench',
      config: at('studio/vite.workbench.config.ts'),
      output: PAGE,
      sources: [at('studio/renderer'), at('studio/bridge'), at('shared')],
    },
    () => {},
  );
});

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  studio = await startStudioForTests(PAGE);
  await page.goto(studio.newAddress());
  await expect(page.getByRole('tree')).toBeVisible();
});

test.afterEach(async () => {
  await studio?.stop();
  studio = undefined;
});

async function open(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox').fill(words);
  await expect(page.getByRole('option', { name: words }).first()).toBeVisible();
  await page.keyboard.press('Enter');
}

test('a step says what it does, where it runs and which variables it sees', async ({ page }) => {
  await open(page, 'AskForHelp');
  const canvas = page.getByRole('application', { name: 'Diagram of AskForHelp' });
  await canvas.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(
    page.getByText(/^Call microflow FindHelper \(\$Inspection\) → \$Helper\. 3 connections$/),
  ).toBeAttached();
  await expect(page.getByRole('img', { name: 'Calls the server: needs the network' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'In scope here' })).toContainText('$Inspection');
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('a flow with a loop passes axe', async ({ page }, info) => {
      await open(page, 'StartInspection');
      await page.getByRole('button', { name: 'Outline' }).click();
      await page.getByRole('button', { name: 'Loop $Question of $Questions', exact: true }).click();
      await expect(
        page.locator('.react-flow__node').getByText('$Question of $Questions', { exact: true }),
      ).toBeVisible();
      await info.attach('flow', { body: await page.screenshot(), contentType: 'image/png' });
      const { violations } = await new AxeBuilder({ page }).include('[data-canvas]').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
    });
  });
}
