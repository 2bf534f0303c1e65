import { elementId, name, qualifiedName, z } from './schema.ts';

/** Type of a parameter, variable or result. */
export const dataType = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['String', 'Integer', 'Long', 'Decimal', 'Boolean', 'DateTime', 'Binary', 'Nothing']) }),
  z.object({ kind: z.literal('Enumeration'), enumeration: qualifiedName }),
  z.object({ kind: z.literal('Object'), entity: qualifiedName }),
  z.object({ kind: z.literal('List'), entity: qualifiedName }),
]);
export type DataType = z.infer<typeof dataType>;

export const parameter = z.object({ id: elementId, name, type: dataType, required: z._default(z.boolean(), true) });
export type Parameter = z.infer<typeof parameter>;
