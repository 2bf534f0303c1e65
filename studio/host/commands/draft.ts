import type { JsonObject } from '@skerry/shared/base/json';
import { diff } from '@skerry/shared/metamodel/change/diff';
import type { Edit } from '@skerry/shared/metamodel/change/edit';
import type { Documents } from '@skerry/shared/metamodel/model';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import { checkContent } from './check-content.ts';
import { type CommandContext, type CommandPlan, refuse } from './command.ts';

const SIDECAR = '.layout.json';

/** The documents a command is about to change. Only what it writes is looked at when the edit is made. */
export class Draft {
  readonly #before: Documents;
  readonly #context: CommandContext;
  readonly #written = new Map<string, JsonObject | undefined>();

  constructor(context: CommandContext) {
    this.#context = context;
    this.#before = context.content;
  }

  find(path: string): JsonObject | undefined {
    return this.#written.has(path) ? this.#written.get(path) : this.#before.get(path);
  }

  /** The document at a path, for changing it. Refused when there is none, or when nobody may write to it. */
  read(path: string): JsonObject {
    const content = this.find(path);
    if (content) return content;
    if (isSystemPath(path))
      refuse('command/built-in', 'The System module is built in and stays as it is.', { document: path });
    return this.#refuseUnparsed(path) ?? refuse('command/no-such-document', `There is no ${path}.`, { document: path });
  }

  write(path: string, content: JsonObject | undefined): void {
    this.#refuseUnparsed(path);
    this.#written.set(path, content);
  }

  /** Whether a new file may stand at a path. */
  isFree(path: string): boolean {
    return this.find(path) === undefined && !this.#context.isUnparsed(path);
  }

  /** @throws Refusal when something written could not be read again */
  edit(): Edit {
    const before = new Map<string, JsonObject>();
    const after = new Map<string, JsonObject>();
    for (const [path, content] of this.#written) {
      const known = this.#before.get(path);
      if (known) before.set(path, known);
      if (!content) continue;
      after.set(path, content);
      if (content !== known && !path.endsWith(SIDECAR)) checkContent(path, content);
    }
    return diff(before, after);
  }

  plan(label: string, more: Partial<CommandPlan> = {}): CommandPlan {
    return { label, edit: this.edit(), texts: [], created: [], ...more };
  }

  #refuseUnparsed(path: string): undefined {
    if (this.#context.isUnparsed(path)) {
      refuse('command/read-only', `${path} cannot be read, and stays as it is until it is repaired.`, {
        document: path,
      });
    }
  }
}
