import type { Diagnostic, Severity } from '@skerry/shared/base/diagnostic';
import { describe, expect, it } from 'vitest';
import {
  countProblems,
  groupProblems,
  neighbourProblem,
  worstSeverity,
} from '../../../../studio/renderer/panels/problem-list.ts';

const problem = (severity: Severity, message: string): Diagnostic => ({ code: 'area/problem', severity, message });
const [hint, warning, error, lone] = [
  problem('information', 'may be empty'),
  problem('warning', 'slow'),
  problem('error', 'missing'),
  problem('error', 'no home page'),
] as const;
const byDocument = new Map([
  ['a.json', [hint, warning]],
  ['b.json', [warning, error]],
  ['', [lone]],
]);
const all = new Set<Severity>(['error', 'warning', 'information']);

describe('the list of problems', () => {
  it('begins with documents that have errors, and each document with its errors', () => {
    expect(groupProblems(byDocument, { severities: all, text: '' })).toEqual([
      { document: '', problems: [lone] },
      { document: 'b.json', problems: [error, warning] },
      { document: 'a.json', problems: [warning, hint] },
    ]);
  });

  it('leaves out groups that a filter empties', () => {
    const filtered = (filter: object) =>
      groupProblems(byDocument, { severities: all, text: '', ...filter }).map(({ document }) => document);
    expect(filtered({ severities: new Set(['information']) })).toEqual(['a.json']);
    expect(filtered({ text: 'AREA/ missing' })).toEqual(['b.json']);
    expect(filtered({ text: 'slow a.json' })).toEqual(['a.json']);
    expect(filtered({ document: 'b.json' })).toEqual(['b.json']);
  });

  it('is walked in the order shown, round the end, from the first when the current one is gone', () => {
    const groups = groupProblems(byDocument, { severities: all, text: '' });
    expect(neighbourProblem(groups, undefined, 1)).toBe(lone);
    expect(neighbourProblem(groups, lone, 1)).toBe(error);
    expect(neighbourProblem(groups, lone, -1)).toBe(hint);
    expect(neighbourProblem(groups, hint, 1)).toBe(lone);
    expect(neighbourProblem(groups, problem('error', 'gone'), -1)).toBe(hint);
    expect(neighbourProblem([], undefined, 1)).toBeUndefined();
  });

  it('counts by severity and knows the worst', () => {
    expect(countProblems(byDocument)).toEqual({ error: 2, warning: 2, information: 1 });
    expect(worstSeverity([hint, warning])).toBe('warning');
    expect(worstSeverity([])).toBeUndefined();
  });
});
