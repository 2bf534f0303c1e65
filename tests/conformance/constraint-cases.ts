import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { checkSort, type ResolvedSort, type SortPath } from '@skerry/shared/constraint/sort';
import { readFixture, type Surroundings, variableTypes, view } from './fixture.ts';

export interface ConstraintCase extends Surroundings {
  readonly rule: string;
  readonly text: string;
  /** Absent: L.Person. */
  readonly entity?: string;
  readonly sort?: readonly SortPath[];
  readonly limit?: number;
  readonly offset?: number;
  /** Keys of the objects kept; in order where there is a sort. */
  readonly expected?: readonly string[];
  /** `at` is the text underlined. */
  readonly diagnostics?: readonly { readonly code: string; readonly at: string }[];
}

export const constraintCases = readFixture<{ cases: ConstraintCase[] }>('constraint.json').cases;
export const runnableCases = constraintCases.filter((one) => one.expected !== undefined);

export interface Resolved {
  readonly diagnostics: readonly Diagnostic[];
  readonly constraint: ResolvedConstraint | null;
  readonly sort: readonly ResolvedSort[];
}

export function resolveCase(one: ConstraintCase): Resolved {
  const context = { view, entity: one.entity ?? 'L.Person', variables: variableTypes(one) };
  const { diagnostics, resolved } = resolveConstraint(one.text, context);
  const sort = checkSort(one.sort ?? [], context);
  return { diagnostics: [...diagnostics, ...sort.diagnostics], constraint: resolved, sort: sort.resolved };
}

export function titleOf(one: ConstraintCase): string {
  const parts = [
    one.text || 'no constraint',
    one.entity,
    one.sort?.map(({ path, descending }) => `${descending ? '-' : ''}${path}`).join(', '),
  ];
  const around = [one.session, one.variables].map((part) => (part ? JSON.stringify(part) : undefined));
  return `[${one.rule}] ${[...parts, ...around].filter(Boolean).join(' · ')}`;
}

/** The case's objects as its expectation lists them. */
export function inOrder(one: ConstraintCase, keys: readonly string[]): readonly string[] {
  return one.sort ? keys : keys.toSorted();
}
