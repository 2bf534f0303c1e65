import { action, callArguments } from './action.ts';
import { dataSource } from './data-source.ts';
import {
  elementId,
  expressionText,
  flag,
  list,
  memberPath,
  name,
  nameOf,
  opaqueUse,
  plain,
  reference,
  templateText,
  text,
  z,
} from './schema.ts';

/** What every widget carries. `visible` and `editable` are Boolean expressions over the context; absent means true. */
const base = {
  id: elementId,
  name,
  visible: z.optional(expressionText),
  visibleRoles: list(nameOf('userRole')),
  editable: z.optional(expressionText),
  class: z.optional(plain),
  style: z.optional(plain),
};

const NOTHING = { kind: 'nothing' } as const;
const actionOr = z._default(action, NOTHING);

/** Stands for a child in the schemas' own types; `Widget` below puts the union in its place. */
type Child = { kind: string };

function children() {
  return list(z.lazy((): z.core.$ZodType<Child> => widget));
}

const input = {
  ...base,
  attribute: memberPath,
  label: z.optional(text),
  onChange: actionOr,
  onEnter: actionOr,
  onLeave: actionOr,
};

/** Text with {1}, {2}… replaced by the parameters' formatted values. */
export const template = z.object({ text: templateText, parameters: list(expressionText) });
export type Template = z.infer<typeof template>;

