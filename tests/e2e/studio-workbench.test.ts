import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, type TestInfo, test } from '@playwright/test';
import { buildOnce } from '../../studio/server/build-once.ts';
import { ROOT, type StudioForTests, startStudioForTests } from '../support/studio-window.ts';

const PAGE = join(ROOT, 'studio/dist/workbench');
let studio: StudioForTests;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const at = (path: string) => join(ROOT, path);
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
  studio = await startStudioForTests(PAGE);
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(studio.newAddress());
  await expect(page.getByRole('tree')).toBeVisible();
  pageErrors = failures;
});

let pageErrors: string[] = [];

test.afterEach(async () => {
  await studio.stop();
  expect(pageErrors).toEqual([]);
});

const row = (page: Page, name: string) => page.getByRole('treeitem', { name });
const tab = (page: Page, name: string) => page.locator('.dv-tab', { hasText: name });

async function looksSound(page: Page, info: TestInfo, name: string): Promise<void> {
  await info.attach(name, { body: await page.screenshot({ animations: 'disabled' }), contentType: 'image/png' });
  // Menus hang below the body by nature, and a form stands beside the panel that shows the same sections.
  const { violations } = await new AxeBuilder({ page }).disableRules(['region', 'landmark-unique']).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(', ')}`);
  expect.soft(found, name).toEqual([]);
}

async function goTo(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox').fill(words);
  await page.keyboard.press('Enter');
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 1280, height: 720 } });
    test('every screen passes axe', async ({ page }, info) => {
      test.setTimeout(120_000);
      await test.step('nothing open', () => looksSound(page, info, 'start'));
      await goTo(page, 'AssetStatus');
      await expect(page.getByRole('heading', { name: 'Assets.AssetStatus' })).toBeVisible();
      await test.step('a document as a form', () => looksSound(page, info, 'form'));
      await page.keyboard.press('Control+Shift+p');
      await test.step('the palette', () => looksSound(page, info, 'palette'));
      await page.keyboard.press('Escape');
      await row(page, 'AssetStatus').click({ button: 'right' });
      await test.step('a context menu', () => looksSound(page, info, 'context menu'));
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Alt+k');
      await test.step('keyboard shortcuts', () => looksSound(page, info, 'shortcuts'));
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+o');
      await expect(page.getByRole('button', { name: 'field-inspections' })).toBeVisible();
      await test.step('opening a folder', () => looksSound(page, info, 'folder'));
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+Shift+f');
      await page.keyboard.type('site');
      await expect(page.getByRole('status').filter({ hasText: 'elements' })).toBeVisible();
      await test.step('search', () => looksSound(page, info, 'search'));
      await page.getByRole('menuitem', { name: 'File' }).click();
      await test.step('a menu', () => looksSound(page, info, 'menu'));
      await page.getByRole('menuitem', { name: 'Close project' }).click();
      await expect(page.getByRole('heading', { name: 'Skerry' })).toBeVisible();
      await test.step('welcome', () => looksSound(page, info, 'welcome'));
      await page.getByRole('button', { name: 'New from template' }).click();
      await expect(page.getByText('Field Inspections').last()).toBeVisible();
      await test.step('a new project', () => looksSound(page, info, 'new project'));
    });
  });
}

test('every design component passes axe in both themes', async ({ page }, info) => {
  await page.goto(`${new URL(page.url()).origin}/#/gallery`);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Dark' })).toBeVisible();
  await looksSound(page, info, 'gallery');
});

