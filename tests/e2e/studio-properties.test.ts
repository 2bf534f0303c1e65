import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import type { JsonObject } from '@skerry/shared/base/json';
import type { Entity } from '@skerry/shared/metamodel/entity';
import type { HeldForms } from './studio-forms/main.tsx';
import { type ServedForms, serveForms } from './studio-forms/serve.ts';

const ENTITY = 'modules/Field/entities/Inspection.json';
const STATUS = 'modules/Field/enumerations/InspectionStatus.json';
const TITLE = '43ecjmahbtayan7c';
const NOTES = 'm46zwhtx5pztnjg2';
const PLANNED = 'tky4u2fg7ibcqqzj';
const STARTED = 'jsuezvzdtrbxx6b7';
const ASSOCIATION = 'ncrkwammozxaecdn';
const RULE = 'r5zmjueiuk7gutrb';

let forms: ServedForms;
test.beforeAll(async () => {
  forms = await serveForms();
});
test.afterAll(() => forms.stop());
test.use({ viewport: { width: 1360, height: 900 } });
test.setTimeout(30_000);

const errors: string[] = [];
test.beforeEach(async ({ page }) => {
  errors.length = 0;
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(forms.newAddress());
  await expect(page.getByRole('region', { name: 'Properties' })).toBeVisible();
});
test.afterEach(() => expect(errors).toEqual([]));

/** The document that somebody has asked to see. */
function wished(page: Page): Promise<string | undefined> {
  return page.evaluate(() => (window as unknown as { forms: HeldForms }).forms.wished()?.document);
}

function choose(page: Page, document: string, elements: readonly string[] = []): Promise<unknown> {
  return page.evaluate(([path, ids]) => (window as unknown as { forms: HeldForms }).forms.select(path, ids), [
    document,
    elements,
  ] as const);
}

const panel = (page: Page) => page.getByRole('region', { name: 'Properties' });
const content = (document: string) => forms.host.context.session().content.get(document) as JsonObject;
const entity = () => content(ENTITY) as unknown as Entity;
const attribute = (id: string) => entity().attributes.find((one) => one.id === id);
const undo = () => forms.host.handlers['history/undo']({});
const redo = () => forms.host.handlers['history/redo']({});

test('typing into a property is one step, that undo takes back and redo brings again', async ({ page }) => {
  await choose(page, ENTITY, [TITLE]);
  const field = panel(page).getByRole('textbox', { name: 'Documentation' });
  await field.click();
  await field.pressSequentially('What it is about', { delay: 40 });
  await field.blur();
  await expect.poll(() => attribute(TITLE)?.documentation).toBe('What it is about');
  await undo();
  expect(attribute(TITLE)?.documentation).toBeUndefined();
  await expect(field).toHaveValue('');
  await redo();
  await expect(field).toHaveValue('What it is about');
  await undo();
});

test('Escape gives back what stood in the field', async ({ page }) => {
  await choose(page, ENTITY, [TITLE]);
  const field = panel(page).getByRole('textbox', { name: 'Documentation' });
  await field.fill('For a moment');
  await expect.poll(() => attribute(TITLE)?.documentation).toBe('For a moment');
  await field.press('Escape');
  await expect.poll(() => attribute(TITLE)?.documentation).toBeUndefined();
  await expect(field).toHaveValue('');
});

test('another type of an attribute keeps what fits and can be set back', async ({ page }) => {
  await choose(page, ENTITY, [NOTES]);
  await panel(page).getByLabel('Type', { exact: true }).click();
  await page.getByRole('option', { name: 'Decimal' }).click();
  await expect.poll(() => attribute(NOTES)?.type).toEqual({ kind: 'Decimal' });
  await undo();
  await expect(panel(page).getByText('Unlimited')).toBeVisible();
});

test('several attributes are set in one step', async ({ page }) => {
  await choose(page, ENTITY, [PLANNED, STARTED]);
  await expect(panel(page).getByText('2 elements')).toBeVisible();
  await panel(page).getByLabel('Conflict policy').click();
  await page.getByRole('option', { name: 'First one wins' }).click();
  await expect
    .poll(() => [attribute(PLANNED)?.conflictPolicy, attribute(STARTED)?.conflictPolicy])
    .toEqual(['firstWins', 'firstWins']);
  await undo();
  expect([attribute(PLANNED)?.conflictPolicy, attribute(STARTED)?.conflictPolicy]).toEqual([undefined, undefined]);
});

test('a value goes back to its default by its own button', async ({ page }) => {
  await choose(page, ENTITY, ['bou4cmpu7isaqweo']);
  await panel(page).getByRole('button', { name: 'Conflict policy: Back to the default' }).click();
  await expect.poll(() => attribute('bou4cmpu7isaqweo')?.conflictPolicy).toBeUndefined();
  await undo();
});

