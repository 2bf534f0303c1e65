import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { Result } from '@skerry/shared/base/result';
import type { Edit } from '@skerry/shared/metamodel/change/edit';
import type { RandomBytes } from '@skerry/shared/metamodel/ids';
import type { Documents, Model } from '@skerry/shared/metamodel/model';
import type { TextOperation } from './text-operation.ts';

/** What a command may look at. It changes nothing itself. */
export interface CommandContext {
  readonly model: Model;
  /** Documents and layout sidecars by path. */
  readonly content: Documents;
  /** Whether the file at a path cannot be read: nothing may take its place. */
  isUnparsed(path: string): boolean;
  readonly random: RandomBytes;
}

export interface Created {
  readonly document: string;
  readonly element?: string;
}

/** What a command comes to: one step of the history. An empty edit without texts has nothing to do. */
export interface CommandPlan {
  /** In words, for the Edit menu. */
  readonly label: string;
  readonly edit: Edit;
  readonly texts: readonly TextOperation[];
  readonly created: readonly Created[];
  /** Joins the step before when that has the same word. */
  readonly merge?: string;
}

export type Planned = Result<CommandPlan, readonly Diagnostic[]>;
export type Command<A> = (context: CommandContext, args: A) => Planned;

/**
 * Ends a command that cannot be done; caught where the command was begun. Commands have many levels and one outcome.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics[0]?.message ?? 'This cannot be done.');
    this.diagnostics = diagnostics;
  }
}

export function refuse(code: string, message: string, where: Partial<Diagnostic> = {}): never {
  throw new Refusal([{ code, severity: 'error', message, ...where }]);
}
