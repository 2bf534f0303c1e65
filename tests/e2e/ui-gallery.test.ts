import { expect, type TestInfo, test } from '@playwright/test';
import { widget } from '@skerry/shared/metamodel/widget';
import { sampleGallery } from '../support/gallery-bundle.ts';
import { type GalleryServer, serveGallery } from '../support/gallery-server.ts';
import { idOf } from '../support/model-builder.ts';
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
    name: 'notice',
    go: async (phone) => {
      await phone.open('?notices=1');
      await expect(phone.top.getByText('Your change to Resolved was replaced: someone saved first.')).toBeVisible();
    },
  },
  {
    name: 'notices',
    go: async (phone) => {
      await phone.open('?notices=2&update=2.0.0');
      await phone.top.getByRole('button', { name: 'Details' }).click();
    },
  },
  {
    name: 'update-waits',
    go: async (phone) => {
      await phone.open('?update=2.0.0');
      await phone.page.locator('.pill').click();
      await expect(phone.dialog.getByText('Version 2.0.0 is ready')).toBeVisible();
    },
  },
  {
    name: 'leaving',
    go: async (phone) => {
      await phone.open();
      await phone.tab('Findings');
      await first(phone);
      await phone.top.getByLabel('Estimated cost').fill('12');
      await phone.top.getByRole('button', { name: 'Back' }).click();
      await expect(phone.dialog.getByRole('heading', { name: 'Leave without saving?' })).toBeVisible();
    },
  },
  {
    name: 'toast-over-sheet',
    go: async (phone) => {
      await phone.open('?online=0');
      await phone.page.locator('.pill').click();
      await phone.dialog.getByRole('button', { name: 'Sync now' }).click();
      await expect(phone.dialog.getByText('The service cannot be reached.')).toBeVisible();
    },
  },
  {
    name: 'marked-row',
    go: async (phone) => {
      await phone.open('?inbox=2');
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

test('the page with one of each leaves out no kind of widget', () => {
  const all = widget.def.options.map((option) => String(option.def.shape.kind.def.values[0]));
  expect(all.filter((kind) => !kindsShown().has(kind))).toEqual([]);
});

test('every kind of input hands its value to the device', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open('?app=widgets');
  const field = (label: string) => phone.top.getByLabel(label, { exact: true });
  await field('Name *').fill('Crane');
  await field('Notes').fill('Two\nlines');
  await field('Ready').uncheck();
  await phone.top.getByText('Green', { exact: true }).first().click();
  await field('Weight').fill('12,75');
  await field('Count').fill('7');
  await field('Code').fill('4711');
  await field('Due').fill('2026-12-24');
  await field('Due').blur();
  await field('Colour again').selectOption('Blue');

  await phone.top.getByRole('button', { name: 'Main part: Choose' }).click();
  await phone.dialog.getByRole('searchbox').fill('cab');
  await phone.dialog.getByRole('button', { name: 'Cable' }).click();
  await expect(phone.top.getByRole('button', { name: 'Main part: Cable' })).toBeFocused();

  await phone.top.getByRole('button', { name: 'Spares: Choose' }).click();
  await phone.dialog.getByRole('button', { name: 'Axle' }).click();
  await expect(phone.dialog.getByRole('button', { name: 'Axle' })).toHaveAttribute('aria-pressed', 'true');
  await phone.dialog.getByRole('button', { name: 'Damper' }).click();
  await phone.dialog.getByRole('button', { name: 'OK' }).click();
  await expect(phone.top.getByRole('button', { name: 'Spares: Axle, Damper' })).toBeVisible();

  await expect
    .poll(async () => Object.assign({}, ...(await phone.calls('change')).map(([, values]) => values)))
    .toMatchObject({
      Name: 'Crane',
      Notes: 'Two\nlines',
      Ready: false,
      Colour: idOf('Show.Colour.Blue'),
      Weight: '12.75',
      Count: 7,
      Code: '4711',
      Due: Date.UTC(2026, 11, 24, 8, 30),
      'Show.Thing_Part': expect.stringMatching(/102$/),
      'Show.Thing_Spares': [expect.stringMatching(/100$/), expect.stringMatching(/103$/)],
    });
});

test('photos, papers and signatures reach the device as files', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open('?app=widgets');
  const png = Buffer.from(await page.screenshot());
  await phone.top.getByLabel('imageUpload').setInputFiles({ name: 'roof.png', mimeType: 'image/png', buffer: png });
  await expect(phone.top.getByRole('img', { name: 'roof.png' })).toBeVisible();
  await phone.top
    .getByLabel('Paper')
    .setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('x') });
  await expect(phone.top.getByRole('link', { name: 'plan.txt' })).toBeVisible();
  const canvas = phone.top.getByRole('img', { name: 'Sign here' });
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('The place to sign has no size.');
  await page.mouse.move(box.x + 20, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect
    .poll(async () => (await phone.calls('setFile')).map(([, name, type]) => [name, type]))
    .toEqual([
      ['roof.png', 'image/png'],
      ['plan.txt', 'text/plain'],
      ['signature.png', 'image/png'],
    ]);
});

