import { action } from './action.ts';
import {
  constraintText,
  documentation,
  elementId,
  flag,
  list,
  name,
  nameOf,
  reference,
  type Text,
  text,
  z,
} from './schema.ts';

const item = {
  id: elementId,
  caption: text,
  /** Name of an icon of the built-in set, or of an Image. */
  icon: z.optional(reference('icon')),
  action: z._default(action, { kind: 'nothing' }),
  /** User roles that see the item; empty: all. */
  roles: list(nameOf('userRole')),
};

/** Menus are trees of two levels at the most on a phone; the schema allows any depth. */
export const menuItem = z.object({ ...item, items: list(z.lazy((): z.core.$ZodType<{ caption: Text }> => menuItem)) });
export type MenuItem = Omit<z.infer<typeof menuItem>, 'items'> & { items: MenuItem[] };

/** The six words of synchronisation; what each means is one table in shared/scope. */
export const syncMode = z.enum(['all', 'constrained', 'uploadOnly', 'kept', 'never', 'online']);
export type SyncMode = z.infer<typeof syncMode>;

export const syncSetting = z.object({
  mode: syncMode,
  /** Only for `constrained`. */
  constraint: z.optional(constraintText),
});
export type SyncSetting = z.infer<typeof syncSetting>;

/** A home: a page, or a nanoflow that shows one. */
export const home = z.object({ page: z.optional(reference('page')), nanoflow: z.optional(reference('nanoflow')) });

export const navigationProfile = z.object({
  format: z.int(),
  kind: z.literal('navigationProfile'),
  id: elementId,
  name,
  documentation,
  profile: z.enum(['online', 'offlineWeb', 'offlineNative']),
  homePage: home,
  homePageByRole: list(
    z.object({
      role: nameOf('userRole'),
      page: z.optional(reference('page')),
      nanoflow: z.optional(reference('nanoflow')),
    }),
  ),
  signInPage: z.optional(reference('page')),
  menu: list(menuItem),
  synchronization: z._default(
    z.object({
      triggers: z._default(
        z.object({
          onStart: flag(true),
          onReconnect: flag(true),
          afterSave: flag(true),
          everyMinutes: z.optional(z.number()),
          onPush: flag(true),
          pullToRefresh: flag(true),
        }),
        { onStart: true, onReconnect: true, afterSave: true, onPush: true, pullToRefresh: true },
      ),
      entities: z._default(z.record(reference('entity'), syncSetting), {}),
      /** Entities in scope though nothing the analyzer sees uses them. */
      additional: list(reference('entity')),
      members: z._default(z.enum(['readable', 'used']), 'readable'),
      files: z._default(
        z.object({ when: z._default(z.enum(['eager', 'onOpen']), 'eager'), unmeteredOnly: flag(false) }),
        {
          when: 'eager',
          unmeteredOnly: false,
        },
      ),
      flows: z._default(
        z.object({
          afterStart: z.optional(reference('nanoflow')),
          onReconnect: z.optional(reference('nanoflow')),
          beforeSynchronize: z.optional(reference('nanoflow')),
          afterSynchronize: z.optional(reference('nanoflow')),
        }),
        {},
      ),
    }),
    {
      triggers: { onStart: true, onReconnect: true, afterSave: true, onPush: true, pullToRefresh: true },
      entities: {},
      additional: [],
      members: 'readable',
      files: { when: 'eager', unmeteredOnly: false },
      flows: {},
    },
  ),
});
export type NavigationProfile = Omit<z.infer<typeof navigationProfile>, 'menu'> & { menu: MenuItem[] };
