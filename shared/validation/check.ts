import type { Diagnostic, Fix, Severity, Span } from '../base/diagnostic.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import type { DocumentContent, DocumentKind } from '../metamodel/kinds.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import type { Rule } from '../scope/passes/pass.ts';

export type { Rule };

export interface CheckContext {
  readonly model: Model;
  readonly view: DomainView;
}

/** Something found in a document; what it leaves out is the rule's or the document's. */
export interface Problem {
  readonly message: string;
  /** Of what a language or the flow checker found; else the rule's. */
  readonly code?: string;
  readonly severity?: Severity;
  readonly element?: string;
  readonly path?: Diagnostic['path'];
  readonly span?: Span;
  readonly fixes?: readonly Fix[];
}

/** Fast checks run as people type, for the documents that changed; slow ones look at the whole model. */
export type Speed = 'fast' | 'slow';

/** One question asked of every document of a kind. */
export interface Check<K extends DocumentKind = DocumentKind> {
  readonly rule: Rule;
  readonly speed: Speed;
  readonly kinds: readonly K[];
  find(document: ModelDocument<K>, context: CheckContext): Iterable<Problem>;
}

/** Declares a check so that its function sees the contents of its kinds. */
export function check<K extends DocumentKind>(given: Check<K>): Check {
  return given as unknown as Check;
}

export function rule(code: string, severity: Severity, meaning: string, remedy: string): Rule {
  return { code, severity, meaning, remedy };
}

export function contentId(content: DocumentContent[DocumentKind]): string | undefined {
  return 'id' in content ? content.id : undefined;
}
