import type { Diagnostic, Severity } from '@skerry/shared/base/diagnostic';
import { createStore } from 'zustand';
import { problemsStore } from '../model/problems-store.ts';
import { projectStore } from '../model/project-store.ts';
import { activeStore } from '../workbench/active-document.ts';
import { documentOfFile } from '../workbench/document-info.ts';
import { openDocument } from '../workbench/open.ts';
import { showPanel } from '../workbench/views-store.ts';
import { groupProblems, neighbourProblem, type ProblemGroup } from './problem-list.ts';

export interface ProblemsView {
  readonly severities: ReadonlySet<Severity>;
  readonly text: string;
  readonly isThisDocumentOnly: boolean;
  /** The one that was jumped to last. */
  readonly current: Diagnostic | undefined;
}

/** How the Problems panel shows what problemsStore holds. */
export const problemsViewStore = createStore<ProblemsView>(() => ({
  severities: new Set<Severity>(['error', 'warning', 'information']),
  text: '',
  isThisDocumentOnly: false,
  current: undefined,
}));

/** The groups that pass the filter. */
export function shownGroups(): readonly ProblemGroup[] {
  const { severities, text, isThisDocumentOnly } = problemsViewStore.getState();
  const { document } = activeStore.getState();
  return groupProblems(problemsStore.getState().byDocument, {
    severities,
    text,
    document: isThisDocumentOnly ? document : undefined,
  });
}

/** Opens the document a problem is in, at its element. */
export function goToProblem(problem: Diagnostic): void {
  problemsViewStore.setState({ current: problem });
  const { project } = projectStore.getState();
  const document = problem.document && project ? documentOfFile(problem.document, project.model) : undefined;
  if (document === undefined) return;
  openDocument(document, document === problem.document ? { element: problem.element, path: problem.path } : {});
}

/** To the next or previous problem of those that show. */
export function stepProblem(step: 1 | -1): void {
  const next = neighbourProblem(shownGroups(), problemsViewStore.getState().current, step);
  showPanel('problems');
  if (next) goToProblem(next);
}