test('going back closes one page at a time and keeps what the one below held', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open();
  await phone.tab('Inspections');
  await phone.top.getByRole('searchbox').fill('pump');
  await first(phone);
  await phone.heading('Inspection');
  await phone.top.getByRole('tab', { name: 'Checklist' }).click();
  await page.goBack();
  await phone.heading('Inspections');
  await expect(phone.top.getByRole('searchbox')).toHaveValue('pump');
  await first(phone);
  await phone.top.getByRole('button', { name: 'Back' }).click();
  await phone.heading('Inspections');
});

test('by keyboard alone: a row opens with Enter, a sheet holds the focus, Escape gives it back', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open('?pending=1');
  await phone.tab('Inspections');
  await phone.rows().first().focus();
  await page.keyboard.press('Enter');
  await phone.heading('Inspection');
  await expect(phone.top.getByRole('heading', { level: 1 })).toBeFocused();
  const pill = phone.top.locator('.pill');
  await page.keyboard.press('Tab');
  await expect(pill).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(phone.dialog).toBeVisible();
  for (let pressed = 0; pressed < 8; pressed++) {
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () => document.activeElement === document.body || !!document.activeElement?.closest('dialog'),
      ),
    ).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expect(phone.dialog).toHaveCount(0);
  await expect(pill).toBeFocused();
});

test('a number that cannot be read is neither lost nor saved over', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open();
  await phone.tab('Findings');
  await first(phone);
  const cost = phone.top.getByLabel('Estimated cost');
  await cost.fill('12x');
  await phone.top.getByRole('button', { name: 'Save' }).click();
  await expect(phone.page.locator('.toast')).toContainText('This is not a number.');
  await expect(cost).toBeFocused();
  await expect(cost).toHaveValue('12x');
  expect(await phone.calls('commit')).toEqual([]);
  await cost.fill('12,5');
  await phone.top.getByRole('button', { name: 'Save' }).click();
  await phone.heading('Findings');
  await expect(phone.top.getByText('Not sent yet').first()).toBeVisible();
});

test('what is required and missing is said beside its field', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open();
  await phone.more('Feedback');
  await phone.top.getByRole('button', { name: 'Send' }).click();
  await expect(phone.top.locator('.field-error')).toHaveCount(1);
  await expect(phone.top.getByLabel('Your words *')).toHaveAttribute('aria-invalid', 'true');
});

test('inbox entries are applied again or discarded after a question', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open('?inbox=2');
  await phone.more('Sync & inbox');
  await phone.top.getByRole('button', { name: 'Discard mine' }).first().click();
  await phone.dialog.getByRole('button', { name: 'Discard mine' }).click();
  await expect(phone.top.locator('.inbox-card')).toHaveCount(1);
  await phone.top.getByRole('button', { name: 'Apply again' }).click();
  await expect(phone.top.getByText('Nothing needs your attention.')).toBeVisible();
  expect(await phone.calls('retry')).toHaveLength(1);
});

test('signing out with unsent work asks what to do with it', async ({ page }) => {
  const phone = new GalleryPhone(page, server.address);
  await phone.open('?pending=2');
  await phone.more('Sign out');
  await expect(phone.dialog.getByRole('heading', { name: 'There is unsent work' })).toBeVisible();
  await phone.dialog.getByRole('button', { name: 'Discard and sign out' }).click();
  await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
  expect(await phone.calls('signOut')).toEqual([[undefined], [{ discard: true }]]);
});
