import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { Edit } from '@skerry/shared/metamodel/change/edit';
import type { Documents, Model } from '@skerry/shared/metamodel/model';
import type { Notify } from '@skerry/studio/bridge/notifications';

/** One step of a project: a command, its undoing, or what came from disk. */
export interface SessionStep {
  /** After the step. */
  readonly revision: number;
  /** Over documents and layout sidecars. */
  readonly edit: Edit;
  readonly origin: 'command' | 'undo' | 'redo' | 'disk' | 'revert';
  readonly label: string;
  /** Paths of texts (demo rows, sources of actions) that changed with it. */
  readonly texts: readonly string[];
}

/** The open project as the host's other rooms see it: always the last revision, never to be written to. */
export interface SessionView {
  readonly folder: string;
  readonly revision: number;
  /** Documents and sidecars by path. */
  readonly content: Documents;
  /** Documents alone. */
  readonly documents: Documents;
  readonly model: Model;
  /** Texts of demo rows and action sources as unsaved work has them; undefined when there is no such file. */
  text(path: string): Promise<string | undefined>;
  /** Paths of all texts. */
  texts(): Iterable<string>;
  /** What was wrong with the files as they were read last. */
  readonly diagnostics: readonly Diagnostic[];
  /** @returns how to stop listening */
  onStep(listener: (step: SessionStep) => void): () => void;
}

/** What a room of the host is given: the project that is open now, and a way to tell the windows. */
export interface HostContext {
  readonly notify: Notify;
  /** @throws Fault `project/none-open` */
  session(): SessionView;
  /** Called with each project that opens, the present one at once, and with undefined when it closes. */
  onSession(listener: (session: SessionView | undefined) => void): () => void;
}
