import type { Diagnostic, Severity } from '@skerry/shared/base/diagnostic';

export interface ProblemFilter {
  /** Severities that show. */
  readonly severities: ReadonlySet<Severity>;
  /** Words that message, code or path must hold, all of them; '' lets all through. */
  readonly text: string;
  /** Only this document's. */
  readonly document?: string | undefined;
}

export interface ProblemGroup {
  /** '' for problems of the project as a whole. */
  readonly document: string;
  readonly problems: readonly Diagnostic[];
}

export interface ProblemCounts {
  readonly error: number;
  readonly warning: number;
  readonly information: number;
}

const WEIGHT: { readonly [S in Severity]: number } = { error: 0, warning: 1, information: 2 };

/** Groups that have something to show, those with errors first, then by path; the worst first in each. */
export function groupProblems(
  byDocument: ReadonlyMap<string, readonly Diagnostic[]>,
  filter: ProblemFilter,
): readonly ProblemGroup[] {
  const terms = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const groups: ProblemGroup[] = [];
  for (const [document, found] of byDocument) {
    if (filter.document !== undefined && document !== filter.document) continue;
    const problems = found
      .filter((problem) => filter.severities.has(problem.severity) && matches(problem, document, terms))
      .sort((one, other) => WEIGHT[one.severity] - WEIGHT[other.severity]);
    if (problems.length > 0) groups.push({ document, problems });
  }
  const worst = ({ problems }: ProblemGroup) => WEIGHT[problems[0]?.severity ?? 'information'];
  return groups.sort((one, other) => worst(one) - worst(other) || (one.document < other.document ? -1 : 1));
}

function matches({ code, message }: Diagnostic, document: string, terms: readonly string[]): boolean {
  const text = `${code} ${message} ${document}`.toLowerCase();
  return terms.every((term) => text.includes(term));
}

export function countProblems(byDocument: ReadonlyMap<string, readonly Diagnostic[]>): ProblemCounts {
  const counts = { error: 0, warning: 0, information: 0 };
  for (const found of byDocument.values()) for (const { severity } of found) counts[severity] += 1;
  return counts;
}

/** The worst of some problems; undefined when there are none. */
export function worstSeverity(problems: readonly Diagnostic[]): Severity | undefined {
  return problems.reduce<Severity | undefined>(
    (worst, { severity }) => (worst === undefined || WEIGHT[severity] < WEIGHT[worst] ? severity : worst),
    undefined,
  );
}

/** The problem after (or before) one, round the end; the first when the one is not in the list. */
export function neighbourProblem(
  groups: readonly ProblemGroup[],
  current: Diagnostic | undefined,
  step: 1 | -1,
): Diagnostic | undefined {
  const all = groups.flatMap((group) => group.problems);
  const at = current === undefined ? -1 : all.indexOf(current);
  if (at === -1) return step === 1 ? all[0] : all.at(-1);
  return all[(at + step + all.length) % all.length];
}
