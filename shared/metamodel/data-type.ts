import { elementId, name, reference, z } from './schema.ts';

/** Type of a parameter, variable or result. */
export const dataType = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['String', 'Integer', 'Long', 'Decimal', 'Boolean', 'DateTime', 'Binary', 'Nothing']) }),
  z.object({ kind: z.literal('Enumeration'), enumeration: reference('enumeration') }),
  z.object({ kind: z.literal('Object'), entity: reference('entity') }),
  z.object({ kind: z.literal('List'), entity: reference('entity') }),
]);
export type DataType = z.infer<typeof dataType>;

export const parameter = z.object({ id: elementId, name, type: dataType, required: z._default(z.boolean(), true) });
export type Parameter = z.infer<typeof parameter>;
