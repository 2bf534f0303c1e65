import { callArguments } from './action.ts';
import { constraintText, flag, list, memberPath, nameOf, opaqueUse, plain, reference, variable, z } from './schema.ts';

export const sortItem = z.object({ path: memberPath, descending: flag(false) });
export type SortItem = z.infer<typeof sortItem>;

/** Where a widget's objects come from. */
export const dataSource = z.discriminatedUnion('kind', [
  /** The object of the enclosing data container, or the page or snippet parameter named by `variable`. */
  z.object({ kind: z.literal('context'), variable: z.optional(variable) }),
  z.object({
    kind: z.literal('database'),
    entity: reference('entity'),
    constraint: z._default(constraintText, ''),
    sort: list(sortItem),
    limit: z.optional(z.int()),
  }),
  /** `path` is steps `Assoc/Entity/…/Assoc/Entity` from the context object or from `variable`. */
  z.object({ kind: z.literal('association'), path: memberPath, variable: z.optional(variable), sort: list(sortItem) }),
  z.object({ kind: z.literal('nanoflow'), nanoflow: reference('nanoflow'), arguments: callArguments }),
  z.object({ kind: z.literal('microflow'), microflow: reference('microflow'), arguments: callArguments }),
  /** The selection of another widget of the page. */
  z.object({ kind: z.literal('listen'), widget: nameOf('widget') }),
  z.object({
    kind: z.literal('opaque'),
    type: plain,
    uses: z._default(z.array(opaqueUse), []),
    raw: z.unknown(),
  }),
]);
export type DataSource = z.infer<typeof dataSource>;
