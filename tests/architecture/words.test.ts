import { describe, expect, it } from 'vitest';
import { listFiles, readSource } from './source-files.ts';

const isText = (path: string) => /\.(ts|tsx|mjs|js|json|md|css|html|csv|yml|yaml|sh|svg)$|^\.|\/run$/.test(path);

/** Spelt in parts, so that this file does not say them itself. */
const forbidden: [what: string, pattern: RegExp][] = [
  ['a path of the machine it was written on', new RegExp(`(?<![\\w.])/${'work'}/|/${'home'}/\\w|/${'root'}/`)],
  ['the host of a package registry', new RegExp(`registry\\.(${'npmjs'}|${'yarnpkg'})\\.|${'npm'}mirror\\.`)],
  ['a conflict marker', new RegExp(`^${'<'.repeat(7)} |^${'>'.repeat(7)} `, 'm')],
];

function complaints(path: string, text: string): string[] {
  return forbidden.filter(([, pattern]) => pattern.test(text)).map(([what]) => `${path} contains ${what}`);
}

describe('the repository', () => {
  it('speaks of itself only: no paths of a machine, no registry hosts, no conflict markers', () => {
    const files = listFiles().filter((path) => isText(path) && !path.startsWith('fixtures/conflicts/'));
    expect(files.flatMap((path) => complaints(path, readSource(path)))).toEqual([]);
  });

  it.each([
    ['a path', `cd /${'work'}/main`],
    ['a home', `/${'home'}/ann/skerry`],
    ['a registry', `"resolved": "https://registry.${'npmjs'}.org/x"`],
    ['a conflict', `a\n${'<'.repeat(7)} HEAD\nb`],
  ])('would be caught with %s', (_, text) => {
    expect(complaints('x', text)).toHaveLength(1);
  });

  it.each([['docs/homework/a.md'], ['the /workspace route'], ['../work/']])('may say %s', (text) => {
    expect(complaints('x', text)).toEqual([]);
  });
});
