import { call, z } from '../declare.ts';

const mode = z.enum(['all', 'constrained', 'uploadOnly', 'kept', 'never', 'online']);

/** One step of a chain of reasons, with the place it speaks of. */
const whyStep = z.object({ text: z.string(), document: z.optional(z.string()), element: z.optional(z.string()) });
export type WhyStep = z.infer<typeof whyStep>;

/** One line of the synchronisation table. */
const scopeEntity = z.object({
  entity: z.string(),
  id: z.string(),
  /** Path of its document. */
  document: z.string(),
  mode,
  /** False: derived by the analyzer. */
  configured: z.boolean(),
  constraint: z.string(),
  /** Of the chosen role's demo user; absent without demo data. */
  rows: z.optional(z.number()),
  bytes: z.optional(z.number()),
  members: z.array(z.object({ name: z.string(), kind: z.enum(['attribute', 'association']), readable: z.boolean() })),
  /** The chosen role's grants in words: `read, write where …`. */
  grants: z.array(z.string()),
  conflictPolicy: z.string(),
  /** How changes are found: `own`, `path`, `clock`, `reconcile`, the most expensive that applies. */
  delta: z.enum(['own', 'path', 'clock', 'reconcile']),
  /** Chains from a root of the profile to a use: `menu › Inspections › list › retrieve`; the shortest first. */
  why: z.array(z.array(whyStep)),
});
export type ScopeEntity = z.infer<typeof scopeEntity>;

const scopeView = z.object({
  revision: z.number(),
  profile: z.string(),
  role: z.string(),
  /** All user roles, for the switch. */
  roles: z.array(z.string()),
  entities: z.array(scopeEntity),
  totals: z.object({ entities: z.number(), rows: z.number(), bytes: z.number() }),
  /** Seconds of a first synchronisation by kind of network. */
  seconds: z.object({ '3G': z.number(), '4G': z.number(), 'Wi-Fi': z.number() }),
});
export type ScopeView = z.infer<typeof scopeView>;

export const planDiff = z.object({
  entered: z.array(z.string()),
  left: z.array(z.string()),
  changedMode: z.array(z.object({ entity: z.string(), from: mode, to: mode })),
  changed: z.array(z.object({ entity: z.string(), what: z.array(z.enum(['constraint', 'members', 'grants'])) })),
});

/** The sync-scope analyzer, running beside the host; answers wait until the revision asked for has been analysed. */
export const ANALYSIS_CALLS = {
  /** Role absent: the first. Error `analysis/no-such-profile`. */
  'scope/view': call(z.object({ profile: z.string(), role: z.optional(z.string()) }), scopeView),
  /** What a mode or constraint would mean, without applying it. */
  'scope/whatIf': call(
    z.object({
      profile: z.string(),
      role: z.optional(z.string()),
      entity: z.string(),
      mode,
      constraint: z.string(),
    }),
    z.object({
      diff: planDiff,
      before: z.object({ rows: z.number(), bytes: z.number() }),
      after: z.object({ rows: z.number(), bytes: z.number() }),
      /** Codes and messages of problems that would come and go. */
      appearing: z.array(z.string()),
      vanishing: z.array(z.string()),
    }),
  ),
} as const;
