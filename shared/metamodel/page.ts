import { parameter } from './data-type.ts';
import { element, list, nameOf, plain, reference, text, z } from './schema.ts';
import { type Widget, widget } from './widget.ts';

const widgets = list(widget);

export const page = z.object({
  format: z.int(),
  kind: z.literal('page'),
  ...element,
  parameters: list(parameter),
  layout: reference('layout'),
  allowedModuleRoles: list(nameOf('moduleRole')),
  title: text,
  url: z.optional(plain),
  widgets,
});
export type Page = Omit<z.infer<typeof page>, 'widgets'> & { widgets: Widget[] };

export const snippet = z.object({
  format: z.int(),
  kind: z.literal('snippet'),
  ...element,
  parameters: list(parameter),
  widgets,
});
export type Snippet = Omit<z.infer<typeof snippet>, 'widgets'> & { widgets: Widget[] };

/** A page's widgets stand in the layout's one placeholder. `chrome` says what the device's shell shows around it. */
export const layout = z.object({
  format: z.int(),
  kind: z.literal('layout'),
  ...element,
  chrome: z._default(z.enum(['full', 'popup', 'none']), 'full'),
  widgets,
});
export type Layout = Omit<z.infer<typeof layout>, 'widgets'> & { widgets: Widget[] };
