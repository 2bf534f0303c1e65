import { callArguments } from './action.ts';
import { constraintText, flag, list, memberPath, qualifiedName, z } from './schema.ts';

export const sortItem = z.object({ path: memberPath, descending: flag(false) });
export type SortItem = z.infer<typeof sortItem>;

/** Where a widget's objects come from. */
export const dataSource = z.discriminatedUnion('kind', [
  /** The object of the enclosing data container, or the page or snippet parameter named by `variable`. */
  z.object({ kind: z.literal('context'), variable: z.optional(z.string()) }),
  z.object({
    kind: z.literal('database'),
    entity: qualifiedName,
    constraint: z._default(constraintText, ''),
    sort: list(sortItem),
    limit: z.optional(z.int()),
  }),
  /** `path` is steps `Assoc/Entity/…/Assoc/Entity` from the context object or from `variable`. */
  z.object({ kind: z.literal('association'), path: memberPath, variable: z.optional(z.string()), sort: list(sortItem) }),
  z.object({ kind: z.literal('nanoflow'), nanoflow: qualifiedName, arguments: callArguments }),
  z.object({ kind: z.literal('microflow'), microflow: qualifiedName, arguments: callArguments }),
  /** The selection of another widget of the page. */
  z.object({ kind: z.literal('listen'), widget: z.string() }),
  z.object({
    kind: z.literal('opaque'),
    type: z.string(),
    uses: z._default(z.array(z.object({ element: z.string(), how: z.string() })), []),
    raw: z.unknown(),
  }),
]);
export type DataSource = z.infer<typeof dataSource>;
