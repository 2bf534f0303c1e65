import type { Diagnostic, Span } from '../base/diagnostic.ts';
import type { Reference } from '../expression/reference.ts';
import type { Type } from '../expression/type.ts';
import type { DomainView } from '../metamodel/domain-view.ts';

export interface ConstraintContext {
  readonly view: DomainView;
  /** Qualified name of the context's entity: whose objects the constraint keeps. */
  readonly entity: string;
  /** Variables in scope, without `$`; `currentUser` is always there. */
  readonly variables?: ReadonlyMap<string, Type>;
}

/** What a check gathers on its way through a text. */
export class Findings {
  readonly view: DomainView;
  readonly variables: ReadonlyMap<string, Type>;
  readonly diagnostics: Diagnostic[] = [];
  readonly references: Reference[] = [];

  constructor(context: ConstraintContext) {
    this.view = context.view;
    this.variables = new Map<string, Type>([
      ['currentUser', { kind: 'Object', entity: 'System.User' }],
      ...(context.variables ?? []),
    ]);
  }

  error(problem: string, message: string, span: Span): void {
    this.diagnostics.push({ code: `constraint/${problem}`, severity: 'error', message, span });
  }

  refer(reference: Reference): void {
    this.references.push(reference);
  }
}
