import { dataType, parameter } from './data-type.ts';
import { type MenuItem, menuItem } from './navigation-profile.ts';
import {
  documentation,
  element,
  elementId,
  expressionText,
  flag,
  list,
  name,
  opaqueUse,
  plain,
  reference,
  text,
  z,
} from './schema.ts';

export const enumeration = z.object({
  format: z.int(),
  kind: z.literal('enumeration'),
  ...element,
  values: list(z.object({ id: elementId, name, caption: text, image: z.optional(reference('image')) })),
});
export type Enumeration = z.infer<typeof enumeration>;

/** `type` is a primitive's kind; `value` its text. Read with `@Module.Name`. */
export const constant = z.object({
  format: z.int(),
  kind: z.literal('constant'),
  ...element,
  type: z.enum(['String', 'Integer', 'Long', 'Decimal', 'Boolean', 'DateTime']),
  value: plain,
});
export type Constant = z.infer<typeof constant>;

export const regularExpression = z.object({
  format: z.int(),
  kind: z.literal('regularExpression'),
  ...element,
  expression: plain,
});
export type RegularExpression = z.infer<typeof regularExpression>;

/** A Boolean expression over its parameters, to be used by decisions. */
export const rule = z.object({
  format: z.int(),
  kind: z.literal('rule'),
  ...element,
  parameters: list(parameter),
  expression: expressionText,
});
export type Rule = z.infer<typeof rule>;

/** The signature; the source stands beside it in `<Name>.ts`. `uses` declares what the code touches behind the analyzer's back. */
export const javaScriptAction = z.object({
  format: z.int(),
  kind: z.literal('javaScriptAction'),
  ...element,
  parameters: list(parameter),
  returnType: z.optional(dataType),
  uses: z._default(z.object({ entities: list(reference('entity')) }), { entities: [] }),
});
export type JavaScriptAction = z.infer<typeof javaScriptAction>;

export const menu = z.object({ format: z.int(), kind: z.literal('menu'), ...element, items: list(menuItem) });
export type Menu = Omit<z.infer<typeof menu>, 'items'> & { items: MenuItem[] };

export const image = z.object({ format: z.int(), kind: z.literal('image'), ...element, mediaType: plain, data: plain });
export type Image = z.infer<typeof image>;

/** What an import could not map: shown, kept, counted by the analyzer, reported, never run. */
export const opaqueDocument = z.object({
  format: z.int(),
  kind: z.literal('opaque'),
  ...element,
  type: plain,
  uses: list(opaqueUse),
  raw: z.unknown(),
});
export type OpaqueDocument = z.infer<typeof opaqueDocument>;

export const module = z.object({
  format: z.int(),
  kind: z.literal('module'),
  id: elementId,
  name,
  documentation,
  moduleRoles: list(z.object({ id: elementId, name, documentation })),
  position: z._default(z.number(), 0),
});
export type Module = z.infer<typeof module>;

export const domain = z.object({
  format: z.int(),
  kind: z.literal('domain'),
  annotations: list(z.object({ id: elementId, text: plain })),
  showInherited: flag(false),
});
export type Domain = z.infer<typeof domain>;
