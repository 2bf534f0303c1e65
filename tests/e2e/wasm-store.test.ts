import { expect, type Page, test } from '@playwright/test';
import { storeCases } from '../contracts/object-store.cases.ts';
import { type GalleryServer, serveBuilt } from '../support/gallery-server.ts';
import type { StoreAnswer, StoreQuestion } from './wasm-store/store-worker.ts';

/** The store's contract on SQLite in WebAssembly over the origin's private files, in a real browser's worker. */
let server: GalleryServer;
test.beforeAll(async () => {
  server = await serveBuilt(new URL('./wasm-store', import.meta.url).pathname, new Map());
});
test.afterAll(() => server.close());

async function openPage(page: Page): Promise<void> {
  await page.goto(server.address);
  await page.waitForFunction(() => 'ask' in window);
}

async function ask(page: Page, question: StoreQuestion): Promise<unknown> {
  const answer = await page.evaluate(
    (asked) => (window as unknown as { ask(question: unknown): Promise<StoreAnswer> }).ask(asked),
    question,
  );
  if (!answer.ok) throw new Error(answer.message);
  return answer.value;
}

for (const { name } of storeCases) {
  test(`the store on SQLite in Chromium: ${name}`, async ({ page }) => {
    await openPage(page);
    const { found, wanted } = (await ask(page, { kind: 'case', title: name })) as { found: unknown; wanted: unknown };
    expect(found).toEqual(wanted);
  });
}

test('rows outlive the page that wrote them', async ({ page, context }) => {
  await openPage(page);
  expect(await ask(page, { kind: 'put', text: 'kept' })).toEqual(['kept']);
  await page.close();
  const again = await context.newPage();
  await openPage(again);
  expect(await ask(again, { kind: 'texts' })).toEqual(['kept']);
});

test('a transaction that a closed page left open never happened', async ({ page, context }) => {
  await openPage(page);
  await ask(page, { kind: 'put', text: 'whole' });
  await ask(page, { kind: 'spoil' });
  await page.close();
  const again = await context.newPage();
  await openPage(again);
  expect(await ask(again, { kind: 'texts' })).toEqual(['whole']);
});

test('a store set aside stands under its new name only', async ({ page }) => {
  await openPage(page);
  await ask(page, { kind: 'put', text: 'kept' });
  expect(await ask(page, { kind: 'rename' })).toEqual({ kept: false, aside: true });
  expect(await ask(page, { kind: 'texts' })).toEqual([]);
});

interface Tab {
  readonly states: string[];
  takeOver(): void;
  phase(): Promise<string>;
}
const statesOf = (page: Page) => page.evaluate(() => (window as unknown as { tab: Tab }).tab.states);
const phaseOf = (page: Page) => page.evaluate(() => (window as unknown as { tab: Tab }).tab.phase());

test('one tab has the engine; another is told so and can take it over', async ({ page, context }) => {
  await page.goto(`${server.address}engine.html`);
  await expect.poll(() => statesOf(page)).toEqual(['starting', 'running']);
  // No service stands behind this page: the engine runs and waits for its first bundle.
  expect(await phaseOf(page)).toBe('loadingBundle');

  const second = await context.newPage();
  await second.goto(`${server.address}engine.html`);
  await expect.poll(() => statesOf(second)).toEqual(['starting', 'occupied']);

  await second.evaluate(() => (window as unknown as { tab: Tab }).tab.takeOver());
  await expect.poll(() => statesOf(second)).toEqual(['starting', 'occupied', 'starting', 'running']);
  expect(await phaseOf(second)).toBe('loadingBundle');
  // The first tab was told that its engine has moved, and can have it back.
  await expect.poll(() => statesOf(page)).toEqual(['starting', 'running', 'occupied']);
  await page.evaluate(() => (window as unknown as { tab: Tab }).tab.takeOver());
  await expect.poll(() => statesOf(page)).toEqual(['starting', 'running', 'occupied', 'starting', 'running']);
  await expect.poll(() => statesOf(second)).toEqual(['starting', 'occupied', 'starting', 'running', 'occupied']);
});

test('a tab that closes leaves the engine to the next one', async ({ page, context }) => {
  await page.goto(`${server.address}engine.html`);
  await expect.poll(() => statesOf(page)).toEqual(['starting', 'running']);
  await page.close();
  const next = await context.newPage();
  await next.goto(`${server.address}engine.html`);
  await expect.poll(() => statesOf(next)).toEqual(['starting', 'running']);
});
