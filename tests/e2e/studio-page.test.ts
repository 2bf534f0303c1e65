import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect as expectSoon, type Locator, type Page, test } from '@playwright/test';
import { buildOnce } from '../../studio/server/build-once.ts';
import { ROOT, type StudioForTests, startStudioForTests } from '../support/studio-window.ts';

const WORKBENCH = join(ROOT, 'studio/dist/workbench');
const at = (path: string) => join(ROOT, path);
let studio: StudioForTests | undefined;
/** The window of a busy machine takes its time. */
const expect = expectSoon.configure({ timeout: 40_000 });

test.use({ viewport: { width: 1440, height: 900 } });

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const builds = [
    {
      name: 'the workbench',
      config: at('studio/vite.workbench.config.ts'),
      output: WORKBENCH,
      sources: [at('studio/renderer'), at('studio/bridge'), at('shared')],
    },
    {
      name: 'the live page',
      config: at('runtime/vite.live.config.ts'),
      output: at('runtime/dist/live'),
      sources: [at('runtime'), at('shared'), at('studio/bridge')],
    },
  ];
  for (const build of builds) await buildOnce(build, () => {});
});

test.beforeEach(async ({ page }) => {
  test.setTimeout(120_000);
  studio = await startStudioForTests(WORKBENCH);
  await page.goto(studio.newAddress());
  await expect(page.getByRole('tree')).toBeVisible();
});

test.afterEach(async () => {
  await studio?.stop();
  studio = undefined;
});

async function open(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox').fill(`Field.${name}`);
  await page.getByRole('option', { name: `${name} Field › Page`, exact: true }).click();
  await expect(structure(page)).toBeVisible();
}

const structure = (page: Page) => page.getByRole('tree', { name: 'Structure' });
const row = (page: Page, name: string | RegExp) => structure(page).getByRole('treeitem', { name });
const live = (page: Page) => page.frameLocator('iframe[title="The page as it runs"]');
const undo = (page: Page) => page.keyboard.press('Control+z');

/** The frame is drawn smaller than it is, which Playwright's own clicks into frames do not count on. */
async function pressInLive(page: Page, place: Locator): Promise<void> {
  const frame = await page.locator('iframe[title="The page as it runs"]').boundingBox();
  const { x, y, width } = await place.evaluate((element) => {
    const box = element.getBoundingClientRect();
    return { x: box.left + 20, y: box.top + box.height / 2, width: innerWidth };
  });
  if (!frame) throw new Error('The live page does not show.');
  const scale = frame.width / width;
  await page.mouse.click(frame.x + x * scale, frame.y + y * scale);
}

test('a widget dragged in shows in the live page, takes another caption, and goes again', async ({ page }) => {
  await open(page, 'Home');
  await expect(live(page).getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  await expect(live(page).getByText(/^Hello Anna/)).toBeVisible();

  const toolbox = page.getByRole('region', { name: 'Toolbox' });
  const target = row(page, 'Title, Visits today');
  await toolbox
    .getByRole('button', { name: 'Button', exact: true })
    .dragTo(target, { targetPosition: { x: 120, y: 4 } });
  await expect(row(page, 'Button, Button')).toHaveAttribute('aria-selected', 'true');
  await expect(live(page).getByRole('button', { name: 'Button' })).toBeVisible();

  const caption = page.getByRole('region', { name: 'Properties' }).getByLabel('Caption').first();
  await caption.fill('Start the day');
  await caption.press('Enter');
  await expect(row(page, 'Button, Start the day')).toBeVisible();
  await expect(live(page).getByRole('button', { name: 'Start the day' })).toBeVisible();

  await structure(page).focus();
  await undo(page);
  await expect(live(page).getByRole('button', { name: 'Button' })).toBeVisible();
  await undo(page);
  await expect(row(page, /^Button/)).toHaveCount(0);
  await expect(live(page).getByRole('button', { name: 'Button' })).toHaveCount(0);
});

test('the keyboard alone inserts, moves, copies and deletes', async ({ page }) => {
  await open(page, 'Home');
  await expect(live(page).getByRole('heading', { name: 'Today', exact: true })).toBeVisible();
  await structure(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('/');
  await page.keyboard.type('divid');
  await page.keyboard.press('Enter');
  const made = row(page, 'Divider');
  await expect(made).toHaveAttribute('aria-selected', 'true');
  await expect(structure(page)).toBeFocused();
  // It stands in a list's template: once in each row.
  await expect(live(page).locator('hr').first()).toBeVisible();

  await page.keyboard.press('Control+d');
  await expect(made).toHaveCount(2);
  await page.keyboard.press('Delete');
  await expect(made).toHaveCount(1);
  await made.click();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(made).toHaveAttribute('aria-level', '1');
  const place = Number(await made.getAttribute('aria-posinset'));
  await page.keyboard.press('Alt+ArrowUp');
  await expect(made).toHaveAttribute('aria-posinset', String(place - 1));
  await undo(page);
  await undo(page);
  await undo(page);
  await undo(page);
  await undo(page);
  await expect(made).toHaveCount(0);
});

test('an attribute dropped on a form becomes the input that fits it; on a list row it is a text', async ({ page }) => {
  await open(page, 'Inspections');
  await row(page, /^List view/)
    .first()
    .click();
  await page.getByRole('tab', { name: 'Data' }).click();
  const data = page.getByRole('region', { name: 'Data' });
  await expect(page.getByText('In context: Field.Inspection')).toBeVisible();
  await data
    .getByRole('button', { name: /^Title/ })
    .dragTo(row(page, /^List view/).first(), { targetPosition: { x: 90, y: 14 } });
  await expect(row(page, 'Dynamic text, {Title}').first()).toBeVisible();

  await open(page, 'InspectionNew');
  await row(page, /^Data view/)
    .first()
    .click();
  await data
    .getByRole('button', { name: /^Planned DateTime/ })
    .dragTo(row(page, /^Data view/).first(), { targetPosition: { x: 90, y: 14 } });
  await expect(row(page, 'Date picker, Planned').first()).toBeVisible();
});

test('choosing in the page selects in the structure, and an error keeps the last good page', async ({ page }) => {
  await open(page, 'Home');
  await expect(live(page).getByText(/^Hello Anna/)).toBeVisible();
  await page.getByRole('button', { name: 'Choose a widget in the page' }).click();
  await pressInLive(page, live(page).getByText(/^Hello Anna/));
  await expect(row(page, 'Dynamic text, Hello {Greeting}')).toHaveAttribute('aria-selected', 'true');

  await page.getByRole('textbox', { name: 'Filter documents' }).fill('Phone');
  await page.getByRole('treeitem', { name: 'Phone', exact: true }).click();
  await page.keyboard.press('Delete');
  await page.getByRole('dialog').getByRole('button', { name: 'Delete anyway' }).click();
  await open(page, 'Home');
  await expect(page.getByText(/^The page as it was before:/)).toBeVisible();
  await expect(live(page).getByText(/^Hello Anna/)).toBeVisible();
  await page.keyboard.press('Control+Alt+z');
  await expect(page.getByText(/^The page as it was before:/)).toHaveCount(0);
});

test('the editor stands before axe in both themes', async ({ page }) => {
  await open(page, 'Home');
  await expect(live(page).getByText(/^Hello Anna/)).toBeVisible();
  for (const theme of ['dark', 'light']) {
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    const { violations } = await new AxeBuilder({ page })
      .include('[data-editor$="Home.json"]')
      .exclude('iframe')
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 160))])).toEqual([]);
  }
});
