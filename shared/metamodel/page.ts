import { parameter } from './data-type.ts';
import { element, list, name, qualifiedName, text, z } from './schema.ts';
import { type Widget, widget } from './widget.ts';

const head = { format: z.int(), ...element };
const widgets = list(widget);

export const page = z.object({
  ...head,
  kind: z.literal('page'),
  parameters: list(parameter),
  layout: qualifiedName,
  allowedModuleRoles: list(name),
  title: text,
  url: z.optional(z.string()),
  widgets,
});
export type Page = Omit<z.infer<typeof page>, 'widgets'> & { widgets: Widget[] };

export const snippet = z.object({ ...head, kind: z.literal('snippet'), parameters: list(parameter), widgets });
export type Snippet = Omit<z.infer<typeof snippet>, 'widgets'> & { widgets: Widget[] };

/** A page's widgets stand in the layout's one placeholder. `chrome` says what the device's shell shows around it. */
export const layout = z.object({
  ...head,
  kind: z.literal('layout'),
  chrome: z._default(z.enum(['full', 'popup', 'none']), 'full'),
  widgets,
});
export type Layout = Omit<z.infer<typeof layout>, 'widgets'> & { widgets: Widget[] };
