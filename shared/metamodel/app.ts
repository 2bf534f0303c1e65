import { conflictPolicy } from './conflict-policy.ts';
import { documentation, elementId, flag, list, name, nameOf, plain, reference, text, z } from './schema.ts';

/** skerry.json. `firstDayOfWeek` 0 is Sunday, 1 Monday. */
export const app = z.object({
  format: z.int(),
  kind: z.literal('app'),
  id: elementId,
  name: plain,
  version: plain,
  documentation,
  languages: z.array(z.object({ tag: plain, name: plain, firstDayOfWeek: z._default(z.int(), 1) })),
  defaultLanguage: plain,
  defaultConflictPolicy: z._default(conflictPolicy, { kind: 'lastWins' }),
  /** Accent colour and the like for the device's shell. */
  theme: z._default(z.object({ accent: z._default(plain, '#0f766e'), icon: z.optional(reference('image')) }), {
    accent: '#0f766e',
  }),
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
      documentation,
      moduleRoles: z.array(reference('moduleRole')),
      /** Names of the user roles whose users this role may read and edit. */
      manages: list(nameOf('userRole')),
    }),
  ),
  anonymousRole: z.optional(nameOf('userRole')),
  passwordPolicy: z._default(
    z.object({ minLength: z._default(z.int(), 8), digit: flag(false), mixedCase: flag(false), symbol: flag(false) }),
    { minLength: 8, digit: false, mixedCase: false, symbol: false },
  ),
  demoUsers: list(
    z.object({
      name: plain,
      password: plain,
      userRoles: z.array(nameOf('userRole')),
      object: z.optional(plain),
      caption: z.optional(text),
    }),
  ),
});
export type Security = z.infer<typeof security>;

/** evolution/<version>.json: decisions about lossy changes, by the id of the element they concern. */
export const evolution = z.object({
  format: z.int(),
  kind: z.literal('evolution'),
  version: plain,
  decisions: list(
    z.discriminatedUnion('kind', [
      /** Speaks of the version before in its words, so renaming leaves it alone. */
      z.object({ kind: z.literal('convert'), element: elementId, expression: plain }),
      z.object({ kind: z.literal('mapValues'), element: elementId, values: z.record(plain, plain) }),
      z.object({ kind: z.literal('acceptLoss'), element: elementId, reason: plain }),
    ]),
  ),
});
export type Evolution = z.infer<typeof evolution>;
