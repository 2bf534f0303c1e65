import { expressionText, flag, memberName, nameOf, opaqueUse, plain, reference, z } from './schema.ts';

/** Expressions by the name of a parameter of what is called. */
export const callArguments = z._default(z.record(nameOf('parameter'), expressionText), {});

/** What a widget, menu item or home page does. `$currentObject` is the object of the nearest data container. */
export const action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('openPage'), page: reference('page'), arguments: callArguments }),
  z.object({ kind: z.literal('closePage') }),
  z.object({ kind: z.literal('save'), closePage: flag(true), synchronize: flag(false) }),
  z.object({ kind: z.literal('cancel'), closePage: flag(true) }),
  /** Creates an object and opens the page with it as its one object parameter; `changes` are expressions by member. */
  z.object({
    kind: z.literal('create'),
    entity: reference('entity'),
    page: z.optional(reference('page')),
    changes: z._default(z.record(memberName, expressionText), {}),
  }),
  z.object({ kind: z.literal('delete'), closePage: flag(false), confirm: flag(true) }),
  z.object({ kind: z.literal('callNanoflow'), nanoflow: reference('nanoflow'), arguments: callArguments }),
  z.object({ kind: z.literal('callMicroflow'), microflow: reference('microflow'), arguments: callArguments }),
  z.object({ kind: z.literal('synchronize') }),
  z.object({ kind: z.literal('signIn') }),
  z.object({ kind: z.literal('signOut') }),
  z.object({ kind: z.literal('openUrl'), url: expressionText }),
  z.object({
    kind: z.literal('opaque'),
    type: plain,
    uses: z._default(z.array(opaqueUse), []),
    raw: z.unknown(),
  }),
]);
export type Action = z.infer<typeof action>;
