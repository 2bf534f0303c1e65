import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Session } from '@skerry/shared/expression/session';
import type { DataSource } from '@skerry/shared/metamodel/data-source';

/**
 * The engine as pages, tests and the command line see it. Every value is structured-clonable, every call asynchronous,
 * so that the engine may live in a worker and the face cross a MessagePort unchanged.
 */
export interface Device {
  status(): Promise<DeviceStatus>;
  /** Notices; the returned function ends the subscription. Events announce, they never ask. */
  subscribe(listener: (event: DeviceEvent) => void): () => void;
  /** The running bundle's verified files, or null before the first one has arrived; `openBundle` reads them. */
  bundle(): Promise<BundleFiles | null>;
  /** The session pages evaluate with: user, roles, zone, now. */
  session(): Promise<Session>;
  /** Offered by a service in development. */
  demoUsers(): Promise<
    readonly {
      readonly name: string;
      readonly password: string;
      readonly caption: string;
      readonly roles: readonly string[];
    }[]
  >;
  signIn(name: string, password: string): Promise<Outcome>;
  /** Refuses with `session/unsent-work` while work is unsent, unless `discard`. */
  signOut(options?: { readonly discard?: boolean }): Promise<Outcome>;

  /** Objects for a data source, uncommitted changes laid over, access rules applied. */
  retrieve(request: RetrieveRequest): Promise<RetrieveResult>;
  /** Present state of objects; those that are gone or not readable are absent. */
  load(objects: readonly ObjectId[]): Promise<readonly ObjectSnapshot[]>;
  /** Objects reached from each of `objects` over one association step; `entity` narrows to a specialisation. */
  follow(
    objects: readonly ObjectId[],
    association: string,
    entity?: string,
    reversed?: boolean,
  ): Promise<{
    readonly links: { readonly [id: string]: readonly ObjectId[] };
    readonly objects: readonly ObjectSnapshot[];
  }>;

  /** Makes a new object in memory with its defaults. Nothing is stored before `commit`. */
  create(entity: string): Promise<ObjectSnapshot>;
  /** Sets members of an object in memory: cells by member name; associations by qualified name, sets whole. */
  change(
    object: ObjectId,
    values: { readonly [member: string]: Cell | readonly ObjectId[] },
  ): Promise<Outcome<ObjectSnapshot>>;
  /** Validates and writes all changes in memory of these objects as one transaction. */
  commit(objects: readonly ObjectId[]): Promise<WriteOutcome>;
  /** Drops changes in memory. */
  rollback(objects: readonly ObjectId[]): Promise<void>;
  delete(objects: readonly ObjectId[]): Promise<WriteOutcome>;

  /**
   * Runs a nanoflow as one local transaction. What it shows comes in `effects`, in order, after the transaction has
   * committed. An error leaves nothing behind, and of what was to be shown only the validation feedback.
   */
  callNanoflow(name: string, args: { readonly [parameter: string]: PlainValue }): Promise<FlowOutcome>;
  /** Pending work goes first; needs the service. */
  callMicroflow(name: string, args: { readonly [parameter: string]: PlainValue }): Promise<FlowOutcome>;

  /** Attaches a body to a System.FileDocument in memory or in the store; the row changes like any other. */
  setFile(object: ObjectId, name: string, mediaType: string, body: Uint8Array): Promise<Outcome<ObjectSnapshot>>;
  /** Null when the body is neither here nor to be had now. */
  file(object: ObjectId): Promise<{ readonly body: Uint8Array; readonly mediaType: string } | null>;

  /** Requests coalesce: whoever asks during a run gets the answer of the run that starts after asking. */
  synchronize(): Promise<SyncResult>;
  cancelSynchronization(): Promise<void>;
  inbox(): Promise<readonly InboxEntry[]>;
  /** Applies the entry's changes again as a new local transaction on today's state. */
  retry(entry: string): Promise<WriteOutcome>;
  discard(entry: string): Promise<Outcome>;
  /** What conflicts replaced of this user's changes, oldest first, until it is dismissed. */
  notices(): Promise<readonly ReplacedNotice[]>;
  /** The user has seen these. */
  dismissNotices(ids: readonly string[]): Promise<void>;
  /** For the people who test: rows of a device table, outbox, inbox, sync sessions. Read-only SQL. */
  inspect(sql: string): Promise<readonly { readonly [column: string]: unknown }[]>;
  /** Looks for a newer bundle and, when one is complete and no flow runs, switches to it. */
  checkForUpdate(): Promise<Outcome<{ readonly version: string; readonly updated: boolean }>>;
  close(): Promise<void>;
}

/** A bundle as files, which cross a port unchanged where an opened one (its model answers questions) could not. */
export interface BundleFiles {
  /** Canonical JSON text, as signed. */
  readonly manifest: string;
  /** Bytes by their SHA-256, as `openBundle` takes them. */
  readonly parts: ReadonlyMap<string, Uint8Array>;
}

/** Values that cross the face. Objects go by id. */
export type PlainValue =
  | { readonly kind: 'cell'; readonly value: Cell }
  | { readonly kind: 'object'; readonly entity: string; readonly id: ObjectId | null }
  | { readonly kind: 'list'; readonly entity: string; readonly ids: readonly ObjectId[] };

export interface Failure {
  /** `area/problem-in-kebab` */
  readonly code: string;
  /** For the user, in the app's language where the model gives words, else English. */
  readonly message: string;
  /** The members at fault, to show beside their fields. */
  readonly members?: readonly { readonly object: ObjectId; readonly member: string; readonly message: string }[];
}
export type Outcome<T = null> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: Failure };

/** `effects`: what event handlers have to show now that it is written, in order; absent when that is nothing. */
export type WriteOutcome = Outcome & { readonly effects?: readonly FlowEffect[] };

