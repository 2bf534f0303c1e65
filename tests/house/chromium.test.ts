import { delimiter } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ensureChromium } from '../../scripts/install-chromium.ts';
import { findChromium } from '../support/chromium.ts';

const places = (...there: string[]) => ({
  playwright: '/cache/chrome',
  path: ['/usr/local/bin', '', '/usr/bin'].join(delimiter),
  isExecutable: (path: string) => there.includes(path),
});

describe('Chromium for tests', () => {
  it.each([
    ["Playwright's own first", places('/cache/chrome', '/usr/bin/chromium'), '/cache/chrome'],
    ['then one on the PATH', places('/usr/bin/google-chrome', '/usr/bin/chromium'), '/usr/bin/chromium'],
    ['none when there is none', places('/opt/chromium'), undefined],
  ])('is %s', (_, machine, expected) => {
    expect(findChromium(machine)).toBe(expected);
  });

  it('is not installed where there is one', () => {
    const run = vi.fn();
    expect(ensureChromium([{ announcement: 'downloading', run }], () => '/usr/bin/chromium')).toBe('/usr/bin/chromium');
    expect(run).not.toHaveBeenCalled();
  });

  it('is installed by the first way that works, each announced in one line', () => {
    let installed: string | undefined;
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const steps = [
      { announcement: 'downloading', run: () => {} },
      {
        announcement: 'asking Debian',
        run: () => {
          installed = '/usr/bin/chromium';
        },
      },
      { announcement: 'never needed', run: () => {} },
    ];
    expect(ensureChromium(steps, () => installed)).toBe('/usr/bin/chromium');
    expect(log.mock.calls).toEqual([['downloading'], ['asking Debian']]);
    log.mockRestore();
  });

  it('is asked for when every way fails', () => {
    expect(() => ensureChromium([], () => undefined)).toThrow('install it and start again');
  });
});
