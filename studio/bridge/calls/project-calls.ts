import { COMMANDS } from '../commands/index.ts';
import { call, documentPath, innerPath, jsonObject, nothing, z } from '../declare.ts';
import { commandOutcome, diagnostic, historyState } from './shapes.ts';

const projectState = z.object({
  folder: z.string(),
  name: z.string(),
  /** Grows by one with each edit, undo and redo, and whatever comes from disk. */
  revision: z.number(),
  /** Documents and layout sidecars by path. */
  documents: z.record(z.string(), jsonObject),
  /** Paths of files that do not parse; read-only until repaired. */
  unparsed: z.array(z.string()),
  /** What was wrong with the files when they were read. */
  diagnostics: z.array(diagnostic),
  /** Paths with unsaved changes. */
  dirty: z.array(z.string()),
  history: historyState,
  /** Said once: what recovery brought back. */
  recovered: z.optional(z.string()),
  branch: z.optional(z.string()),
});
export type ProjectState = z.infer<typeof projectState>;

const recentProject = z.object({ folder: z.string(), name: z.string(), openedMs: z.number() });
export type RecentProject = z.infer<typeof recentProject>;

const folderRequest = z.object({ folder: z.string() });

/** Projects: opening, changing, saving. Errors carry a Fault's code and message. */
export const PROJECT_CALLS = {
  /** The open project; null while the welcome page shows. */
  'project/state': call(nothing, z.nullable(projectState)),
  /** Closes the one that is open (its unsaved work stays in the journal) and opens another. */
  'project/open': call(folderRequest, projectState),
  /** From a template (`project/templates`), into an empty or new folder; then opens it. */
  'project/new': call(z.object({ folder: z.string(), name: z.string(), template: z.string() }), projectState),
  'project/templates': call(nothing, z.array(z.object({ id: z.string(), title: z.string(), description: z.string() }))),
  'project/close': call(nothing, nothing),
  'project/recent': call(nothing, z.array(recentProject)),
  'project/forgetRecent': call(folderRequest, nothing),
  /** Folders below a folder, for choosing one in the browser; absent: the user's home. */
  'folder/list': call(
    z.object({ folder: z.optional(z.string()) }),
    z.object({
      folder: z.string(),
      parent: z.optional(z.string()),
      entries: z.array(z.object({ name: z.string(), isProject: z.boolean() })),
    }),
  ),
  /** Writes what is unsaved; all documents, or those named. */
  'project/save': call(
    z.object({ documents: z.optional(z.array(documentPath)) }),
    z.object({ written: z.array(z.string()), removed: z.array(z.string()), diagnostics: z.array(diagnostic) }),
  ),
  /** Throws unsaved changes away, as an undoable step. */
  'project/revert': call(z.object({ documents: z.array(documentPath) }), commandOutcome),
  /** `arguments` is judged by COMMANDS; errors `command/unknown`, `command/bad-arguments`, and the command's own. */
  'command/run': call(
    z.object({ command: z.enum(Object.keys(COMMANDS) as [string, ...string[]]), arguments: z.unknown() }),
    commandOutcome,
  ),
  /**
   * `document`: the last step that touched it, even when others came later elsewhere; absent: the last of all.
   * Errors `history/nothing`, `history/later-steps` (names what must be undone first).
   */
  'history/undo': call(z.object({ document: z.optional(documentPath) }), commandOutcome),
  'history/redo': call(z.object({ document: z.optional(documentPath) }), commandOutcome),
  /** What undo and redo would do in a document. */
  'history/state': call(z.object({ document: z.optional(documentPath) }), historyState),
  /** A document's canonical JSON. */
  'document/text': call(z.object({ document: documentPath }), z.object({ text: z.string() })),
  /** Elements of one document as clipboard text: JSON with a format version. */
  'clipboard/copy': call(
    z.object({ document: documentPath, elements: z.array(z.string()) }),
    z.object({ clipboard: z.string() }),
  ),
  /** What renaming would touch, before doing it. Errors are those of the command. */
  'refactoring/previewRename': call(
    z.object({ document: documentPath, element: z.string(), name: z.string() }),
    z.object({
      changes: z.array(
        z.object({
          document: z.string(),
          element: z.optional(z.string()),
          path: innerPath,
          before: z.string(),
          after: z.string(),
        }),
      ),
      files: z.array(z.string()),
    }),
  ),
  /** Every place that speaks of an element. */
  'refactoring/usages': call(
    z.object({ document: documentPath, element: z.string() }),
    z.array(
      z.object({
        document: z.string(),
        element: z.optional(z.string()),
        path: innerPath,
        /** The text around the mention, shortened. */
        text: z.string(),
        span: z.optional(z.object({ start: z.number(), end: z.number() })),
      }),
    ),
  ),
} as const;
