import { z } from '@skerry/shared/protocol/common';

const name = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_-]*$/));
const text = z.string().check(z.minLength(1));
const moment = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$/));
const count = z.int().check(z.nonnegative());
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/**
 * What a member is given, or shall be: a cell as the device shows it, a moment (`2026-11-23T08:00:00Z`) for a DateTime,
 * `$name` for an object that an earlier step has named, a list of them for a reference set. `$$` begins a plain text
 * that starts with a dollar sign.
 */
const value = z.union([cell, z.array(z.string())]);
const values = z.record(z.string(), value);

/** Names an object for later steps; constraints speak of it as a variable. */
const objectName = z.string().check(z.regex(/^[A-Za-z]\w*$/));
const as = z.optional(objectName);
/** The code of the failure that is awaited in place of success. */
const fails = z.optional(text);

const onDevice = { device: name };
const entity = z.string().check(z.regex(/^[A-Za-z]\w*\.[A-Za-z]\w*$/));
/** Members of the sync result that are counted; lists by their length. */
const syncResult = z.strictObject({
  ok: z.optional(z.boolean()),
  failure: z.optional(text),
  applied: z.optional(count),
  resolved: z.optional(count),
  rejected: z.optional(count),
  parked: z.optional(count),
  downloaded: z.optional(count),
  removed: z.optional(count),
  files: z.optional(count),
});

const renameAttribute = z.strictObject({ edit: z.literal('renameAttribute'), entity, attribute: name, to: name });
/** A whole new document at its path in the project. */
const addDocument = z.strictObject({
  edit: z.literal('addDocument'),
  path: text,
  content: z.record(z.string(), z.unknown()),
});
/** JSON Merge Patch (RFC 7396): members given replace, null removes, lists are replaced whole. */
const changeDocument = z.strictObject({
  edit: z.literal('changeDocument'),
  path: text,
  merge: z.record(z.string(), z.unknown()),
});
export const modelEdit = z.discriminatedUnion('edit', [renameAttribute, addDocument, changeDocument]);
export type ModelEdit = z.infer<typeof modelEdit>;

export const STEP_SCHEMAS = {
  signIn: z.strictObject({
    ...onDevice,
    do: z.literal('signIn'),
    user: z.optional(text),
    password: z.optional(text),
    fails,
  }),
  online: z.strictObject({ ...onDevice, do: z.literal('online') }),
  offline: z.strictObject({ ...onDevice, do: z.literal('offline') }),
  find: z.strictObject({
    ...onDevice,
    do: z.literal('find'),
    entity,
    constraint: z.optional(z.string()),
    as: objectName,
  }),
  create: z.strictObject({ ...onDevice, do: z.literal('create'), entity, set: z.optional(values), as, fails }),
  change: z.strictObject({ ...onDevice, do: z.literal('change'), object: text, set: values, fails }),
  delete: z.strictObject({ ...onDevice, do: z.literal('delete'), object: text, fails }),
  nanoflow: z.strictObject({
    ...onDevice,
    do: z.literal('nanoflow'),
    name: entity,
    arguments: z.optional(values),
    as,
    fails,
  }),
  attachFile: z.strictObject({
    ...onDevice,
    do: z.literal('attachFile'),
    object: text,
    /** A file beside the scenario, or `bytes` of made-up content. */
    file: z.optional(text),
    bytes: z.optional(z.int().check(z.positive(), z.maximum(64_000_000))),
    name: z.optional(text),
    mediaType: z.optional(text),
    fails,
  }),
  sync: z.strictObject({ ...onDevice, do: z.literal('sync'), expect: z.optional(syncResult) }),
  /** Looks for a newer bundle and switches to it, unsent work or not. */
  update: z.strictObject({ ...onDevice, do: z.literal('update'), fails }),
  /** Settles all that stands in the device's inbox. */
  retry: z.strictObject({ ...onDevice, do: z.literal('retry'), fails }),
  discard: z.strictObject({ ...onDevice, do: z.literal('discard'), fails }),
  /** Ends the device's process in good order, unless it is down already, and starts it again on the same folder. */
  restart: z.strictObject({ ...onDevice, do: z.literal('restart') }),
  /** SIGKILL: at once, or while synchronising, when a request of a kind is about to be sent or has just been answered. */
  kill: z.strictObject({
    ...onDevice,
    do: z.literal('kill'),
    during: z.optional(z.enum(['upload', 'download', 'files'])),
    when: z.optional(z.enum(['sending', 'answered'])),
  }),
  expect: z.strictObject({
    ...onDevice,
    do: z.literal('expect'),
    entity: z.optional(entity),
    constraint: z.optional(z.string()),
    object: z.optional(text),
    count: z.optional(count),
    values: z.optional(values),
    /** Members that are withheld from the user. */
    withheld: z.optional(z.array(z.string())),
    pending: z.optional(count),
    inbox: z.optional(count),
    bundleVersion: z.optional(text),
    /** Size of the object's file body as it can be opened here. */
    fileBytes: z.optional(count),
  }),
  publish: z.strictObject({
    do: z.literal('publish'),
    version: z.string().check(z.regex(/^\d+\.\d+\.\d+$/)),
    edits: z.array(modelEdit),
  }),
  /** Changes rows in the service's database behind its back: no rights, no revision, no log. */
  alter: z.strictObject({ do: z.literal('alter'), object: text, set: values }),
  /** SIGKILL to the service's process, and a new one on the same folder and port. */
  restartService: z.strictObject({ do: z.literal('restartService') }),
} as const;

export type StepKind = keyof typeof STEP_SCHEMAS;
type StepOf<K extends StepKind> = z.infer<(typeof STEP_SCHEMAS)[K]>;
export type Step = { [K in StepKind]: StepOf<K> }[StepKind];
export type DeviceStep = Extract<Step, { readonly device: string }>;
export type ServiceStep = Exclude<Step, DeviceStep>;
export type Value = z.infer<typeof value>;
export type SyncExpectation = z.infer<typeof syncResult>;

/** All but the steps, which are checked one by one so that an error names its step. */
export const scenarioHead = z.strictObject({
  $schema: z.optional(z.string()),
  format: z.literal(1),
  documentation: z.optional(z.string()),
  /** Folder of the project, from where the scenario file stands. */
  project: text,
  /** The offline profile that its devices run. */
  profile: name,
  /** What service and devices take for the present moment when the scenario begins; the machine's clock when absent. */
  now: z.optional(moment),
  /** Time zone of the devices; the machine's when absent. */
  zone: z.optional(text),
  devices: z.array(z.strictObject({ name, user: text })).check(z.minLength(1)),
  steps: z.array(z.unknown()).check(z.minLength(1)),
});

export interface Scenario extends Omit<z.infer<typeof scenarioHead>, 'steps'> {
  readonly steps: readonly Step[];
}
