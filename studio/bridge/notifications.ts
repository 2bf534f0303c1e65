import { planDiff } from './calls/analysis-calls.ts';
import { diagnostic, edit, historyState } from './calls/shapes.ts';
import { jsonObject, z } from './declare.ts';

/** What the host tells every window unasked, in the order in which it happened. */
export const NOTIFICATIONS = {
  /** The project took a step. Windows apply `edit` to their copy; a window that misses a revision asks for the state again. */
  'project/changed': z.object({
    revision: z.number(),
    edit,
    origin: z.enum(['command', 'undo', 'redo', 'disk', 'revert']),
    label: z.string(),
    history: historyState,
    dirty: z.array(z.string()),
  }),
  /** Another project is open, or none. */
  'project/switched': z.object({ folder: z.nullable(z.string()) }),
  'project/saved': z.object({ dirty: z.array(z.string()) }),
  /** Files changed on disk beneath unsaved work. */
  'project/diskConflict': z.object({ documents: z.array(z.string()) }),
  'project/branch': z.object({ branch: z.string() }),
  /**
   * Problems of a revision, by document; '' holds those of no document. Only lists that differ from those told before: an
   * empty list takes away. `isComplete` false: the fast checks only, the rest follows.
   */
  'analysis/problems': z.object({
    revision: z.number(),
    isComplete: z.boolean(),
    documents: z.record(z.string(), z.array(diagnostic)),
  }),
  /** Plans that moved since the last time this was told. Views of the profile are asked for anew. */
  'analysis/scope': z.object({
    revision: z.number(),
    profiles: z.array(z.object({ profile: z.string(), hash: z.string(), diff: planDiff })),
  }),
  'preview/changed': z.object({
    version: z.nullable(z.string()),
    heldBy: z.nullable(diagnostic),
    devices: z.array(z.object({ name: z.string(), isOnline: z.boolean() })),
  }),
  /** For the Output panel. */
  'host/log': z.object({
    atMs: z.number(),
    level: z.enum(['info', 'warn', 'error']),
    message: z.string(),
    details: z.optional(jsonObject),
  }),
} as const;
export type NotificationName = keyof typeof NOTIFICATIONS;
export type Notification<N extends NotificationName> = z.infer<(typeof NOTIFICATIONS)[N]>;

/** The host's side. */
export type Notify = <N extends NotificationName>(name: N, body: Notification<N>) => void;
/** The window's side; returns how to stop listening. */
export type Listen = <N extends NotificationName>(name: N, listener: (body: Notification<N>) => void) => () => void;
