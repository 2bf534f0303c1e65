import { action, callArguments } from './action.ts';
import { dataSource } from './data-source.ts';
import { elementId, expressionText, flag, list, memberPath, name, qualifiedName, text, z } from './schema.ts';

/** What every widget carries. `visible` and `editable` are Boolean expressions over the context; absent means true. */
const base = {
  id: elementId,
  name,
  visible: z.optional(expressionText),
  visibleRoles: list(name),
  editable: z.optional(expressionText),
  class: z.optional(z.string()),
  style: z.optional(z.string()),
};

const NOTHING = { kind: 'nothing' } as const;
const actionOr = z._default(action, NOTHING);

/** Stands for a child in the schemas' own types; `Widget` below puts the union in its place. */
type Child = { kind: string };

function children() {
  return list(z.lazy((): z.core.$ZodType<Child> => widget));
}

const input = { ...base, attribute: memberPath, label: z.optional(text), onChange: actionOr, onEnter: actionOr, onLeave: actionOr };

/** Text with {1}, {2}… replaced by the parameters' formatted values. */
export const template = z.object({ text, parameters: list(expressionText) });
export type Template = z.infer<typeof template>;

const container = z.object({ ...base, kind: z.literal('container'), onClick: actionOr, widgets: children() });
const columns = z.object({
  ...base,
  kind: z.literal('columns'),
  /** Weights of twelve on a wide screen; columns stack on a phone unless `keepOnPhone`. */
  columns: list(z.object({ id: elementId, weight: z._default(z.int(), 6), widgets: children() })),
  keepOnPhone: flag(false),
});
const tabs = z.object({
  ...base,
  kind: z.literal('tabs'),
  tabs: list(z.object({ id: elementId, name, caption: text, visible: z.optional(expressionText), widgets: children() })),
});
const groupBox = z.object({ ...base, kind: z.literal('groupBox'), caption: text, collapsible: flag(false), widgets: children() });
const textWidget = z.object({ ...base, kind: z.literal('text'), caption: text, variant: z._default(z.enum(['body', 'muted', 'strong']), 'body') });
const dynamicText = z.object({
  ...base,
  kind: z.literal('dynamicText'),
  content: template,
  variant: z._default(z.enum(['body', 'muted', 'strong', 'title', 'badge']), 'body'),
});
const title = z.object({ ...base, kind: z.literal('title'), caption: text });
const image = z.object({ ...base, kind: z.literal('image'), image: qualifiedName });
const divider = z.object({ ...base, kind: z.literal('divider') });
const button = z.object({
  ...base,
  kind: z.literal('button'),
  caption: text,
  icon: z.optional(z.string()),
  variant: z._default(z.enum(['primary', 'secondary', 'danger', 'link']), 'secondary'),
  action: actionOr,
});
const dataView = z.object({
  ...base,
  kind: z.literal('dataView'),
  source: dataSource,
  readOnly: flag(false),
  empty: z.optional(text),
  widgets: children(),
});
const listBase = {
  ...base,
  source: dataSource,
  pageSize: z._default(z.int(), 20),
  onClick: actionOr,
  pullToRefresh: flag(true),
  /** String members searched by a text field above the list. */
  search: list(memberPath),
  empty: z.optional(text),
};
const listView = z.object({ ...listBase, kind: z.literal('listView'), widgets: children() });
const gallery = z.object({ ...listBase, kind: z.literal('gallery'), columns: z._default(z.int(), 2), widgets: children() });
const dataGrid = z.object({
  ...listBase,
  kind: z.literal('dataGrid'),
  columns: list(z.object({ id: elementId, caption: text, path: memberPath, width: z.optional(z.int()) })),
});
const textBox = z.object({ ...input, kind: z.literal('textBox'), placeholder: z.optional(text) });
const textArea = z.object({ ...input, kind: z.literal('textArea'), rows: z._default(z.int(), 4), placeholder: z.optional(text) });
const checkBox = z.object({ ...input, kind: z.literal('checkBox') });
const radioButtons = z.object({ ...input, kind: z.literal('radioButtons') });
const dropDown = z.object({ ...input, kind: z.literal('dropDown') });
const datePicker = z.object({ ...input, kind: z.literal('datePicker'), mode: z._default(z.enum(['date', 'time', 'dateTime']), 'date') });
const numberInput = z.object({ ...input, kind: z.literal('numberInput'), unit: z.optional(text) });
const selector = {
  ...base,
  /** The association to set, owned by the context object's entity. */
  association: qualifiedName,
  label: z.optional(text),
  /** What to choose from: a database source of the far entity. */
  selectable: dataSource,
  /** Member of the far entity that stands for it. */
  caption: memberPath,
  onChange: actionOr,
};
const referenceSelector = z.object({ ...selector, kind: z.literal('referenceSelector') });
const referenceSetSelector = z.object({ ...selector, kind: z.literal('referenceSetSelector') });
/** The context object, or `source`, is a System.FileDocument. */
const fileUpload = z.object({ ...base, kind: z.literal('fileUpload'), label: z.optional(text), accept: z.optional(z.string()), maxMegabytes: z._default(z.number(), 10) });
const imageUpload = z.object({ ...base, kind: z.literal('imageUpload'), label: z.optional(text), maxMegabytes: z._default(z.number(), 10) });
const imageViewer = z.object({ ...base, kind: z.literal('imageViewer'), source: z._default(dataSource, { kind: 'context' }), thumbnail: flag(false), onClick: actionOr });
const barcode = z.object({ ...input, kind: z.literal('barcode') });
const signature = z.object({ ...base, kind: z.literal('signature'), label: z.optional(text) });
/** Reads the device's position into two numbers; shows no map. */
const location = z.object({ ...base, kind: z.literal('location'), latitude: memberPath, longitude: memberPath, label: z.optional(text) });
const snippetCall = z.object({ ...base, kind: z.literal('snippetCall'), snippet: qualifiedName, arguments: callArguments });
const syncStatus = z.object({ ...base, kind: z.literal('syncStatus') });
const conflictInbox = z.object({ ...base, kind: z.literal('conflictInbox') });
const validationMessage = z.object({ ...base, kind: z.literal('validationMessage'), attribute: z.optional(memberPath) });
const loginName = z.object({ ...base, kind: z.literal('loginName'), label: z.optional(text) });
const password = z.object({ ...base, kind: z.literal('password'), label: z.optional(text) });
const menuWidget = z.object({ ...base, kind: z.literal('menu'), menu: z.optional(qualifiedName) });
/** Where a layout lets the page in. */
const placeholder = z.object({ ...base, kind: z.literal('placeholder') });
const custom = z.object({
  ...base,
  kind: z.literal('custom'),
  package: z.string(),
  properties: z._default(
    z.record(
      z.string(),
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('value'), value: z.unknown() }),
        z.object({ kind: z.literal('text'), text: template }),
        z.object({ kind: z.literal('expression'), expression: expressionText }),
        z.object({ kind: z.literal('attribute'), path: memberPath }),
        z.object({ kind: z.literal('association'), path: memberPath }),
        z.object({ kind: z.literal('action'), action }),
        z.object({ kind: z.literal('dataSource'), source: dataSource }),
        z.object({ kind: z.literal('widgets'), widgets: children() }),
        z.object({ kind: z.literal('image'), image: qualifiedName }),
      ]),
    ),
    {},
  ),
});
const opaque = z.object({
  ...base,
  kind: z.literal('opaque'),
  type: z.string(),
  uses: list(z.object({ element: z.string(), how: z.string() })),
  raw: z.unknown(),
});

