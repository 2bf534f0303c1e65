import { describe, expect, it } from 'vitest';
import {
  countPlaywright,
  countVitest,
  type PlaywrightReport,
  problemsOf,
  summary,
  type Tally,
} from '../../scripts/tally.ts';

const tally = (some: Partial<Tally>): Tally => ({
  name: 'vitest',
  passed: 1,
  failed: 0,
  skipped: [],
  filesRun: [],
  ...some,
});

const result = (name: string, status: string, ...statuses: string[]) => ({
  name,
  status,
  assertionResults: statuses.map((one, index) => ({ status: one, fullName: `test ${index}` })),
});

describe('the sum of all tests', () => {
  it('counts what vitest reports', () => {
    const report = {
      testResults: [
        result('/c/tests/a.test.ts', 'failed', 'passed', 'failed', 'passed'),
        result('/c/tests/b.test.ts', 'passed', 'skipped', 'passed'),
      ],
    };
    expect(countVitest('/c', false, report)).toEqual(
      tally({ passed: 3, failed: 1, skipped: ['test 0'], filesRun: ['tests/a.test.ts', 'tests/b.test.ts'] }),
    );
  });

  it('counts a file that did not load, or whose hook threw, as a failure', () => {
    const report = {
      testResults: [result('/c/tests/a.test.ts', 'failed'), result('/c/tests/b.test.ts', 'failed', 'passed')],
    };
    expect(countVitest('/c', false, report)).toEqual(
      tally({ passed: 1, failed: 2, filesRun: ['tests/a.test.ts', 'tests/b.test.ts'] }),
    );
  });

  it('counts a runner that ends badly without a failed test, or without a report, as a failure', () => {
    const report = { testResults: [result('/c/tests/a.test.ts', 'passed', 'passed')] };
    expect([countVitest('/c', false, report).failed, countVitest('/c', false, undefined).failed]).toEqual([1, 1]);
  });

  it('counts what Playwright reports, flaky tests as failures', () => {
    const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
    const report: PlaywrightReport = {
      config: { rootDir: '/c/tests/e2e' },
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 1 },
      suites: [
        { file: 'day.test.ts', specs: [], suites: [{ file: 'day.test.ts', specs: [spec('later', 'skipped')] }] },
      ],
    };
    expect(countPlaywright('/c', false, report)).toEqual(
      tally({ name: 'e2e', passed: 4, failed: 2, skipped: ['later'], filesRun: ['tests/e2e/day.test.ts'] }),
    );
  });

  it('has a problem with test files of which nothing ran, and with runners that ran nothing', () => {
    const tallies = [tally({ filesRun: ['tests/a.test.ts'] }), tally({ name: 'e2e', passed: 0 })];
    expect(problemsOf(tallies, ['tests/a.test.ts', 'tests/b.test.ts'])).toEqual([
      'no test of tests/b.test.ts ran',
      'e2e ran no tests',
    ]);
  });

  it.each([
    ['all is well', [tally({ passed: 2 }), tally({ passed: 3 })], [], { line: '5 passed, 0 failed', ok: true }],
    ['a test failed', [tally({ passed: 2, failed: 1 })], [], { line: '2 passed, 1 failed', ok: false }],
    ['there is a problem beside', [tally({})], ['e2e ran no tests'], { line: '1 passed, 1 failed', ok: false }],
  ])('is one line when %s', (_, tallies, problems, expected) => {
    expect(summary(tallies, problems)).toEqual(expected);
  });
});
