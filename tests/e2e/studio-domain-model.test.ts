import { readFile } from 'node:fs/promises';
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

const card = (page: Page, name: string) => page.getByTestId(`entity-${name}`);
const canvas = (page: Page, name: string) => page.getByRole('application', { name: `Diagram of ${name}` });

async function choose(page: Page, name: string): Promise<void> {
  await card(page, name).getByText(name, { exact: true }).click();
}

test('entities, attributes and associations are made, renamed and deleted on the canvas', async ({ page }) => {
  await open(page, 'Domain model Work');
  await expect(card(page, 'WorkOrder')).toBeVisible();

  await page.getByRole('button', { name: 'Entity', exact: true }).click();
  await page.getByRole('textbox', { name: /New name of/ }).fill('Depot');
  await page.keyboard.press('Enter');
  await expect(card(page, 'Depot')).toBeVisible();

  await choose(page, 'Depot');
  await page.getByRole('button', { name: 'Add attribute' }).click();
  const draft = page.getByRole('textbox', { name: 'Name of the new attribute' });
  for (const name of ['Street', 'Town']) {
    await draft.fill(name);
    await draft.press('Enter');
    await expect(card(page, 'Depot').getByText(name, { exact: true })).toBeVisible();
  }
  await draft.press('Escape');

  await choose(page, 'Depot');
  await canvas(page, 'Work').press('c');
  await page.getByRole('combobox', { name: 'With' }).click();
  await page.getByRole('option', { name: 'Work.WorkOrder' }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Outline' }).click();
  const line = page.getByRole('button', { name: 'Depot_WorkOrder: Depot * – 1 WorkOrder' }).first();
  await expect(line).toBeVisible();

  await choose(page, 'Depot');
  await canvas(page, 'Work').press('Delete');
  await expect(card(page, 'Depot')).toHaveCount(0);
  await expect(line).toHaveCount(0);
});

test('a moved box changes the layout file and nothing else', async ({ page }) => {
  await open(page, 'Domain model Work');
  const file = join(studio?.project ?? '', 'modules/Work/domain.layout.json');
  const before = await readFile(file, 'utf8');
  await choose(page, 'WorkOrder');
  await canvas(page, 'Work').press('Alt+Shift+ArrowRight');
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFile(file, 'utf8')).not.toBe(before);
  const [old, now] = [JSON.parse(before), JSON.parse(await readFile(file, 'utf8'))];
  expect(now).toEqual({ ...old, kg7aeqlvq3xhbhpu: { x: old.kg7aeqlvq3xhbhpu.x + 64, y: old.kg7aeqlvq3xhbhpu.y } });
});

test('arrow keys walk from entity to entity, and what is chosen is said', async ({ page }) => {
  await open(page, 'Domain model Assets');
  await canvas(page, 'Assets').focus();
  await page.keyboard.press('Home');
  await expect(page.getByText(/^Asset, entity, 8 attributes\. \d connections?$/)).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText(/^Pump, entity, a Assets\.Asset, 4 attributes\. 1 connection$/)).toBeAttached();
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('the diagram and its outline pass axe', async ({ page }, info) => {
      await open(page, 'Domain model Field');
      await expect(card(page, 'Inspection')).toBeVisible();
      await choose(page, 'Inspection');
      await page.getByRole('button', { name: 'Outline' }).click();
      await info.attach('diagram', { body: await page.screenshot(), contentType: 'image/png' });
      const { violations } = await new AxeBuilder({ page }).include('[data-canvas]').analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`),
      ).toEqual([]);
    });
  });
}