export const widget = z.discriminatedUnion('kind', [
  container, columns, tabs, groupBox, textWidget, dynamicText, title, image, divider, button, dataView, listView, gallery,
  dataGrid, textBox, textArea, checkBox, radioButtons, dropDown, datePicker, numberInput, referenceSelector,
  referenceSetSelector, fileUpload, imageUpload, imageViewer, barcode, signature, location, snippetCall, syncStatus,
  conflictInbox, validationMessage, loginName, password, menuWidget, placeholder, custom, opaque,
]);

type Kids = { widgets: Widget[] };
type Flat = Exclude<
  z.infer<typeof widget>,
  { kind: 'container' | 'columns' | 'tabs' | 'groupBox' | 'dataView' | 'listView' | 'gallery' | 'custom' }
>;
type Of<K extends string> = Extract<z.infer<typeof widget>, { kind: K }>;
export type Widget =
  | Flat
  | (Omit<Of<'container'>, 'widgets'> & Kids)
  | (Omit<Of<'columns'>, 'columns'> & { columns: ({ id: z.infer<typeof elementId>; weight: number } & Kids)[] })
  | (Omit<Of<'tabs'>, 'tabs'> & { tabs: (Omit<Of<'tabs'>['tabs'][number], 'widgets'> & Kids)[] })
  | (Omit<Of<'groupBox'>, 'widgets'> & Kids)
  | (Omit<Of<'dataView'>, 'widgets'> & Kids)
  | (Omit<Of<'listView'>, 'widgets'> & Kids)
  | (Omit<Of<'gallery'>, 'widgets'> & Kids)
  | Omit<Of<'custom'>, 'properties'> & { properties: { [key: string]: CustomProperty } };
export type CustomProperty =
  | Exclude<Of<'custom'>['properties'][string], { kind: 'widgets' }>
  | ({ kind: 'widgets' } & Kids);
export type WidgetKind = Widget['kind'];
export type WidgetOf<K extends WidgetKind> = Extract<Widget, { kind: K }>;
