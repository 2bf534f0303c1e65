import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../tests/support/chromium.ts';
import { root } from './process.ts';

/** A download that has brought nothing by then is a network that lets nothing through. */
const downloadLimitMs = 180_000;

type Step = { announcement: string; run: () => void };

/** Sees to it that tests have a Chromium. @throws when every way fails, saying what to do */
export function ensureChromium(steps: Step[] = ways(), find: () => string | undefined = findChromium): string {
  for (const { announcement, run } of steps) {
    const found = find();
    if (found !== undefined) return found;
    console.log(announcement);
    run();
  }
  const found = find();
  if (found !== undefined) return found;
  throw new Error('Tests need Chromium and none could be installed: install it and start again.');
}

function ways(): Step[] {
  const playwright = join(root, 'node_modules/@playwright/test/cli.js');
  const download = {
    announcement: 'No Chromium found: downloading the one of Playwright.',
    run: () => {
      spawnSync(process.execPath, [playwright, 'install', '--no-shell', 'chromium'], {
        stdio: ['ignore', 'inherit', 'inherit'],
        timeout: downloadLimitMs,
      });
    },
  };
  const debian = {
    announcement: 'Playwright could not download Chromium: installing the Debian package `chromium`.',
    run: () => {
      const apt = (...args: string[]) =>
        spawnSync('apt-get', ['-qq', ...args], {
          stdio: ['ignore', 'ignore', 'inherit'],
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        });
      apt('update');
      apt('install', '-y', '--no-install-recommends', 'chromium');
    },
  };
  const mayInstallPackages = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0;
  return mayInstallPackages ? [download, debian] : [download];
}
