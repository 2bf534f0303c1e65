import { expect, type FrameLocator, type Locator, type Page } from '@playwright/test';

/** One device of the preview page, in a tester's words. */
export interface Phone {
  readonly app: FrameLocator;
  readonly title: string;
  signIn(name: string): Promise<void>;
  setOnline(online: boolean): Promise<void>;
  reload(): Promise<void>;
  /** Opens a page of the bar at the bottom. */
  tab(caption: string): Promise<void>;
  back(): Promise<void>;
  pill(): Locator;
  synchronize(): Promise<void>;
  /** The heading of the page on top. */
  heading(name: string): Locator;
}

export function phoneOf(page: Page, title: string): Phone {
  const article = page.getByRole('article', { name: title });
  const app = article.frameLocator('iframe');
  const pill = () => app.locator('section.page:not([hidden]) .pill').last();
  return {
    app,
    title,
    async signIn(name) {
      await app.getByRole('button', { name: new RegExp(`^${name[0]?.toUpperCase()}?\\s*${name}\\b`, 'i') }).first().click();
      await expect(app.getByRole('navigation')).toBeVisible({ timeout: 30_000 });
    },
    async setOnline(online) {
      const network = article.getByRole('switch');
      if ((await network.isChecked()) !== online) await article.locator('label.network').click();
      await expect(article.locator('label.network')).toContainText(online ? 'Online' : 'Offline');
    },
    async reload() {
      await article.getByRole('button', { name: `Reload ${title}` }).click();
      await expect(app.getByRole('navigation')).toBeVisible({ timeout: 30_000 });
    },
    async tab(caption) {
      await app.locator('nav.navigation').getByRole('button', { name: caption }).click();
      await expect(app.locator('section.page:not([hidden]) h1')).toHaveText(caption);
    },
    async back() {
      await app.locator('section.page:not([hidden])').getByRole('button', { name: /^(Back|Close)$/ }).first().click();
    },
    pill,
    async synchronize() {
      await pill().click();
      const sheet = app.getByRole('dialog', { name: 'Synchronisation' });
      await sheet.getByRole('button', { name: /Sync now|Syncing/ }).click();
      await expect(sheet.getByRole('button', { name: 'Sync now' })).toBeVisible({ timeout: 30_000 });
      await sheet.getByRole('button', { name: 'Close' }).click();
    },
    heading: (name) => app.locator('section.page:not([hidden])').getByRole('heading', { name }),
  };
}
