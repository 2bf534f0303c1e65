import type { Diagnostic } from '../base/diagnostic.ts';
import { domainView } from '../metamodel/domain-view.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import { analyze, offlineProfiles } from '../scope/analyze.ts';
import { type Check, type CheckContext, contentId, type Problem, type Speed } from './check.ts';
import { CHECKS } from './registry.ts';

export interface RunOptions {
  /** Only checks of this speed; absent: all. */
  readonly speed?: Speed;
  /** Paths of the documents to look at; absent: all. */
  readonly documents?: ReadonlySet<string>;
  readonly checks?: readonly Check[];
}

/** Runs the checks over a model's own documents. A check that throws is reported and stops nothing. */
export function runChecks(model: Model, options: RunOptions = {}): readonly Diagnostic[] {
  const context: CheckContext = { model, view: domainView(model) };
  const checks = (options.checks ?? CHECKS).filter((one) => !options.speed || one.speed === options.speed);
  const diagnostics: Diagnostic[] = [];
  for (const document of model.documents.values()) {
    if (isSystemPath(document.path) || (options.documents && !options.documents.has(document.path))) continue;
    diagnostics.push(...checkDocument(document, context, checks));
  }
  return diagnostics;
}

/** Everything: the documents' checks and the analysis of each offline profile. */
export function validate(model: Model): readonly Diagnostic[] {
  return [...runChecks(model), ...offlineProfiles(model).flatMap((profile) => analyze(model, profile).diagnostics)];
}

/** What the checks find in one document. */
export function checkDocument(
  document: ModelDocument,
  context: CheckContext,
  checks: readonly Check[],
): readonly Diagnostic[] {
  return checks.flatMap((one) => (one.kinds.includes(document.kind) ? runCheck(one, document, context) : []));
}

function runCheck(one: Check, document: ModelDocument, context: CheckContext): readonly Diagnostic[] {
  try {
    return [...one.find(document, context)].map((problem) => diagnosticOf(one, document, problem));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [
      {
        code: 'validation/check-failed',
        severity: 'error',
        message: `The check ${one.rule.code} failed here (${reason}). This is a mistake of Skerry's; please report it.`,
        document: document.path,
      },
    ];
  }
}

function diagnosticOf(one: Check, document: ModelDocument, problem: Problem): Diagnostic {
  const element = problem.element ?? contentId(document.content);
  return {
    code: problem.code ?? one.rule.code,
    severity: problem.severity ?? one.rule.severity,
    message: problem.message,
    document: document.path,
    ...(element ? { element } : {}),
    ...(problem.path ? { path: problem.path } : {}),
    ...(problem.span ? { span: problem.span } : {}),
    ...(problem.fixes ? { fixes: problem.fixes } : {}),
  };
}