export interface ObjectSnapshot {
  readonly id: ObjectId;
  /** Qualified name of its own entity. */
  readonly entity: string;
  /** Cells by member: attribute name, or an association's qualified name (reference held by this object). Withheld members are absent. */
  readonly values: { readonly [member: string]: Cell };
  /** Reference sets this object holds, by the association's qualified name. */
  readonly sets: { readonly [association: string]: readonly ObjectId[] };
  /** Members the user may write now; names as in `values`. */
  readonly writable: readonly string[];
  readonly canDelete: boolean;
  /** Committed nowhere yet. */
  readonly isNew: boolean;
  /** Changed in memory. */
  readonly isChanged: boolean;
  /** Committed here, not yet confirmed by the service. */
  readonly isPending: boolean;
  /** An inbox entry speaks of it. */
  readonly inInbox: boolean;
}

export interface RetrieveRequest {
  /** `database`, `association` or `nanoflow`; the others are the page's own affair. */
  readonly source: DataSource;
  /** `$currentObject` and page parameters by name. */
  readonly variables: { readonly [name: string]: PlainValue };
  /** Text that one of these members must contain. */
  readonly search?: { readonly text: string; readonly members: readonly string[] };
  readonly offset?: number;
  readonly limit?: number;
}
export interface RetrieveResult {
  readonly objects: readonly ObjectSnapshot[];
  readonly more: boolean;
  /** A data source that could not be asked (a microflow while offline). */
  readonly failure?: Failure;
}

export type FlowEffect =
  | {
      readonly kind: 'showPage';
      readonly page: string;
      readonly arguments: { readonly [parameter: string]: PlainValue };
    }
  | { readonly kind: 'showHomePage' }
  | { readonly kind: 'closePage' }
  | {
      readonly kind: 'showMessage';
      readonly level: 'information' | 'warning' | 'error';
      readonly text: string;
      readonly blocking: boolean;
    }
  | { readonly kind: 'validationFeedback'; readonly object: ObjectId; readonly member: string; readonly text: string }
  | { readonly kind: 'openUrl'; readonly url: string }
  | { readonly kind: 'signOut' };
export interface FlowOutcome {
  readonly result: Outcome<PlainValue | null>;
  readonly effects: readonly FlowEffect[];
}

export interface SyncResult {
  readonly ok: boolean;
  readonly failure?: Failure;
  readonly applied: number;
  readonly resolved: number;
  readonly rejected: readonly { readonly transaction: string; readonly code: string; readonly message: string }[];
  readonly parked: readonly { readonly transaction: string }[];
  readonly downloaded: number;
  readonly removed: number;
  /** Entities that were compared whole instead of by delta, and why. */
  readonly reconciled: readonly { readonly entity: string; readonly because: string }[];
  readonly files: number;
  readonly bytes: number;
  readonly ms: number;
}

export interface InboxEntry {
  readonly id: string;
  readonly kind: 'rejected' | 'parked';
  readonly code: string;
  readonly message: string;
  readonly atMs: number;
  /** For review: what stood here, where it started, and what the server says, by member; withheld values are left out. */
  readonly changes: readonly {
    readonly object: ObjectId;
    readonly entity: string;
    readonly kind: 'create' | 'update' | 'delete';
    readonly members: readonly {
      readonly member: string;
      readonly mine: Cell;
      readonly base: Cell;
      readonly theirs: Cell;
      readonly conflict: boolean;
    }[];
  }[];
}

/** A value this user wrote, or a deletion, that lost to somebody who was first. */
export interface ReplacedNotice {
  readonly id: string;
  readonly atMs: number;
  readonly object: ObjectId;
  readonly entity: string;
  /** Null: a deletion that was not carried out. */
  readonly member: string | null;
  readonly mine: Cell;
  /** What stands now; null also when the object or the member is not on this device any more. */
  readonly theirs: Cell;
}

export interface DeviceStatus {
  readonly deviceId: string;
  readonly phase: 'loadingBundle' | 'signedOut' | 'firstSync' | 'ready' | 'foreignService' | 'broken';
  /** Why the phase is what it is, for phases a person must act on. */
  readonly message?: string;
  readonly user: {
    readonly id: ObjectId;
    readonly name: string;
    readonly fullName: string | null;
    readonly roles: readonly string[];
  } | null;
  /** Whether the last request reached the service. */
  readonly online: boolean;
  readonly sync:
    | { readonly kind: 'idle' }
    | {
        readonly kind: 'running';
        readonly step: 'upload' | 'download' | 'files' | 'update';
        readonly done: number;
        readonly total: number | null;
      }
    | { readonly kind: 'backingOff'; readonly untilMs: number; readonly attempt: number };
  readonly lastSyncMs: number | null;
  readonly lastResult: SyncResult | null;
  /** Transactions not yet confirmed. */
  readonly pending: number;
  readonly inbox: number;
  /** Notices not yet dismissed. */
  readonly notices: number;
  readonly filesPending: number;
  readonly bundleVersion: string | null;
  readonly updateReady: string | null;
  readonly storage: 'persistent' | 'bestEffort' | 'memory';
}

export type DeviceEvent =
  | { readonly kind: 'status'; readonly status: DeviceStatus }
  /** Stored objects of these entities (qualified names) may have changed; null: anything. */
  | { readonly kind: 'data'; readonly entities: readonly string[] | null }
  /** Objects changed in memory. */
  | { readonly kind: 'objects'; readonly ids: readonly ObjectId[] }
  | { readonly kind: 'bundle'; readonly version: string }
  | { readonly kind: 'synchronized'; readonly result: SyncResult }
  | { readonly kind: 'signedOut'; readonly because: string };