test('a rename shows what else changes, changes it, and is one step', async ({ page }) => {
  await choose(page, ENTITY, [TITLE]);
  const name = panel(page).getByLabel('Name', { exact: true });
  await name.fill('Headline');
  await name.press('Enter');
  await expect(panel(page).getByText(/places elsewhere speak of it/)).toBeVisible();
  expect(attribute(TITLE)?.name).toBe('Title');
  await panel(page).getByRole('button', { name: 'Rename' }).click();
  await expect.poll(() => attribute(TITLE)?.name).toBe('Headline');
  expect(entity().validationRules[0]).toMatchObject({ attribute: 'Headline' });
  await undo();
  expect(entity().validationRules[0]).toMatchObject({ attribute: 'Title' });
});

test('a name that is taken is refused in words, and stays until it is another', async ({ page }) => {
  await choose(page, ENTITY, [TITLE]);
  const name = panel(page).getByLabel('Name', { exact: true });
  await name.fill('status');
  await name.press('Enter');
  await expect(panel(page).getByRole('alert')).toContainText('already');
  await name.press('Escape');
  await expect(name).toHaveValue('Title');
});

test('a reference is chosen by typing a part of its name', async ({ page }) => {
  await choose(page, ENTITY, [ASSOCIATION]);
  const picker = panel(page).getByLabel('Points to', { exact: true });
  await picker.fill('Regi');
  await page.getByRole('option', { name: 'Field.Region' }).click();
  await expect.poll(() => entity().associations.find(({ id }) => id === ASSOCIATION)?.to).toBe('Field.Region');
  await undo();
  await expect(picker).toHaveValue('Field.Site');
  await panel(page).getByRole('button', { name: 'Go to Field.Site' }).click();
  await expect.poll(() => wished(page)).toBe('modules/Field/entities/Site.json');
});

test('a constraint is completed, judged while it is typed, and Escape restores it', async ({ page }) => {
  await choose(page, ENTITY, [RULE]);
  const before = entity().accessRules.find(({ id }) => id === RULE)?.constraint;
  await panel(page).getByRole('textbox', { name: 'Objects before the change' }).click();
  const editor = panel(page).locator('.monaco-editor').first();
  await expect(editor).toBeVisible();
  await page.keyboard.press('Control+End');
  await page.keyboard.type('[Sta');
  await expect(page.locator('.suggest-widget.visible')).toContainText('Status');
  await page.keyboard.press('Escape');
  await expect(panel(page).getByText(/no member "Sta"/)).toBeVisible();
  await expect.poll(() => entity().accessRules.find(({ id }) => id === RULE)?.constraint).toContain('[Sta');
  await page.keyboard.press('Escape');
  await expect.poll(() => entity().accessRules.find(({ id }) => id === RULE)?.constraint).toBe(before);
  await expect(panel(page).getByRole('textbox', { name: 'Objects before the change' })).toBeFocused();
});

