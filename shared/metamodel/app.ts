import { conflictPolicy } from './conflict-policy.ts';
import { elementId, flag, list, name, qualifiedName, text, z } from './schema.ts';

/** skerry.json. `firstDayOfWeek` 0 is Sunday, 1 Monday. */
export const app = z.object({
  format: z.int(),
  kind: z.literal('app'),
  id: elementId,
  name: z.string(),
  version: z.string(),
  documentation: z.optional(z.string()),
  languages: z.array(z.object({ tag: z.string(), name: z.string(), firstDayOfWeek: z._default(z.int(), 1) })),
  defaultLanguage: z.string(),
  defaultConflictPolicy: z._default(conflictPolicy, { kind: 'lastWins' }),
  /** Accent colour and the like for the device's shell. */
  theme: z._default(z.object({ accent: z._default(z.string(), '#0f766e'), icon: z.optional(qualifiedName) }), { accent: '#0f766e' }),
});
export type App = z.infer<typeof app>;

/** security.json. `moduleRoles` are `Module.Role`. Demo users exist only in development. */
export const security = z.object({
  format: z.int(),
  kind: z.literal('security'),
  userRoles: list(
    z.object({
      id: elementId,
      name,
      documentation: z.optional(z.string()),
      moduleRoles: z.array(z.string()),
      /** Names of the user roles whose users this role may read and edit. */
      manages: list(name),
    }),
  ),
  anonymousRole: z.optional(name),
  passwordPolicy: z._default(
    z.object({ minLength: z._default(z.int(), 8), digit: flag(false), mixedCase: flag(false), symbol: flag(false) }),
    { minLength: 8, digit: false, mixedCase: false, symbol: false },
  ),
  demoUsers: list(
    z.object({ name: z.string(), password: z.string(), userRoles: z.array(name), object: z.optional(z.string()), caption: z.optional(text) }),
  ),
});
export type Security = z.infer<typeof security>;

/** evolution/<version>.json: decisions about lossy changes, by the id of the element they concern. */
export const evolution = z.object({
  format: z.int(),
  kind: z.literal('evolution'),
  version: z.string(),
  decisions: list(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('convert'), element: elementId, expression: z.string() }),
      z.object({ kind: z.literal('mapValues'), element: elementId, values: z.record(z.string(), z.string()) }),
      z.object({ kind: z.literal('acceptLoss'), element: elementId, reason: z.string() }),
    ]),
  ),
});
export type Evolution = z.infer<typeof evolution>;
