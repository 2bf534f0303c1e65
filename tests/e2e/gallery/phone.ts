import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import type { DeviceCall } from '../../support/fake-device.ts';

/** A person with the gallery's phone in hand. */
export class GalleryPhone {
  readonly page: Page;
  private readonly address: string;

  constructor(page: Page, address: string) {
    this.page = page;
    this.address = address;
  }

  /** @param query `?phase=`, `?online=0`, `?pending=2`, `?inbox=1`, `?notices=1`, `?update=2.0.0`, `?locale=de`, `?app=widgets` */
  async open(query = ''): Promise<void> {
    await this.page.goto(this.address + query);
    await expect(this.page.locator('main').first()).toBeVisible();
  }

  /** The page on top. */
  get top(): Locator {
    return this.page.locator('.page:not([hidden])');
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog');
  }

  rows(): Locator {
    return this.top.locator('.row-body');
  }

  async tab(caption: string): Promise<void> {
    await this.page.locator('.navigation').getByRole('button', { name: caption }).click();
  }

  async more(caption: string, group = 'More'): Promise<void> {
    await this.tab(group);
    await this.dialog.getByRole('button', { name: caption }).click();
  }

  async heading(title: string): Promise<void> {
    await expect(this.top.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  /** A finger that goes down at the page's top and then along these points, and stays there. */
  async touch(...points: readonly (readonly [number, number])[]): Promise<{ lift(): Promise<void> }> {
    const session = await this.page.context().newCDPSession(this.page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: readonly (readonly [number, number])[]) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: at.map(([x, y]) => ({ x, y })) });
    const [first, ...others] = points;
    if (first) await send('touchStart', [first]);
    for (const point of others) await send('touchMove', [point]);
    return {
      async lift() {
        await send('touchEnd', []);
        await session.detach();
      },
    };
  }

  /** What the device was asked to do, of one method. */
  async calls(method: DeviceCall['method']): Promise<readonly (readonly unknown[])[]> {
    return this.page.evaluate(
      (wanted) =>
        (window as unknown as { device: { calls: DeviceCall[] } }).device.calls
          .filter((call) => call.method === wanted)
          .map(({ args }) => [...args]),
      method,
    );
  }

  /** Nothing that axe finds, nothing wider than the screen, no control too small for a thumb. Goes on after a finding. */
  async looksSound(axe: 'everything' | 'contrast' | 'nothing'): Promise<void> {
    await this.page.evaluate(() =>
      Promise.all(
        document
          .getAnimations()
          .filter((each) => each.effect?.getComputedTiming().iterations === 1)
          .map((each) => each.finished.catch(() => null)),
      ),
    );
    await expect(this.page.locator('.page:not([hidden]) .skeleton')).toHaveCount(0);
    if (axe !== 'nothing') {
      const builder = new AxeBuilder({ page: this.page });
      const run = axe === 'contrast' ? builder.withRules(['color-contrast']) : builder.withTags(AXE_TAGS);
      const { violations } = await run.analyze();
      const places = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      expect.soft(places).toEqual([]);
    }
    expect.soft(await this.page.evaluate(smallTargets)).toEqual([]);
    expect
      .soft(await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth))
      .toBeLessThanOrEqual(0);
  }
}

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Controls on screen lower than 44 px, with what a finger hits around them counted in. */
function smallTargets(): string[] {
  const open = document.querySelector('dialog[open]') ?? document;
  const controls = [
    ...open.querySelectorAll<HTMLElement>('button, [role="button"], [role="tab"], a[href], summary, select'),
  ];
  return controls
    .filter((control) => {
      const box = control.getBoundingClientRect();
      const around = control.closest('.search') ?? control;
      const hit = Math.max(box.height, around.getBoundingClientRect().height) + (control.matches('.pill') ? 8 : 0);
      return box.width > 0 && box.height > 0 && hit < 44 && !control.closest('.page[hidden]');
    })
    .map((control) => `${control.className}: ${control.textContent}`);
}