test('F12 in a constraint leads to what stands under the cursor', async ({ page }) => {
  await choose(page, ENTITY, [RULE]);
  await panel(page).getByRole('textbox', { name: 'Objects before the change' }).click();
  await expect(panel(page).locator('.monaco-editor').first()).toBeVisible();
  await page.keyboard.press('Control+Home');
  for (let step = 0; step < 32; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F12');
  await expect.poll(() => wished(page)).toBe('modules/Field/entities/Site.json');
});

test('values of an enumeration are added, reordered by keyboard and deleted', async ({ page }) => {
  await page.evaluate((path) => (window as unknown as { forms: HeldForms }).forms.show('form', path), STATUS);
  const names = () => (content(STATUS).values as unknown as { name: string }[]).map(({ name }) => name);
  const table = page.getByRole('table', { name: 'Values' });
  await page.getByRole('button', { name: 'Add to Values' }).click();
  await expect.poll(names).toEqual(['Draft', 'Open', 'InProgress', 'Submitted', 'Closed', 'New']);
  await table.getByLabel('Name, New').press('Alt+ArrowUp');
  await expect.poll(names).toEqual(['Draft', 'Open', 'InProgress', 'Submitted', 'New', 'Closed']);
  await table.getByRole('button', { name: 'Delete New' }).click();
  await expect.poll(names).toEqual(['Draft', 'Open', 'InProgress', 'Submitted', 'Closed']);
  for (let step = 0; step < 3; step++) await undo();
});

test('a document is edited as its text, both ways', async ({ page }) => {
  await page.evaluate((path) => (window as unknown as { forms: HeldForms }).forms.show('text', path), STATUS);
  const editor = page.locator('.monaco-editor').first();
  await expect(editor).toContainText('InspectionStatus');
  await editor.locator('.view-line', { hasText: '"name": "InspectionStatus"' }).click();
  await page.keyboard.press('End');
  await page.keyboard.type('\n"documentation": "Where a visit stands.",');
  await expect.poll(() => content(STATUS).documentation).toBe('Where a visit stands.');
  await undo();
  await expect(editor).not.toContainText('Where a visit stands.');
});

test.describe('the entity dialog', () => {
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Entity Field.Inspection' });
  const open = async (page: Page, tab?: string) => {
    await page.evaluate((path) => (window as unknown as { forms: HeldForms }).forms.openEntityDialog(path), ENTITY);
    if (tab) await dialog(page).getByRole('tab', { name: tab }).click();
  };

  test('sets rights in the matrix with the keyboard', async ({ page }) => {
    await open(page, 'Access');
    const right = () => entity().accessRules[0]?.members.Score;
    const cell = dialog(page).getByRole('button', { name: /^Inspector, rule 1, Score:/ });
    await cell.focus();
    await page.keyboard.press('w');
    await expect.poll(right).toBe('readWrite');
    await expect(cell).toHaveAccessibleName('Inspector, rule 1, Score: read and write');
    await page.keyboard.press('ArrowDown');
    await expect(dialog(page).getByRole('button', { name: /^Inspector, rule 1, MinutesSpent:/ })).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Delete');
    await expect.poll(right).toBeUndefined();
    await undo();
    await undo();
    expect(right()).toBeUndefined();
  });

  test('says in words what a rule allows, and edits its constraint in place', async ({ page }) => {
    await open(page, 'Access');
    await dialog(page)
      .getByRole('button', { name: /Planner/ })
      .first()
      .click();
    const rule = dialog(page).getByRole('region', { name: 'Chosen rule' });
    await expect(rule).toContainText('May create and delete objects. Reads and writes everything. Of all objects.');
    await rule.getByRole('textbox', { name: 'Objects before the change' }).click();
    await expect(rule.locator('.monaco-editor').first()).toBeVisible();
    await page.keyboard.type('[Sta');
    const offered = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'Status' }).first();
    await offered.click();
    await page.keyboard.type(" = 'Open'");
    const planner = () => entity().accessRules.find(({ moduleRoles }) => moduleRoles.includes('Planner'));
    await expect.poll(() => planner()?.constraint).toBe("[Status = 'Open']");
    await expect(dialog(page)).toBeVisible();
    await undo();
  });

  test('changes the multiplicity of an association and says what it means', async ({ page }) => {
    await open(page, 'Associations');
    const card = dialog(page).getByRole('region', { name: 'Inspection_Site' });
    await expect(card).toContainText('Each Inspection has at most one Site');
    await card.getByLabel('Multiplicity').click();
    await page.getByRole('option', { name: /^Many to many/ }).click();
    await expect.poll(() => entity().associations[0]?.type).toBe('referenceSet');
    await expect(card).toContainText('the other way round');
    await undo();
  });

  test('explains each conflict policy and the risk of the last one winning', async ({ page }) => {
    await open(page, 'Conflict policy');
    const before = entity().conflictPolicy;
    await dialog(page)
      .getByRole('radio', { name: /^Last one wins/ })
      .click();
    await expect(dialog(page)).toContainText('may silently replace newer work');
    await expect.poll(() => entity().conflictPolicy).toEqual({ kind: 'lastWins' });
    await undo();
    expect(entity().conflictPolicy).toEqual(before);
  });
});

for (const theme of ['dark', 'light']) {
  test(`is free of axe's findings, ${theme}`, async ({ page }) => {
    // Judging seven screens takes its time where the processor is shared.
    test.setTimeout(120_000);
    await page.evaluate((name) => {
      document.documentElement.dataset.theme = name;
    }, theme);
    const check = async (where: string) => {
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      const found = violations.map(({ id, nodes }) => `${where}: ${id} ${nodes.map(({ html }) => html).slice(0, 2)}`);
      // The page of forms has no heading and no landmarks of its own.
      expect(found.filter((one) => !/page-has-heading-one|landmark|: region /.test(one))).toEqual([]);
    };
    await choose(page, ENTITY, [RULE]);
    await page.evaluate((path) => (window as unknown as { forms: HeldForms }).forms.show('form', path), STATUS);
    await expect(page.getByRole('table', { name: 'Values' })).toBeVisible();
    await check('access rule and enumeration');
    await choose(page, ENTITY);
    await page.evaluate(
      (path) => (window as unknown as { forms: HeldForms }).forms.show('form', path),
      'security.json',
    );
    await expect(page.getByText('Demo users').first()).toBeVisible();
    await check('entity and security');
    await page.evaluate((path) => (window as unknown as { forms: HeldForms }).forms.openEntityDialog(path), ENTITY);
    for (const tab of ['Attributes', 'Associations', 'Validation', 'Access', 'Conflict policy']) {
      await page.getByRole('tab', { name: tab }).click();
      await check(tab);
    }
  });
}

test('leaves the files untouched after everything has been undone', async () => {
  const { text } = await forms.host.handlers['document/text']({ document: ENTITY });
  expect(text).toBe(await readFile(join(forms.project, ENTITY), 'utf8'));
});