const container = z.object({ kind: z.literal('container'), ...base, onClick: actionOr, widgets: children() });
const columns = z.object({
  kind: z.literal('columns'),
  ...base,
  /** Weights of twelve on a wide screen; columns stack on a phone unless `keepOnPhone`. */
  columns: list(z.object({ id: elementId, weight: z._default(z.int(), 6), widgets: children() })),
  keepOnPhone: flag(false),
});
const tabs = z.object({
  kind: z.literal('tabs'),
  ...base,
  tabs: list(
    z.object({ id: elementId, name, caption: text, visible: z.optional(expressionText), widgets: children() }),
  ),
});
const groupBox = z.object({
  kind: z.literal('groupBox'),
  ...base,
  caption: text,
  collapsible: flag(false),
  widgets: children(),
});
const textWidget = z.object({
  kind: z.literal('text'),
  ...base,
  caption: text,
  variant: z._default(z.enum(['body', 'muted', 'strong']), 'body'),
});
const dynamicText = z.object({
  kind: z.literal('dynamicText'),
  ...base,
  content: template,
  variant: z._default(z.enum(['body', 'muted', 'strong', 'title', 'badge']), 'body'),
});
const title = z.object({ kind: z.literal('title'), ...base, caption: text });
const image = z.object({ kind: z.literal('image'), ...base, image: reference('image') });
const divider = z.object({ kind: z.literal('divider'), ...base });
const button = z.object({
  kind: z.literal('button'),
  ...base,
  caption: text,
  icon: z.optional(reference('icon')),
  variant: z._default(z.enum(['primary', 'secondary', 'danger', 'link']), 'secondary'),
  action: actionOr,
});
const dataView = z.object({
  kind: z.literal('dataView'),
  ...base,
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
const listView = z.object({ kind: z.literal('listView'), ...listBase, widgets: children() });
const gallery = z.object({
  kind: z.literal('gallery'),
  ...listBase,
  columns: z._default(z.int(), 2),
  widgets: children(),
});
const dataGrid = z.object({
  kind: z.literal('dataGrid'),
  ...listBase,
  columns: list(z.object({ id: elementId, caption: text, path: memberPath, width: z.optional(z.int()) })),
});
const textBox = z.object({ kind: z.literal('textBox'), ...input, placeholder: z.optional(text) });
const textArea = z.object({
  kind: z.literal('textArea'),
  ...input,
  rows: z._default(z.int(), 4),
  placeholder: z.optional(text),
});
const checkBox = z.object({ kind: z.literal('checkBox'), ...input });
const radioButtons = z.object({ kind: z.literal('radioButtons'), ...input });
const dropDown = z.object({ kind: z.literal('dropDown'), ...input });
const datePicker = z.object({
  kind: z.literal('datePicker'),
  ...input,
  mode: z._default(z.enum(['date', 'time', 'dateTime']), 'date'),
});
const numberInput = z.object({ kind: z.literal('numberInput'), ...input, unit: z.optional(text) });
const selector = {
  ...base,
  /** The association to set, owned by the context object's entity. */
  association: reference('association'),
  label: z.optional(text),
  /** What to choose from: a database source of the far entity. */
  selectable: dataSource,
  /** Member of the far entity that stands for it. */
  caption: memberPath,
  onChange: actionOr,
};
const referenceSelector = z.object({ kind: z.literal('referenceSelector'), ...selector });
const referenceSetSelector = z.object({ kind: z.literal('referenceSetSelector'), ...selector });
/** The context object, or `source`, is a System.FileDocument. */
const fileUpload = z.object({
  kind: z.literal('fileUpload'),
  ...base,
  label: z.optional(text),
  accept: z.optional(plain),
  maxMegabytes: z._default(z.number(), 10),
});
const imageUpload = z.object({
  kind: z.literal('imageUpload'),
  ...base,
  label: z.optional(text),
  maxMegabytes: z._default(z.number(), 10),
});
const imageViewer = z.object({
  kind: z.literal('imageViewer'),
  ...base,
  source: z._default(dataSource, { kind: 'context' }),
  thumbnail: flag(false),
  onClick: actionOr,
});
const barcode = z.object({ kind: z.literal('barcode'), ...input });
const signature = z.object({ kind: z.literal('signature'), ...base, label: z.optional(text) });
/** Reads the device's position into two numbers; shows no map. */
const location = z.object({
  kind: z.literal('location'),
  ...base,
  latitude: memberPath,
  longitude: memberPath,
  label: z.optional(text),
});
const snippetCall = z.object({
  kind: z.literal('snippetCall'),
  ...base,
  snippet: reference('snippet'),
  arguments: callArguments,
});
const syncStatus = z.object({ kind: z.literal('syncStatus'), ...base });
const conflictInbox = z.object({ kind: z.literal('conflictInbox'), ...base });
const validationMessage = z.object({
  kind: z.literal('validationMessage'),
  ...base,
  attribute: z.optional(memberPath),
});
const loginName = z.object({ kind: z.literal('loginName'), ...base, label: z.optional(text) });
const password = z.object({ kind: z.literal('password'), ...base, label: z.optional(text) });
const menuWidget = z.object({ kind: z.literal('menu'), ...base, menu: z.optional(reference('menu')) });
/** Where a layout lets the page in. */
const placeholder = z.object({ kind: z.literal('placeholder'), ...base });
const custom = z.object({
  kind: z.literal('custom'),
  ...base,
  package: plain,
  properties: z._default(
    z.record(
      plain,
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('value'), value: z.unknown() }),
        z.object({ kind: z.literal('text'), text: template }),
        z.object({ kind: z.literal('expression'), expression: expressionText }),
        z.object({ kind: z.literal('attribute'), path: memberPath }),
        z.object({ kind: z.literal('association'), path: memberPath }),
        z.object({ kind: z.literal('action'), action }),
        z.object({ kind: z.literal('dataSource'), source: dataSource }),
        z.object({ kind: z.literal('widgets'), widgets: children() }),
        z.object({ kind: z.literal('image'), image: reference('image') }),
      ]),
    ),
    {},
  ),
});
const opaque = z.object({
  kind: z.literal('opaque'),
  ...base,
  type: plain,
  uses: list(opaqueUse),
  raw: z.unknown(),
});

export const widget = z.discriminatedUnion('kind', [
  container,
  columns,
  tabs,
  groupBox,
  textWidget,
  dynamicText,
  title,
  image,
  divider,
  button,
  dataView,
  listView,
  gallery,
  dataGrid,
  textBox,
  textArea,
  checkBox,
  radioButtons,
  dropDown,
  datePicker,
  numberInput,
  referenceSelector,
  referenceSetSelector,
  fileUpload,
  imageUpload,
  imageViewer,
  barcode,
  signature,
  location,
  snippetCall,
  syncStatus,
  conflictInbox,
  validationMessage,
  loginName,
  password,
  menuWidget,
  placeholder,
  custom,
  opaque,
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
  | (Omit<Of<'custom'>, 'properties'> & { properties: { [key: string]: CustomProperty } });
export type CustomProperty =
  | Exclude<Of<'custom'>['properties'][string], { kind: 'widgets' }>
  | ({ kind: 'widgets' } & Kids);
export type WidgetKind = Widget['kind'];
export type WidgetOf<K extends WidgetKind> = Extract<Widget, { kind: K }>;
