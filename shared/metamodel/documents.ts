import { elementId, element, expressionText, flag, list, name, qualifiedName, text, z } from './schema.ts';
import { parameter, dataType } from './data-type.ts';
import { type MenuItem, menuItem } from './navigation-profile.ts';

const head = { format: z.int(), ...element };

export const enumeration = z.object({
  ...head,
  kind: z.literal('enumeration'),
  values: list(z.object({ id: elementId, name, caption: text, image: z.optional(qualifiedName) })),
});
export type Enumeration = z.infer<typeof enumeration>;

/** `type` is a primitive's kind; `value` its text. Read with `@Module.Name`. */
export const constant = z.object({
  ...head,
  kind: z.literal('constant'),
  type: z.enum(['String', 'Integer', 'Long', 'Decimal', 'Boolean', 'DateTime']),
  value: z.string(),
});
export type Constant = z.infer<typeof constant>;

export const regularExpression = z.object({ ...head, kind: z.literal('regularExpression'), expression: z.string() });
export type RegularExpression = z.infer<typeof regularExpression>;

/** A Boolean expression over its parameters, to be used by decisions. */
export const rule = z.object({ ...head, kind: z.literal('rule'), parameters: list(parameter), expression: expressionText });
export type Rule = z.infer<typeof rule>;

/** The signature; the source stands beside it in `<Name>.ts`. `uses` declares what the code touches behind the analyzer's back. */
export const javaScriptAction = z.object({
  ...head,
  kind: z.literal('javaScriptAction'),
  parameters: list(parameter),
  returnType: z.optional(dataType),
  uses: z._default(z.object({ entities: list(qualifiedName) }), { entities: [] }),
});
export type JavaScriptAction = z.infer<typeof javaScriptAction>;

export const menu = z.object({ ...head, kind: z.literal('menu'), items: list(menuItem) });
export type Menu = Omit<z.infer<typeof menu>, 'items'> & { items: MenuItem[] };

export const image = z.object({ ...head, kind: z.literal('image'), mediaType: z.string(), data: z.string() });
export type Image = z.infer<typeof image>;

/** What an import could not map: shown, kept, counted by the analyzer, reported, never run. */
export const opaqueDocument = z.object({
  ...head,
  kind: z.literal('opaque'),
  type: z.string(),
  uses: list(z.object({ element: z.string(), how: z.string() })),
  raw: z.unknown(),
});
export type OpaqueDocument = z.infer<typeof opaqueDocument>;

export const module = z.object({
  format: z.int(),
  kind: z.literal('module'),
  id: elementId,
  name,
  documentation: z.optional(z.string()),
  moduleRoles: list(z.object({ id: elementId, name, documentation: z.optional(z.string()) })),
  position: z._default(z.number(), 0),
});
export type Module = z.infer<typeof module>;

export const domain = z.object({
  format: z.int(),
  kind: z.literal('domain'),
  annotations: list(z.object({ id: elementId, text: z.string() })),
  showInherited: flag(false),
});
export type Domain = z.infer<typeof domain>;
