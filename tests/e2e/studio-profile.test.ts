import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { buildOnce } from '../../studio/server/build-once.ts';
import { ROOT, type StudioForTests, startStudioForTests } from '../support/studio-window.ts';

const PAGE = join(ROOT, 'studio/dist/workbench');
const PROFILE = 'navigation/InspectorPhone.json';
let studio: StudioForTests;

test.use({ viewport: { width: 1440, height: 900 } });

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

const failures: string[] = [];
test.beforeEach(async ({ page }) => {
  studio = await startStudioForTests(PAGE);
  failures.length = 0;
  page.on('pageerror', (error) => failures.push(error.message));
  await page.goto(studio.newAddress());
  await page.getByRole('treeitem', { name: 'InspectorPhone' }).dblclick();
  // The first analysis of a project is a cold one.
  await expect(row(page, 'Field.Region')).toBeVisible({ timeout: 30_000 });
});
test.afterEach(async () => {
  await studio.stop();
  expect(failures).toEqual([]);
});

const editor = (page: Page) => page.locator(`[data-editor="${PROFILE}"]`);
const table = (page: Page) => page.getByRole('table', { name: 'Synchronisation' });
/** The lines of an entity: its own, its constraint, its problems, its reasons. */
const row = (page: Page, entity: string) => page.locator(`[data-entity="${entity}"]`);
const cell = (page: Page, entity: string, column: number) => row(page, entity).getByRole('cell').nth(column);
const totals = (page: Page) => page.locator('[data-totals]');
const status = (page: Page) => page.getByRole('contentinfo').getByRole('button', { name: /^scope / });
const mode = (page: Page, entity: string) =>
  row(page, entity).getByRole('button', { name: new RegExp(`^Download of ${entity}:`) });
const whatIf = (page: Page) => page.getByRole('region', { name: 'What it would mean' });
const section = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Parts of the profile' }).getByRole('button', { name });

test('another role counts its own rows, in the table and in the status bar', async ({ page }) => {
  await expect(totals(page)).toContainText('421 rows');
  await expect(status(page)).toHaveText(/scope 17 entities, 421 rows, 102 KB \(Inspector\)/);
  const before = await cell(page, 'Field.Site', 2).textContent();
  await editor(page).getByLabel('For role').click();
  await page.getByRole('option', { name: 'Administrator' }).click();
  await expect(status(page)).toHaveText(/\(Administrator\)/);
  await expect(totals(page)).not.toContainText('421 rows');
  await expect(cell(page, 'Field.Site', 2)).not.toHaveText(before ?? '');
  await page.reload();
  await expect(status(page)).toHaveText(/\(Administrator\)/);
});

test('what a mode would mean shows before it is applied; its problems come with what mends them', async ({ page }) => {
  await mode(page, 'Field.Region').click();
  await expect(page.getByRole('radio', { name: /^All objects/ })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: /^Online/ })).toBeChecked();
  await expect(whatIf(page)).toContainText('421');
  await expect(whatIf(page)).toContainText('420');
  await expect(whatIf(page)).toContainText('4 problems would appear');
  await page.keyboard.press('Escape');
  await expect(mode(page, 'Field.Region')).toBeFocused();
  await expect(mode(page, 'Field.Region')).toContainText('All objects');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(mode(page, 'Field.Region')).toContainText('Online');
  await expect(totals(page)).toContainText('420 rows');
  await expect(status(page)).toHaveText(/420 rows/);
  await expect(row(page, 'Field.Region')).toContainText('is online and has no rows on the device', {
    timeout: 20_000,
  });

  await page.getByRole('tab', { name: /^Scope/ }).click();
  const panel = page.getByRole('tabpanel', { name: /^Scope/ });
  await expect(panel.getByRole('listitem').first()).toContainText('Set Field.Region to online in InspectorPhone');
  await expect(panel).toContainText('All objects → Online');

  await row(page, 'Field.Region')
    .getByRole('button', { name: 'Set Field.Region to "all"', exact: true })
    .first()
    .click();
  await expect(mode(page, 'Field.Region')).toContainText('All objects');
  await expect(row(page, 'Field.Region')).not.toContainText('has no rows on the device');
  await expect(totals(page)).toContainText('421 rows');
  await expect(panel.getByText('Online → All objects')).toBeVisible();
});