test('a name changed in the tree changes everywhere after a look at it, and Ctrl+Z takes all of it back', async ({
  page,
}) => {
  await goTo(page, 'AssetStatus');
  await expect(tab(page, 'AssetStatus')).toBeVisible();
  await row(page, 'AssetStatus').focus();
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'New name of AssetStatus' }).fill('EquipmentStatus');
  await page.keyboard.press('Enter');
  await expect(page.getByText('4 other places change with it')).toBeVisible();
  await expect(page.getByRole('dialog').locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(row(page, 'EquipmentStatus')).toBeVisible();
  await expect(tab(page, 'EquipmentStatus')).toBeVisible();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await expect(page.getByRole('menuitem', { name: /^Undo Rename AssetStatus/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await row(page, 'EquipmentStatus').focus();
  await page.keyboard.press('Control+z');
  await expect(row(page, 'AssetStatus')).toBeVisible();
  await expect(tab(page, 'AssetStatus')).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});

test('in a text field Ctrl+Z belongs to the field', async ({ page }) => {
  await goTo(page, 'AssetStatus');
  const filter = page.getByRole('textbox', { name: 'Filter documents' });
  const name = page.locator('[data-editor]').getByRole('textbox', { name: 'Documentation' });
  await name.fill('How an asset fares.');
  await name.blur();
  await expect(page.getByText('1 document unsaved')).toBeVisible();
  await filter.focus();
  await page.keyboard.type('pump');
  await page.keyboard.press('Control+z');
  await expect(filter).not.toHaveValue('pump');
  await expect(page.getByText('1 document unsaved')).toBeVisible();
});

test('by keyboard alone: what is deleted says who uses it, its problems are walked, and undo repairs them', async ({
  page,
}) => {
  await page.keyboard.press('Control+Shift+e');
  await page.getByRole('tree').getByRole('treeitem').first().focus();
  await page.keyboard.type('ass');
  await expect(row(page, 'Assets')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.type('enum');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'AssetStatus')).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(page.getByText('It is used by 5 places')).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(row(page, 'AssetStatus')).toHaveCount(0);
  const problems = page.getByRole('region', { name: 'Panel' });
  await expect(problems.getByText('error', { exact: false }).first()).toBeVisible();
  await page.keyboard.press('Control+Shift+m');
  await page.keyboard.type('AssetCard');
  await page.keyboard.press('ArrowDown');
  const first = problems.locator('[data-problem]').first();
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(tab(page, 'AssetCard')).toBeVisible();
  await page.keyboard.press('F8');
  await expect(problems.locator('[aria-current]')).toHaveCount(1);
  await page.keyboard.press('Control+Alt+z');
  await expect(row(page, 'AssetStatus')).toBeVisible();
});

test('tabs and their places are there again after a reload; reset layout clears them', async ({ page }) => {
  await goTo(page, 'AssetStatus');
  await expect(tab(page, 'AssetStatus')).toBeVisible();
  await goTo(page, 'PumpKind');
  await expect(tab(page, 'PumpKind')).toBeVisible();
  await page.keyboard.press('Control+Backslash');
  await expect(page.locator('.dv-groupview')).toHaveCount(2);
  await page.reload();
  await expect(tab(page, 'AssetStatus')).toBeVisible();
  await expect(page.locator('.dv-groupview')).toHaveCount(2);
  await tab(page, 'PumpKind').click({ button: 'middle' });
  await expect(tab(page, 'PumpKind')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+p');
  await page.keyboard.type('reset layout');
  await page.keyboard.press('Enter');
  await expect(page.locator('.dv-tab')).toHaveCount(0);
});

test('keys can be given to another command, which takes them from the one that had them', async ({ page }) => {
  await page.keyboard.press('Control+Alt+k');
  await page.getByRole('searchbox', { name: 'Filter' }).fill('output');
  await page.getByRole('button', { name: 'Change keys of Show output' }).click();
  await page.keyboard.press('Control+j');
  await expect(page.getByText('Ctrl+J already means “Bottom panel”')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).last().click();
  await page.keyboard.press('Control+j');
  await expect(page.getByRole('tab', { name: 'Output' })).toHaveAttribute('aria-selected', 'true');
});

test('a new document is made where its folder is, and saving writes it', async ({ page }) => {
  await row(page, 'Enumerations').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'New' }).hover();
  await page.getByRole('menuitem', { name: 'Enumeration', exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Colour');
  await page.keyboard.press('Enter');
  await expect(row(page, 'Colour')).toBeVisible();
  await expect(page.getByText('1 document unsaved')).toBeVisible();
  await page.keyboard.press('Control+Alt+s');
  await expect(page.getByText('Saved 1 document')).toBeVisible();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
});
