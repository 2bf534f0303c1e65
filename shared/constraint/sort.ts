import type { Diagnostic } from '../base/diagnostic.ts';
import type { ElementId } from '../base/ids.ts';
import type { Reference } from '../expression/reference.ts';
import { checkPath } from './check-path.ts';
import { type ConstraintContext, Findings } from './findings.ts';
import { parseConstraint } from './parse.ts';
import type { ComparisonType, ResolvedStep } from './resolved.ts';

/** One key of an order, by element id. Empties come first ascending, last descending. */
export interface ResolvedSort {
  /** Each reaches at most one object. */
  readonly steps: readonly ResolvedStep[];
  readonly member: ElementId;
  readonly type: ComparisonType;
  readonly descending: boolean;
  /** For enumerations: the values' ids in order. */
  readonly order?: readonly ElementId[];
}

/** A path to a member, as data sources and retrieves keep it. */
export interface SortPath {
  readonly path: string;
  readonly descending: boolean;
}

export interface CheckedSort {
  /** One for each path that can be sorted by. */
  readonly resolved: readonly ResolvedSort[];
  /** `path` of each is the index of the sort item. */
  readonly diagnostics: readonly Diagnostic[];
  readonly references: readonly (Reference & { readonly item: number })[];
}

/** Resolves what a list is ordered by. */
export function checkSort(sort: readonly SortPath[], context: ConstraintContext): CheckedSort {
  const resolved: ResolvedSort[] = [];
  const diagnostics: Diagnostic[] = [];
  const references: (Reference & { item: number })[] = [];
  for (const [item, { path, descending }] of sort.entries()) {
    const findings = new Findings(context);
    const key = checkKey(path, context, findings);
    if (key) resolved.push({ ...key, descending });
    diagnostics.push(...findings.diagnostics.map((diagnostic) => ({ ...diagnostic, path: [item] })));
    references.push(...findings.references.map((reference) => ({ ...reference, item })));
  }
  return { resolved, diagnostics, references };
}

function checkKey(
  path: string,
  context: ConstraintContext,
  findings: Findings,
): Omit<ResolvedSort, 'descending'> | null {
  const span = { start: 0, end: path.length };
  // A path of its own is no constraint; in brackets it parses as one, a character further on.
  const { tree, diagnostics } = parseConstraint(`[${path}]`);
  const condition = tree.brackets[0];
  const operand = condition?.kind === 'alone' ? condition.operand : null;
  if (diagnostics.length > 0 || tree.brackets.length !== 1 || operand?.kind !== 'path') {
    findings.error('not-a-path', `Objects are ordered by an attribute or a path to one, not by "${path}".`, span);
    return null;
  }
  const segments = operand.segments.map((segment) => ({
    ...segment,
    span: { start: segment.span.start - 1, end: segment.span.end - 1 },
  }));
  if (segments.some((segment) => segment.filters.length > 0)) {
    findings.error('not-a-path', 'A path to order by takes no conditions.', span);
    return null;
  }
  const judged = checkPath(segments, context.entity, findings, () => ({ kind: 'always', value: true }));
  if (judged.kind === 'broken') return null;
  if (judged.kind !== 'value' || judged.value.kind !== 'member') {
    findings.error('not-an-attribute', `"${path}" leads to objects. Order by one of their attributes.`, span);
    return null;
  }
  const { steps, member, type } = judged.value;
  if (steps.some((step) => !step.single)) {
    findings.error('sort-over-many', `"${path}" reaches several objects, so it gives no order.`, span);
    return null;
  }
  if (judged.type.kind !== 'Enumeration') return { steps, member, type };
  const order =
    context.view.model.find('enumeration', judged.type.enumeration)?.content.values.map((value) => value.id) ?? [];
  return { steps, member, type, order };
}
