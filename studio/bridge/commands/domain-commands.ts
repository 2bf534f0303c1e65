import { documentPath, elementId, json, z } from '../declare.ts';

const point = { x: z.number(), y: z.number() };

/** Gestures on the diagram of entities. */
export const DOMAIN_COMMANDS = {
  /** An entity, and its box at a point of the module's diagram when one is given. */
  'entity.create': z.object({
    module: z.string(),
    name: z.optional(z.string()),
    /** Qualified name. */
    generalization: z.optional(z.string()),
    at: z.optional(z.object(point)),
  }),
  /** `type` is a value of the entity schema's attribute type; default String(200). */
  'attribute.create': z.object({
    entity: documentPath,
    name: z.optional(z.string()),
    type: z.optional(json()),
    after: z.optional(z.nullable(elementId)),
  }),
  /** Between two entities by qualified name; it stands in the file of `from`. Name absent: `From_To`, numbered when taken. */
  'association.create': z.object({
    from: z.string(),
    to: z.string(),
    type: z.optional(z.enum(['reference', 'referenceSet'])),
    owner: z.optional(z.enum(['default', 'both'])),
    name: z.optional(z.string()),
  }),
  /** Turns an association round: the other entity becomes its owner. */
  'association.reverse': z.object({ document: documentPath, element: elementId }),
  /** Geometry by element id in the document's sidecar; null forgets it. Never touches the document. */
  'layout.set': z.object({
    document: documentPath,
    boxes: z.record(
      elementId,
      z.nullable(z.object({ ...point, width: z.optional(z.number()), height: z.optional(z.number()) })),
    ),
    label: z.optional(z.string()),
    merge: z.optional(z.string()),
  }),
} as const;
