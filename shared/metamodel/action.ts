import { expressionText, flag, qualifiedName, z } from './schema.ts';

/** Expressions by parameter name. */
export const callArguments = z._default(z.record(z.string(), expressionText), {});

/** What a widget, menu item or home page does. `$currentObject` is the object of the nearest data container. */
export const action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('openPage'), page: qualifiedName, arguments: callArguments }),
  z.object({ kind: z.literal('closePage') }),
  z.object({ kind: z.literal('save'), closePage: flag(true), synchronize: flag(false) }),
  z.object({ kind: z.literal('cancel'), closePage: flag(true) }),
  /** Creates an object and opens the page with it as its one object parameter; `changes` are expressions by member. */
  z.object({ kind: z.literal('create'), entity: qualifiedName, page: z.optional(qualifiedName), changes: callArguments }),
  z.object({ kind: z.literal('delete'), closePage: flag(false), confirm: flag(true) }),
  z.object({ kind: z.literal('callNanoflow'), nanoflow: qualifiedName, arguments: callArguments }),
  z.object({ kind: z.literal('callMicroflow'), microflow: qualifiedName, arguments: callArguments }),
  z.object({ kind: z.literal('synchronize') }),
  z.object({ kind: z.literal('signIn') }),
  z.object({ kind: z.literal('signOut') }),
  z.object({ kind: z.literal('openUrl'), url: expressionText }),
  z.object({
    kind: z.literal('opaque'),
    type: z.string(),
    uses: z._default(z.array(z.object({ element: z.string(), how: z.string() })), []),
    raw: z.unknown(),
  }),
]);
export type Action = z.infer<typeof action>;
