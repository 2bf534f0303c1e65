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
test.beforeEach(({ page }) => openPage(page));

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
    const { found, wanted } = (await ask(page, { kind: 'case', title: name })) as { found: unknown; wanted: unknown };
    expect(found).toEqual(wanted);
  });
}

test('rows outlive the page that wrote them', async ({ page, context }) => {
  expect(await ask(page, { kind: 'put', text: 'kept' })).toEqual(['kept']);
  await page.close();
  const again = await context.newPage();
  await openPage(again);
  expect(await ask(again, { kind: 'texts' })).toEqual(['kept']);
});

test('a transaction that a closed page left open never happened', async ({ page, context }) => {
  await ask(page, { kind: 'put', text: 'whole' });
  await ask(page, { kind: 'spoil' });
  await page.close();
  const again = await context.newPage();
  await openPage(again);
  expect(await ask(again, { kind: 'texts' })).toEqual(['whole']);
});

test('a store set aside stands under its new name only', async ({ page }) => {
  await ask(page, { kind: 'put', text: 'kept' });
  expect(await ask(page, { kind: 'rename' })).toEqual({ kept: false, aside: true });
  expect(await ask(page, { kind: 'texts' })).toEqual([]);
});
