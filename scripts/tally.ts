/**
 * Adds up what the runners report. Pure, and suspicious: a runner that ended badly without a failed test, and a test
 * file of which nothing ran, are failures too.
 */
import { relative, sep } from 'node:path';

export type Tally = {
  name: string;
  passed: number;
  failed: number;
  /** Titles of skipped tests: each must have said why. */
  skipped: string[];
  /** Test files of which at least one test ran or was skipped, relative to the checkout. */
  filesRun: string[];
};

/** The part of vitest's JSON report that is read here. */
export type VitestReport = {
  testResults: {
    name: string;
    status: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
};

/** The part of Playwright's JSON report that is read here. */
export type PlaywrightReport = {
  config: { rootDir: string };
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
};

type PlaywrightSuite = {
  file: string;
  suites?: PlaywrightSuite[];
  specs: { title: string; tests: { status: string }[] }[];
};

export function countVitest(root: string, ok: boolean, report: VitestReport | undefined): Tally {
  const tally: Tally = { name: 'vitest', passed: 0, failed: 0, skipped: [], filesRun: [] };
  for (const file of report?.testResults ?? []) {
    const tests = file.assertionResults;
    tally.passed += tests.filter((test) => test.status === 'passed').length;
    const failed = tests.filter((test) => test.status === 'failed').length;
    // A file that could not be loaded, or whose hook threw, fails without a failed test.
    tally.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    tally.skipped.push(...tests.filter(isSkipped).map((test) => test.fullName));
    // One that failed to load has told about itself already.
    if (tests.length > 0 || file.status === 'failed') tally.filesRun.push(relativePath(root, file.name));
  }
  return suspicious(ok, tally);
}

export function countPlaywright(root: string, ok: boolean, report: PlaywrightReport | undefined): Tally {
  const tally: Tally = { name: 'e2e', passed: 0, failed: 0, skipped: [], filesRun: [] };
  if (report !== undefined) {
    tally.passed = report.stats.expected;
    tally.failed = report.stats.unexpected + report.stats.flaky;
    for (const suite of report.suites) {
      const specs = specsOf(suite);
      if (specs.length > 0) tally.filesRun.push(relativePath(root, `${report.config.rootDir}/${suite.file}`));
      const skipped = specs.filter((spec) => spec.tests.every((test) => test.status === 'skipped'));
      tally.skipped.push(...skipped.map((spec) => spec.title));
    }
  }
  return suspicious(ok, tally);
}

/** What is wrong beside failed tests. @param testFiles every test file on disk, relative to the checkout */
export function problemsOf(tallies: Tally[], testFiles: string[]): string[] {
  const ran = new Set(tallies.flatMap((tally) => tally.filesRun));
  const silentFiles = testFiles.map((file) => file.split(sep).join('/')).filter((file) => !ran.has(file));
  const emptySuites = tallies.filter((tally) => tally.passed + tally.failed === 0);
  return [
    ...silentFiles.map((file) => `no test of ${file} ran`),
    ...emptySuites.map((tally) => `${tally.name} ran no tests`),
  ];
}

export function summary(tallies: Tally[], problems: string[]): { line: string; ok: boolean } {
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, problems.length);
  return { line: `${passed} passed, ${failed} failed`, ok: failed === 0 };
}

function suspicious(ok: boolean, tally: Tally): Tally {
  return !ok && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

function isSkipped(test: { status: string }): boolean {
  return test.status !== 'passed' && test.status !== 'failed';
}

function specsOf(suite: PlaywrightSuite): PlaywrightSuite['specs'] {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function relativePath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
