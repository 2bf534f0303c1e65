import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** Starting an engine or a first synchronisation, on a machine that does much else. */
const LONG_MS = 60_000;

/** One device of the preview page, in a tester's words. */
export interface Phone {
  readonly app: FrameLocator;
  readonly title: string;
  /** The page on top. */
  readonly top: Locator;
  signIn(name: string): Promise<void>;
  signOut(): Promise<void>;
  setOnline(online: boolean): Promise<void>;
  reload(): Promise<void>;
  /** Opens a page of the bar at the bottom. */
  tab(caption: string): Promise<void>;
  /** Opens a page of the bar's last group. */
  more(caption: string): Promise<void>;
  back(): Promise<void>;
  button(name: string | RegExp): Locator;
  field(label: string): Locator;
  /** Rows of the lists on the page. */
  rows(text?: string | RegExp): Locator;
  pill(): Locator;
  /** Work that the device still has to send, as the preview page says it. */
  expectUnsent(count: number): Promise<void>;
  /** Asks for a synchronisation and leaves its sheet, which it gives, open. */
  startSync(): Promise<Locator>;
  synchronize(): Promise<void>;
  expectPage(title: string): Promise<void>;
}

export function phoneOf(page: Page, title: string): Phone {
  const article = page.getByRole('article', { name: title });
  const app = article.frameLocator('iframe');
  const top = app.locator('section.page:not([hidden])');
  const pill = () => top.locator('.pill');
  const expectPage = (name: string) => expect(top.locator('h1').first()).toHaveText(name);
  const startSync = async () => {
    await pill().click();
    const sheet = app.getByRole('dialog', { name: 'Synchronisation' });
    await sheet.getByRole('button', { name: /Sync now|Syncing/ }).click();
    return sheet;
  };
  return {
    app,
    title,
    top,
    async signIn(name) {
      const user = app
        .getByRole('region', { name: 'Demo users' })
        .getByRole('button', { name: new RegExp(`\\b${name}\\b`) });
      await user.click({ timeout: LONG_MS });
      await expect(app.getByRole('navigation')).toBeVisible({ timeout: LONG_MS });
    },
    async signOut() {
      await pill().click();
      await app.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
      await expect(app.getByRole('region', { name: 'Demo users' })).toBeVisible({ timeout: LONG_MS });
    },
    async setOnline(online) {
      const network = article.getByRole('switch');
      if ((await network.isChecked()) !== online) await article.locator('label.network').click();
      await expect(article.locator('label.network')).toContainText(online ? 'Online' : 'Offline');
    },
    async reload() {
      await article.getByRole('button', { name: `Reload ${title}` }).click();
      await expect(app.getByRole('navigation')).toBeVisible({ timeout: LONG_MS });
    },
    async tab(caption) {
      await app.locator('nav.navigation').getByRole('button', { name: caption }).click();
      await expectPage(caption);
    },
    async more(caption) {
      await app.locator('nav.navigation').getByRole('button', { name: 'More' }).click();
      await app.getByRole('dialog').getByRole('button', { name: caption }).click();
    },
    async back() {
      await top
        .getByRole('button', { name: /^(Back|Close)$/ })
        .first()
        .click();
    },
    button: (name) => top.getByRole('button', { name, exact: true }),
    field: (label) => top.locator('.field').filter({ hasText: label }).getByRole('textbox'),
    rows: (text) =>
      text === undefined ? top.locator('.rows > li') : top.locator('.rows > li').filter({ hasText: text }),
    pill,
    async expectUnsent(count) {
      const text = count === 0 ? 'all sent' : `${count} not sent`;
      await expect(article.locator('.facts')).toContainText(text, { timeout: LONG_MS });
    },
    startSync,
    async synchronize() {
      const sheet = await startSync();
      await expect(sheet.locator('button[aria-busy=true]')).toHaveCount(0, { timeout: LONG_MS });
      await sheet.getByRole('button', { name: 'Close' }).click();
    },
    expectPage,
  };
}

/** Waits until movements that end have ended and pictures are there, in the page and in its devices. */
export async function settled(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    await frame.evaluate(async () => {
      const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations === 1);
      await Promise.allSettled(ending.map((each) => each.finished));
      await Promise.allSettled([...document.images].map((image) => image.decode()));
    });
  }
}
