import { expect, type TestInfo, test } from '@playwright/test';
import { sampleGallery } from '../support/gallery-bundle.ts';
import { type GalleryServer, serveGallery } from '../support/gallery-server.ts';
import { kindsShown, widgetGallery } from '../support/widget-gallery.ts';
import { GalleryPhone } from './gallery/phone.ts';

let server: GalleryServer;
test.beforeAll(async () => {
  server = await serveGallery(
    new Map([
      ['sample', await sampleGallery()],
      ['widgets', widgetGallery()],
    ]),
  );
});
test.afterAll(() => server.close());
test.use({ viewport: { width: 360, height: 740 }, locale: 'en-GB', timezoneId: 'Europe/Amsterdam' });

const errors: string[] = [];
test.beforeEach(({ page }) => {
  errors.length = 0;
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
});
test.afterEach(() => expect(errors).toEqual([]));

interface Screen {
  readonly name: string;
  go(phone: GalleryPhone): Promise<void>;
}

async function first(phone: GalleryPhone): Promise<void> {
  await phone.rows().first().click();
}

/** Each screen is reached from the one before it. */
const SCREENS: readonly Screen[] = [
  {
    name: 'home',
    go: async (phone) => {
      await phone.open();
      await expect(phone.top.getByText('Hello Anna')).toBeVisible();
    },
  },
  {
    name: 'inspections',
    go: async (phone) => {
      await phone.tab('Inspections');
      await expect(phone.rows().first()).toBeVisible();
    },
  },
  {
    name: 'inspections-searched',
    go: async (phone) => {
      await phone.top.getByRole('searchbox').fill('zzz');
      await expect(phone.top.getByText('Nothing matches “zzz”.')).toBeVisible();
    },
  },
  {
    name: 'inspection',
    go: async (phone) => {
      await phone.top.getByRole('button', { name: 'Clear' }).click();
      await first(phone);
      await phone.heading('Inspection');
    },
  },
  {
    name: 'inspection-end',
    go: (phone) => phone.top.getByRole('button', { name: 'Log the trip' }).scrollIntoViewIfNeeded(),
  },
  {
    name: 'checklist',
    go: async (phone) => {
      await phone.top.getByRole('tab', { name: 'Checklist' }).click();
      await expect(phone.rows().first()).toBeVisible();
    },
  },
  {
    name: 'answer',
    go: async (phone) => {
      await first(phone);
      await phone.heading('Answer');
    },
  },
  {
    name: 'findings',
    go: async (phone) => {
      await phone.tab('Findings');
      await expect(phone.rows().first()).toBeVisible();
    },
  },
  {
    name: 'finding',
    go: async (phone) => {
      await first(phone);
      await phone.heading('Finding');
    },
  },
  {
    name: 'finding-end',
    go: (phone) => phone.top.getByRole('button', { name: 'Delete finding' }).scrollIntoViewIfNeeded(),
  },
  { name: 'finding-delete', go: (phone) => phone.top.getByRole('button', { name: 'Delete finding' }).click() },
  {
    name: 'sites',
    go: async (phone) => {
      await phone.page.keyboard.press('Escape');
      await phone.tab('Sites');
      await expect(phone.rows().first()).toBeVisible();
    },
  },
  {
    name: 'site',
    go: async (phone) => {
      await first(phone);
      await phone.heading('Site');
    },
  },
  { name: 'more', go: (phone) => phone.tab('More') },
  {
    name: 'work-orders',
    go: async (phone) => {
      await phone.dialog.getByRole('button', { name: 'Work orders' }).click();
      await expect(phone.rows().first()).toBeVisible();
    },
  },
  {
    name: 'work-order',
    go: async (phone) => {
      await first(phone);
      await phone.heading('Work order');
    },
  },
  {
    name: 'trips',
    go: async (phone) => {
      await phone.more('Log book');
      await expect(phone.rows().first()).toBeVisible();
    },
  },
  {
    name: 'trip',
    go: async (phone) => {
      await first(phone);
      await phone.heading('Trip');
    },
  },
  { name: 'sync', go: (phone) => phone.more('Sync & inbox') },
  {
    name: 'profile',
    go: async (phone) => {
      await phone.more('Profile');
      await phone.heading('Profile');
    },
  },
  {
    name: 'feedback',
    go: async (phone) => {
      await phone.more('Feedback');
      await phone.heading('Feedback');
    },
  },
  {
    name: 'sync-sheet',
    go: async (phone) => {
      await phone.open('?pending=3');
      await phone.page.locator('.pill').click();
    },
  },
  {
    name: 'offline',
    go: async (phone) => {
      await phone.open('?online=0&pending=2');
      await expect(phone.page.getByText('Offline · 2')).toBeVisible();
    },
  },
  {
    name: 'attention',
    go: async (phone) => {
      await phone.open('?inbox=2');
      await expect(phone.page.getByText('2 to look at')).toBeVisible();
    },
  },
  {
    name: 'inbox',
    go: async (phone) => {
      await phone.more('Sync & inbox');
      await phone.top.getByRole('button', { name: 'Apply again' }).first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'marked-row',
    go: async (phone) => {
      await phone.more('Work orders');
      await expect(phone.top.getByText('Needs attention').first()).toBeVisible();
    },
  },
  {
    name: 'sign-in',
    go: async (phone) => {
      await phone.open('?phase=signedOut');
      await expect(phone.page.getByText('Inspector, region North')).toBeVisible();
    },
  },
  {
    name: 'first-sync',
    go: async (phone) => {
      await phone.open('?phase=firstSync');
      await expect(phone.page.getByText('Getting your data')).toBeVisible();
    },
  },
  {
    name: 'loading-bundle',
    go: async (phone) => {
      await phone.open('?phase=loadingBundle&online=0');
      await expect(phone.page.getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'broken',
    go: async (phone) => {
      await phone.open('?phase=broken');
      await expect(phone.page.getByText('This device cannot go on')).toBeVisible();
    },
  },
  {
    name: 'german',
    go: async (phone) => {
      await phone.open('?locale=de');
      await expect(phone.top.getByText('Hallo Anna')).toBeVisible();
    },
  },
  {
    name: 'widgets',
    go: async (phone) => {
      await phone.open('?app=widgets');
      await expect(phone.top.getByText('One of each')).toBeVisible();
    },
  },
];

/** What one room proves the others need not: structure is the same in the dark, contrast at any width. */
const ROOMS = [
  { name: '360 px, light', viewport: { width: 360, height: 740 }, colorScheme: 'light', axe: 'everything' },
  { name: '360 px, dark', viewport: { width: 360, height: 740 }, colorScheme: 'dark', axe: 'contrast' },
  { name: '1024 px, light', viewport: { width: 1024, height: 740 }, colorScheme: 'light', axe: 'nothing' },
] as const;

for (const { name: room, viewport, colorScheme, axe } of ROOMS) {
  test.describe(room, () => {
    test.use({ viewport, colorScheme });
    test.slow();
    test('every screen passes axe, fits, and has targets for thumbs', async ({ page }, info) => {
      const phone = new GalleryPhone(page, server.address);
      for (const { name, go } of SCREENS) {
        await test.step(name, async () => {
          await go(phone);
          await keepPicture(phone, info, name);
          await phone.looksSound(axe);
        });
      }
    });
  });
}

async function keepPicture({ page }: GalleryPhone, info: TestInfo, name: string): Promise<void> {
  await info.attach(name, { body: await page.screenshot({ animations: 'disabled' }), contentType: 'image/png' });
}

test('the page with one of each shows every kind of widget', () => {
  expect([...kindsShown()]).toEqual(expect.arrayContaining(['placeholder', 'opaque', 'custom', 'signature']));
});
