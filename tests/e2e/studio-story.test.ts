import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { phoneOf } from './phone.ts';
import { type PreviewServer, startPreview } from './preview-server.ts';

/** The first hour of a modeler: the studio as `npm start` runs it, with real devices beside it. */
test.use({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark', locale: 'en-GB' });

let server: PreviewServer;
test.beforeAll(async () => {
  test.setTimeout(240_000);
  server = await startPreview();
});
test.afterAll(() => server?.stop());

const project = () => join(server.state, 'home', 'Field Inspections');
const git = (...args: readonly string[]) => execFileSync('git', [...args], { cwd: project(), encoding: 'utf8' });
const changedFiles = () =>
  git('status', '--porcelain', '--untracked-files=all')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.slice(3).replaceAll('"', ''));

async function open(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.getByRole('combobox').fill(words);
  await page.keyboard.press('Enter');
}

async function run(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+Shift+p');
  await page.getByRole('combobox').fill(`>${command}`);
  await page.keyboard.press('Enter');
}

const unsaved = (page: Page) => page.getByRole('button', { name: /documents? unsaved/ });
const properties = (page: Page) => page.getByRole('region', { name: 'Properties' });
const pageTitle = (page: Page) =>
  properties(page)
    .getByRole('textbox', { name: /^Title/ })
    .first();

/** Until phone A runs the release that the preview page names. */
async function runsWhatIsEdited(field: Page): Promise<void> {
  await expect(async () => {
    const release = ((await field.getByText(/^release /).textContent()) ?? '').replace('release ', 'v');
    await expect(field.getByRole('article', { name: 'Phone A' }).getByText(release, { exact: true })).toBeVisible({
      timeout: 1_000,
    });
  }).toPass({ timeout: 60_000 });
}

test('a modeler renames, sees it everywhere, saves a clean diff, previews, publishes, and loses nothing in a crash', async ({
  page,
  context,
}) => {
  test.setTimeout(300_000);
  const field = await context.newPage();
  await field.goto(server.url);
  const phone = phoneOf(field, 'Phone A');
  await phone.signIn('anna');

  await test.step('the studio opens on the user’s own copy, with no errors', async () => {
    await page.goto(server.workbench);
    await expect(page.getByRole('treeitem', { name: 'Field', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: /^(No problems|0 errors)/ })).toBeVisible({ timeout: 30_000 });
  });

  await test.step('a rename shows what changes with it, changes it, and is one step', async () => {
    await open(page, 'Field Domain');
    await page.getByTestId('entity-SitePassport').getByText('SitePassport', { exact: true }).click();
    await page.keyboard.press('F2');
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText('Permit');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/other places? change/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Rename' }).click();
    await expect(page.getByTestId('entity-Permit')).toBeVisible();
    await expect(page.getByRole('button', { name: /^(No problems|0 errors)/ })).toBeVisible({ timeout: 30_000 });
    await page.keyboard.press('Control+z');
    await expect(page.getByTestId('entity-SitePassport')).toBeVisible();
    await page.keyboard.press('Control+y');
    await expect(page.getByTestId('entity-Permit')).toBeVisible();
  });

  await test.step('saving writes it, and Git sees a rename', async () => {
    await run(page, 'Save all');
    await expect(unsaved(page)).toHaveCount(0);
    const files = changedFiles();
    expect(files.some((file) => file.includes('entities/Permit.json'))).toBe(true);
    expect(files.filter((file) => file.endsWith('domain.layout.json'))).toEqual([]);
    git('add', '--all');
    git('commit', '--quiet', '--no-verify', '-m', 'Rename the passport');
  });

  await test.step('an edit reaches a signed-in device without a publish', async () => {
    await open(page, 'Field.Sites');
    await runsWhatIsEdited(field);
    await phone.tab('Sites');
    const title = pageTitle(page);
    await title.fill('All my sites');
    const start = Date.now();
    await expect(phone.top.locator('h1').first()).toHaveText('All my sites', { timeout: 30_000 });
    test.info().annotations.push({ type: 'edit to device, ms', description: String(Date.now() - start) });
  });

  await test.step('an error holds the preview, says which, and undo lets it go on', async () => {
    const held = page.getByRole('button', { name: /keeps the last good version/ });
    await page.getByRole('textbox', { name: 'Filter documents' }).fill('Phone');
    await page.getByRole('treeitem', { name: 'Phone', exact: true }).click();
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete anyway' }).click();
    await expect(held).toBeVisible({ timeout: 30_000 });
    await expect(phone.top.locator('h1').first()).toHaveText('All my sites');
    await page.keyboard.press('Control+Alt+z');
    await expect(held).toHaveCount(0, { timeout: 30_000 });
    await page.getByRole('textbox', { name: 'Filter documents' }).fill('');
  });

  await test.step('a publish is reviewed; the device takes it and keeps its unsent work', async () => {
    await runsWhatIsEdited(field);
    await phone.tab('Today');
    await phone.setOnline(false);
    await phone.rows('No. 1001').first().click();
    await phone.button('15 min').click();
    await phone.expectUnsent(1);
    await run(page, 'Publish');
    const dialog = page.getByRole('dialog', { name: /^Publish/ });
    await expect(dialog.getByText('Against 1.0.0')).toBeVisible({ timeout: 30_000 });
    await expect(dialog.getByRole('button', { name: 'Field.Permit' })).toBeVisible();
    await expect(dialog.getByText('All my sites').first()).toBeVisible();
    await dialog.getByRole('button', { name: 'Publish 1.0.1' }).click();
    await expect(page.getByText('Published 1.0.1')).toBeVisible({ timeout: 60_000 });
    expect(JSON.parse(readFileSync(join(project(), 'skerry.json'), 'utf8'))).toMatchObject({ version: '1.0.1' });
    await phone.setOnline(true);
    await phone.expectUnsent(0);
    await expect(field.getByRole('article', { name: 'Phone A' }).getByText('v1.0.1', { exact: true })).toBeVisible({
      timeout: 60_000,
    });
  });

  await test.step('what was typed when the studio was killed is there again', async () => {
    const title = pageTitle(page);
    await open(page, 'Field.Sites');
    await title.fill('Typed before the crash');
    await expect(unsaved(page)).toBeVisible();
    await server.kill();
    await expect(page.getByText('Connection lost. Trying again…')).toBeVisible({ timeout: 15_000 });
    server = await startPreview({ state: server.state });
    await expect(page.getByText('Connected', { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.reload();
    await expect(page.getByRole('treeitem', { name: 'Field', exact: true })).toBeVisible({ timeout: 30_000 });
    await open(page, 'Field.Sites');
    await expect(pageTitle(page)).toHaveValue('Typed before the crash');
    await expect(unsaved(page)).toBeVisible();
  });
});
