import { describe, expect, it } from 'vitest';
import { countLines, type FileSize, sizeProblems, sizeReport } from './file-sizes.ts';
import { largeFiles } from './large-files.ts';
import { listFiles, readSource } from './source-files.ts';

const isSource = (path: string) => /\.(ts|tsx|mjs|css)$/.test(path) && !path.startsWith('fixtures/');

describe('file sizes', () => {
  it('stay small, or say why not', () => {
    const sizes = listFiles()
      .filter(isSource)
      .map((path) => ({ path, lines: countLines(readSource(path)) }));
    const product = sizes.filter(({ path }) => !path.startsWith('tests/'));
    const tests = sizes.filter(({ path }) => path.startsWith('tests/'));
    console.log(`Sources: ${sizeReport(product)}\nTests: ${sizeReport(tests)}`);
    expect(sizeProblems(sizes, largeFiles)).toEqual([]);
  });

  const sizes: FileSize[] = [
    { path: 'a.ts', lines: 10 },
    { path: 'b.ts', lines: 301 },
    { path: 'c.ts', lines: 501 },
    { path: 'd.ts', lines: 502 },
  ];

  it('are a problem over 500 lines without a reason, and so is a reason without such a file', () => {
    expect(sizeProblems(sizes, { 'd.ts': 'a table', 'b.ts': 'was larger once' })).toEqual([
      'c.ts has 501 lines and no reason',
      'b.ts is not large any more',
    ]);
  });

  it('are reported with the longest first', () => {
    expect(sizeReport(sizes)).toBe(
      '4 files, 1314 lines: median 501, p90 502, 3 over 300, 2 over 500\n    502  d.ts\n    501  c.ts\n    301  b.ts',
    );
  });

  it('count lines, not line ends', () => {
    expect(['', 'a', 'a\n', 'a\nb\n'].map(countLines)).toEqual([0, 1, 1, 2]);
  });
});
