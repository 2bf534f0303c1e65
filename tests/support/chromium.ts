/** The Chromium that tests drive: Playwright's own where it has been downloaded, else the machine's. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

const macPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The quiet flags keep the browser from talking to its maker's servers, which would make tests slow and recordings of
 * the network noisy. Root cannot have Chromium's sandbox; tests load nothing but our own pages.
 */
export const chromiumArgs: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export type ChromiumPlaces = { playwright: string; path: string; isExecutable: (path: string) => boolean };

/** Nothing when there is none; scripts/install-chromium.ts then knows what to do. */
export function findChromium(places: ChromiumPlaces = thisMachine()): string | undefined {
  const onPath = places.path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => systemNames.map((name) => join(folder, name)));
  return [places.playwright, ...onPath, ...macPlaces].find(places.isExecutable);
}

/** @throws when there is none; `npm test` and `npm run test:e2e` see to it that there is */
export function chromiumExecutable(): string {
  const found = findChromium();
  if (found === undefined) throw new Error('No Chromium found: run `npm run test:e2e`, which installs one.');
  return found;
}

function thisMachine(): ChromiumPlaces {
  return { playwright: chromium.executablePath(), path: process.env.PATH ?? '', isExecutable };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
