import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { chromiumArgs, chromiumExecutable } from '../../support/chromium.ts';
import { type Measurement, median } from '../bench.ts';
import { percentile95 } from './keystrokes.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ADDRESS = /^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]+$/m;
const PAN_STEPS = 120;

export interface WindowOptions {
  readonly sample: string;
  /** A project with modules Small and Big, of 300 and 1,000 entities. */
  readonly diagrams: string;
  readonly folder: string;
}

export async function measureWindow({ sample, diagrams, folder }: WindowOptions): Promise<readonly Measurement[]> {
  const copy = join(folder, 'sample');
  await cp(sample, copy, { recursive: true });
  const browser = await chromium.launch({ executablePath: chromiumExecutable(), args: [...chromiumArgs] });
  try {
    const inSample = await withStudio(copy, join(folder, 'studio-1'), async (address) => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      return [...(await opening(page, address)), ...(await documents(page))];
    });
    const inDiagrams = await withStudio(diagrams, join(folder, 'studio-2'), async (address) => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(address);
      return [...(await panning(page, 'Small', 300)), ...(await panning(page, 'Big', 1000))];
    });
    return [...inSample, ...inDiagrams];
  } finally {
    await browser.close();
  }
}

const row = (what: string, value: number, unit: Measurement['unit'], note?: string): Measurement => ({
  bench: 'studio',
  what,
  value,
  unit,
  ...(note ? { note } : {}),
});

/** A first window, then the same one again with everything in the browser's cache. */
async function opening(page: Page, address: string): Promise<readonly Measurement[]> {
  const usable = async (go: () => Promise<unknown>) => {
    const start = performance.now();
    await go();
    await page.getByRole('treeitem').first().waitFor();
    return performance.now() - start;
  };
  const first = await usable(() => page.goto(address));
  const again = await usable(() => page.reload());
  return [
    row('sample: window to usable', first, 'ms', 'first'),
    row('sample: window to usable, again', again, 'ms', 'reload'),
  ];
}

async function documents(page: Page): Promise<readonly Measurement[]> {
  const open = async (name: string, seen: () => Promise<unknown>) => {
    const start = performance.now();
    await quickOpen(page, name);
    await seen();
    return performance.now() - start;
  };
  const node = page.locator('.react-flow__node').filter({ visible: true });
  // The first document of a kind also loads its editor.
  const first = await open('Field domain', () => node.first().waitFor());
  const times: number[] = [];
  for (const module of ['Work', 'Assets', 'Field', 'Work', 'Assets'])
    times.push(await open(`${module} domain`, () => node.first().waitFor()));
  return [
    row('sample: open a domain model', median(times), 'ms', 'median of 5, from the palette, its typing included'),
    row('sample: open a domain model, first', first, 'ms', 'loads the canvas'),
  ];
}

async function quickOpen(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+p');
  await page.keyboard.insertText(name);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
}

/** Frames while a diagram is dragged about: how long each takes, by the browser's own clock. */
async function panning(page: Page, module: string, entities: number): Promise<readonly Measurement[]> {
  await page.getByRole('treeitem').first().waitFor();
  await quickOpen(page, `${module} domain`);
  const pane = page.locator('.react-flow__pane').filter({ visible: true });
  await pane.waitFor();
  await page.locator('.react-flow__node').filter({ visible: true }).first().waitFor();
  const box = await pane.boundingBox();
  if (!box) throw new Error(`The diagram of ${module} does not show.`);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.evaluate(() => {
    const frames: number[] = [];
    Object.assign(window, { frames });
    let last = performance.now();
    const next = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await page.mouse.down({ button: 'middle' });
  for (let step = 1; step <= PAN_STEPS; step++) {
    const angle = (step / PAN_STEPS) * 4 * Math.PI;
    await page.mouse.move(x + Math.sin(angle) * 300, y + Math.cos(angle) * 200);
  }
  await page.mouse.up({ button: 'middle' });
  const frames = await page.evaluate(() => (window as unknown as { readonly frames: number[] }).frames.slice(2));
  return [
    row(
      `panning ${entities} entities: frames a second`,
      1000 / median(frames),
      'count',
      `median of ${frames.length} frames`,
    ),
    row(`panning ${entities} entities: slow frame`, percentile95(frames), 'ms', 'p95'),
  ];
}

/** The real studio on a project, in a process of its own. */
async function withStudio<T>(project: string, state: string, use: (address: string) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, ['studio/server/main.ts', '--data', state, '--project', project], {
    cwd: ROOT,
    env: { ...process.env, SKERRY_NO_OPEN: '1', SKERRY_HOME: join(state, 'home') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return await use(await addressOf(child));
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null) await once(child, 'exit');
  }
}

async function addressOf(child: ChildProcess): Promise<string> {
  let output = '';
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk);
    const found = ADDRESS.exec(output)?.[0];
    if (found) return found;
  }
  throw new Error(`The studio did not start:\n${output}`);
}