test('a mode that was chosen goes back to what is derived', async ({ page }) => {
  await expect(mode(page, 'Field.Region')).not.toContainText('derived');
  await row(page, 'Field.Region').getByRole('button', { name: 'More for Field.Region' }).click();
  await page.getByRole('menuitem', { name: 'Back to derived' }).click();
  await expect(mode(page, 'Field.Region')).toContainText('derived');
  await page.keyboard.press('Control+z');
  await expect(mode(page, 'Field.Region')).not.toContainText('derived');
});

test('a constraint moves the numbers while it is typed, is judged where it stands, and is one step', async ({
  page,
}) => {
  const constraint = row(page, 'Field.Inspection').getByRole('textbox', { name: 'Constraint of Field.Inspection' });
  await expect(cell(page, 'Field.Inspection', 2)).toHaveText('94');
  await constraint.click();
  await expect(row(page, 'Field.Inspection').locator('.monaco-editor')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type("[Status = 'Draft']");
  await expect(cell(page, 'Field.Inspection', 2)).not.toHaveText('94');
  await expect(row(page, 'Field.Inspection').locator('.monaco-editor')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type("[Stats = 'Draft']");
  await expect(row(page, 'Field.Inspection')).toContainText(/no member "Stats"/);
  await expect(editor(page).getByRole('button', { name: /^With problems/ })).toContainText('1');
  await editor(page).getByRole('textbox', { name: 'Filter entities' }).focus();
  await editor(page).getByRole('textbox', { name: 'Filter entities' }).fill('inspec');
  await expect(row(page, 'Field.Site')).toHaveCount(0);
  await mode(page, 'Field.Inspection').focus();
  await page.keyboard.press('Control+z');
  await expect(cell(page, 'Field.Inspection', 2)).toHaveText('94');
  await expect(row(page, 'Field.Inspection')).not.toContainText('no member');
});

test('every step of the reasons leads to where it stands', async ({ page }) => {
  await row(page, 'Field.Trip').getByRole('button', { name: 'Field.Trip: why, members and rights' }).click();
  const steps = row(page, 'Field.Trip').getByRole('listitem').first().getByRole('button');
  await expect(steps.first()).toHaveText('menu Log book');
  await steps.first().click();
  await expect(editor(page).getByRole('treeitem', { name: 'Log book' })).toHaveAttribute('aria-selected', 'true');
  await section(page, 'Synchronisation').click();
  await row(page, 'Field.Trip').getByRole('button', { name: 'Field.Trip: why, members and rights' }).click();
  await row(page, 'Field.Trip').getByRole('button', { name: 'page Trips' }).first().click();
  await expect(page.locator('[data-editor="modules/Field/pages/Trips.json"]')).toBeVisible();
});

test('an entity that nothing uses is added by hand and removed again', async ({ page }) => {
  await editor(page).getByRole('combobox', { name: 'Add entity…' }).fill('planner');
  await page.getByRole('option', { name: 'Field.Planner' }).click();
  await expect(row(page, 'Field.Planner')).toContainText('added');
  await expect(totals(page)).toContainText('18 entities');
  await page.getByRole('tab', { name: /^Scope/ }).click();
  await expect(page.getByRole('tab', { name: /^Scope/ })).toContainText('+1 −0');
  await row(page, 'Field.Planner').getByRole('button', { name: 'More for Field.Planner' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the profile' }).click();
  await expect(row(page, 'Field.Planner')).toHaveCount(0);
  await expect(page.getByRole('tab', { name: /^Scope/ })).toContainText('+0 −0');
});

test('the menu is put in order by keyboard and by dragging', async ({ page }) => {
  await section(page, 'Menu').click();
  const items = () => editor(page).getByRole('treeitem').allTextContents();
  const first = async () => (await items()).map((text) => text.replace(/(en|de)+.*/s, '')).slice(0, 3);
  await editor(page).getByRole('treeitem', { name: 'Sites' }).click();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(first).toEqual(['Today', 'Sites', 'Inspections']);
  await expect(editor(page).getByRole('treeitem', { name: 'Sites' })).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(editor(page).getByRole('treeitem', { name: 'Sites' })).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(editor(page).getByRole('treeitem', { name: 'Sites' })).toHaveAttribute('aria-level', '1');
  await editor(page)
    .getByRole('treeitem', { name: 'Findings' })
    .dragTo(editor(page).getByRole('treeitem', { name: 'Today' }), { targetPosition: { x: 60, y: 3 } });
  await expect.poll(first).toEqual(['Findings', 'Today', 'Sites']);
  await editor(page).getByRole('button', { name: 'Add item', exact: true }).click();
  await expect(editor(page).getByRole('treeitem', { name: 'New item' })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(editor(page).getByRole('treeitem', { name: 'New item' })).toHaveCount(0);
});

test('a trigger says what it does and is switched; saving writes it', async ({ page }) => {
  await section(page, 'Triggers and files').click();
  await expect(editor(page)).toContainText('Each save goes up at once');
  await editor(page).getByRole('switch', { name: 'After saving' }).click();
  await expect(editor(page).getByRole('switch', { name: 'After saving' })).not.toBeChecked();
  await page.keyboard.press('Control+s');
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  const { synchronization } = JSON.parse(await readFile(join(studio.project, PROFILE), 'utf8'));
  expect(synchronization.triggers).toMatchObject({ afterSave: false, everyMinutes: 15 });
});

test('arrows walk the lines within a column, and far lines come into view', async ({ page }) => {
  await row(page, 'Assets.Asset')
    .getByRole('button', { name: /^Assets.Asset: why/ })
    .focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 'Assets.Pump').getByRole('button', { name: /^Assets.Pump: why/ })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(mode(page, 'Assets.Pump')).toBeFocused();
  await page.keyboard.press('End');
  await expect(mode(page, 'Work.WorkOrder')).toBeFocused();
  await expect(mode(page, 'Work.WorkOrder')).toBeInViewport();
  await table(page).getByRole('button', { name: 'Size' }).click();
  await expect(table(page).getByRole('columnheader', { name: 'Size' })).toHaveAttribute('aria-sort', 'descending');
  await expect(table(page).getByRole('row').nth(1)).toContainText('Answer');
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });
    test('every part is free of findings of axe', async ({ page }) => {
      const check = async (where: string) => {
        // The tree of documents has a test of its own.
        const { violations } = await new AxeBuilder({ page })
          .exclude('.monaco-editor')
          .exclude('[aria-label="Explorer"]')
          .disableRules(['landmark-unique'])
          .analyze();
        expect(violations.map(({ id, nodes }) => `${where}: ${id} ${nodes[0]?.html}`)).toEqual([]);
      };
      await row(page, 'Field.Trip').getByRole('button', { name: /: why/ }).click();
      await check('the table');
      await mode(page, 'Field.Region').click();
      await page.keyboard.press('ArrowUp');
      await expect(whatIf(page)).toContainText('would appear');
      await check('what if');
      await page.keyboard.press('Enter');
      await expect(row(page, 'Field.Region')).toContainText('has no rows', { timeout: 20_000 });
      await page.getByRole('tab', { name: /^Scope/ }).click();
      await check('problems and scope');
      for (const name of ['Home pages', 'Menu', 'Triggers and files']) {
        await section(page, name).click();
        await check(name);
      }
    });
  });
}
