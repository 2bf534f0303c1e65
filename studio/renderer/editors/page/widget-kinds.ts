import type { WidgetKind } from '@skerry/shared/metamodel/widget';

export type WidgetGroup = 'layout' | 'text' | 'data' | 'inputs' | 'actions' | 'files' | 'sync' | 'signIn' | 'more';

export interface KindEntry {
  readonly kind: WidgetKind;
  readonly group: WidgetGroup;
  /** A codicon's name. */
  readonly icon: string;
  /** Other words people look for. */
  readonly also?: string;
}

const row = (group: WidgetGroup, kind: WidgetKind, icon: string, also?: string): KindEntry => ({
  group,
  kind,
  icon,
  ...(also ? { also } : {}),
});

/** Every kind of widget, as the toolbox shows them. */
export const WIDGET_KINDS: readonly KindEntry[] = [
  row('layout', 'container', 'primitive-square', 'box card section'),
  row('layout', 'columns', 'split-horizontal', 'grid row'),
  row('layout', 'tabs', 'browser', 'tab container'),
  row('layout', 'groupBox', 'layout-panel', 'fieldset collapse'),
  row('layout', 'divider', 'dash', 'line separator rule'),
  row('layout', 'placeholder', 'layout-centered', 'content slot'),
  row('text', 'text', 'text-size', 'label static'),
  row('text', 'dynamicText', 'symbol-string', 'template label badge'),
  row('text', 'title', 'symbol-text', 'heading header'),
  row('text', 'image', 'file-media', 'picture logo'),
  row('text', 'imageViewer', 'eye', 'photo picture'),
  row('data', 'dataView', 'symbol-object', 'form object'),
  row('data', 'listView', 'list-unordered', 'repeat items'),
  row('data', 'gallery', 'table', 'grid cards tiles'),
  row('data', 'dataGrid', 'list-flat', 'table columns'),
  row('inputs', 'textBox', 'edit', 'input string field'),
  row('inputs', 'textArea', 'note', 'multiline notes'),
  row('inputs', 'numberInput', 'symbol-numeric', 'integer decimal'),
  row('inputs', 'checkBox', 'check', 'boolean switch toggle'),
  row('inputs', 'radioButtons', 'circle-filled', 'choice option'),
  row('inputs', 'dropDown', 'chevron-down', 'select enumeration combo'),
  row('inputs', 'datePicker', 'calendar', 'time day'),
  row('inputs', 'referenceSelector', 'references', 'association lookup'),
  row('inputs', 'referenceSetSelector', 'checklist', 'association many tags'),
  row('inputs', 'barcode', 'symbol-ruler', 'scan qr'),
  row('inputs', 'signature', 'pencil', 'sign draw'),
  row('inputs', 'location', 'globe', 'gps position latitude'),
  row('inputs', 'validationMessage', 'warning', 'error feedback'),
  row('actions', 'button', 'play', 'click action'),
  row('actions', 'menu', 'menu', 'navigation links'),
  row('actions', 'snippetCall', 'symbol-snippet', 'fragment reuse'),
  row('files', 'fileUpload', 'cloud-upload', 'attachment document'),
  row('files', 'imageUpload', 'device-camera', 'photo camera'),
  row('sync', 'syncStatus', 'sync', 'pending offline'),
  row('sync', 'conflictInbox', 'inbox', 'conflicts rejected'),
  row('signIn', 'loginName', 'account', 'user login'),
  row('signIn', 'password', 'key', 'login secret'),
  row('more', 'custom', 'extensions', 'javascript package'),
];

const ICONS: ReadonlyMap<string, string> = new Map(WIDGET_KINDS.map(({ kind, icon }) => [kind, icon]));

export function widgetIcon(kind: string): string {
  return ICONS.get(kind) ?? 'question';
}
