import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { WidgetKind } from '@skerry/shared/metamodel/widget';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import { type GalleryBundle, galleryBundle } from './gallery-bundle.ts';
import { anApp, idOf, type Loose } from './model-builder.ts';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkaPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const caption = (en: string) => ({ en });
const input = (kind: WidgetKind, attribute: string, label: string, more: Loose = {}) => ({
  kind,
  attribute,
  label: caption(label),
  ...more,
});
const strings = (...texts: readonly string[]) => ({ text: caption(texts[0] ?? ''), parameters: texts.slice(1) });
const parts = { kind: 'database', entity: 'Show.Part', sort: [{ path: 'Name' }] };

/** One of each kind of widget that shows or edits the thing of the page; by kind, and each kind once or more. */
const ONE_OF_EACH: readonly Loose[] = [
  { kind: 'title', caption: caption('One of each') },
  { kind: 'text', caption: caption('Plain words') },
  { kind: 'dynamicText', content: strings('Number {1} of {2}', '$currentObject/Serial', '$currentObject/Name') },
  { kind: 'divider' },
  { kind: 'image', image: 'Show.Logo' },
  { kind: 'container', class: 'card', widgets: [{ kind: 'text', caption: caption('Inside a container') }] },
  {
    kind: 'columns',
    columns: [
      { id: idOf('column-left'), widgets: [{ kind: 'text', name: 'left', caption: caption('Left') }] },
      { id: idOf('column-right'), widgets: [{ kind: 'text', name: 'right', caption: caption('Right') }] },
    ],
  },
  {
    kind: 'tabs',
    tabs: [
      { name: 'first', caption: caption('First'), widgets: [{ kind: 'text', caption: caption('Tab one') }] },
      { name: 'second', caption: caption('Second'), widgets: [{ kind: 'text', caption: caption('Tab two') }] },
    ],
  },
  {
    kind: 'groupBox',
    caption: caption('A group'),
    collapsible: true,
    widgets: [{ kind: 'text', caption: caption('In a group') }],
  },
  {
    kind: 'button',
    caption: caption('Press me'),
    icon: 'check',
    action: { kind: 'callNanoflow', nanoflow: 'Show.Run' },
  },
  {
    kind: 'button',
    caption: caption('Not now'),
    editable: 'false',
    action: { kind: 'callNanoflow', nanoflow: 'Show.Run' },
  },
  input('textBox', 'Name', 'Name', { placeholder: caption('Anything') }),
  input('textArea', 'Notes', 'Notes', { rows: 2 }),
  input('checkBox', 'Ready', 'Ready'),
  input('radioButtons', 'Colour', 'Colour'),
  input('dropDown', 'Colour', 'Colour again'),
  input('datePicker', 'Due', 'Due'),
  input('datePicker', 'Due', 'At', { mode: 'dateTime' }),
  input('datePicker', 'Due', 'Due, to read', { editable: 'false' }),
  input('numberInput', 'Weight', 'Weight', { unit: caption('kg') }),
  input('numberInput', 'Count', 'Count'),
  input('textBox', 'Name', 'Name, to read', { editable: 'false' }),
  input('barcode', 'Code', 'Code'),
  { kind: 'validationMessage', attribute: 'Name' },
  {
    kind: 'referenceSelector',
    association: 'Show.Thing_Part',
    label: caption('Main part'),
    selectable: parts,
    caption: 'Name',
  },
  {
    kind: 'referenceSetSelector',
    association: 'Show.Thing_Spares',
    label: caption('Spares'),
    selectable: parts,
    caption: 'Name',
  },
  { kind: 'location', latitude: 'Latitude', longitude: 'Longitude', label: caption('Place') },
  { kind: 'snippetCall', snippet: 'Show.Card', arguments: { Thing: '$currentObject' } },
  ...(['imageUpload', 'imageViewer', 'signature'] as const).map((kind) => ({
    kind: 'dataView',
    name: `${kind}View`,
    source: { kind: 'association', path: 'Show.Thing_Picture/Show.Picture' },
    widgets: [{ kind, name: kind, ...(kind === 'imageViewer' ? {} : { label: caption(kind) }) }],
  })),
  {
    kind: 'dataView',
    name: 'paperView',
    source: { kind: 'association', path: 'Show.Thing_Paper/Show.Paper' },
    widgets: [{ kind: 'fileUpload', label: caption('Paper') }],
  },
  {
    kind: 'listView',
    name: 'partList',
    source: parts,
    pageSize: 3,
    search: ['Name'],
    onClick: { kind: 'nothing' },
    widgets: [{ kind: 'dynamicText', content: strings('{1}', '$currentObject/Name') }],
  },
  {
    kind: 'gallery',
    source: parts,
    pageSize: 2,
    widgets: [{ kind: 'dynamicText', content: strings('{1}', '$currentObject/Name') }],
  },
  {
    kind: 'dataGrid',
    name: 'partGrid',
    source: parts,
    pageSize: 4,
    onClick: { kind: 'callNanoflow', nanoflow: 'Show.Run' },
    columns: [
      { caption: caption('Name'), path: 'Name' },
      { caption: caption('Number'), path: 'Number' },
      { caption: caption('Made on'), path: 'Made' },
      { caption: caption('Price'), path: 'Price' },
    ],
  },
  {
    kind: 'dataView',
    name: 'chosenPart',
    source: { kind: 'listen', widget: 'partGrid' },
    empty: caption('Choose a part.'),
    widgets: [{ kind: 'dynamicText', content: strings('Chosen: {1}', '$currentObject/Name') }],
  },
  { kind: 'listView', name: 'nobody', source: { kind: 'database', entity: 'Show.Nothing' }, widgets: [] },
  { kind: 'menu' },
  { kind: 'syncStatus' },
  { kind: 'conflictInbox' },
  { kind: 'loginName', label: caption('Login') },
  { kind: 'password', label: caption('Secret') },
  { kind: 'custom', package: 'show.chart', properties: {} },
  { kind: 'opaque', type: 'Other.Widget', uses: [], raw: {} },
];

function model(): Model {
  const app = anApp()
    .withEnumeration('Show.Colour', ['Red', 'Green', 'Blue'])
    .withEntity('Show.Person', { generalization: 'System.User' })
    .withEntity('Show.Part', {
      attributes: { Name: 'String', Number: 'AutoNumber', Made: 'DateTime', Price: 'Decimal' },
    })
    .withEntity('Show.Nothing', { attributes: { Name: 'String' } })
    .withEntity('Show.Picture', { generalization: 'System.Image' })
    .withEntity('Show.Paper', { generalization: 'System.FileDocument' })
    .withEntity('Show.Thing', {
      attributes: {
        Serial: 'AutoNumber',
        Name: 'String(40)',
        Notes: 'String(unlimited)',
        Ready: 'Boolean',
        Colour: 'Enumeration(Show.Colour)',
        Due: 'DateTime',
        Weight: 'Decimal',
        Count: 'Integer',
        Code: 'String',
        Latitude: 'Decimal',
        Longitude: 'Decimal',
      },
      associations: {
        Thing_Part: 'Show.Part',
        Thing_Spares: 'Show.Part*',
        Thing_Picture: 'Show.Picture',
        Thing_Paper: 'Show.Paper',
      },
      more: {
        validationRules: [
          { id: idOf('rule-name'), kind: 'required', attribute: 'Name', message: caption('A thing needs a name.') },
        ],
      },
    })
    .withNanoflow('Show.Run', [])
    .withSnippet('Show.Card', [{ kind: 'dynamicText', content: strings('Card of {1}', '$Thing/Name') }], {
      parameters: { Thing: 'Show.Thing' },
    })
    .withPage('Show.Everything', [
      {
        kind: 'dataView',
        name: 'thing',
        source: { kind: 'database', entity: 'Show.Thing' },
        widgets: [...ONE_OF_EACH],
      },
    ])
    .withDocument('modules/Show/images/Logo.json', {
      format: 1,
      kind: 'image',
      id: idOf('logo'),
      name: 'Logo',
      mediaType: 'image/png',
      data: PIXEL,
    })
    .withProfile('Phone', {
      home: 'Show.Everything',
      menu: [
        { caption: caption('Everything'), icon: 'star', action: { kind: 'openPage', page: 'Show.Everything' } },
        { caption: caption('Run'), icon: 'play', action: { kind: 'callNanoflow', nanoflow: 'Show.Run' } },
        // Captions as wide as apps have them.
        ...['Equipment', 'Customer visits', 'Wartungsvereinbarungen'].map((text) => ({
          caption: caption(text),
          icon: 'list',
          action: { kind: 'nothing' },
        })),
      ],
      synchronization: { triggers: { pullToRefresh: false } },
    });
  return app.model();
}

/** A page with one of each kind of widget. */
export function widgetGallery(): GalleryBundle {
  const built = model();
  const view = domainView(built);
  const id = (serial: number) => `01999999-0000-7000-8000-${String(serial).padStart(12, '0')}` as ObjectId;
  const make = (entity: string, serial: number, cells: { readonly [member: string]: Cell } = {}): DemoObject => ({
    entity,
    id: id(serial),
    cells: Object.fromEntries(
      Object.entries(cells).map(([member, cell]) => {
        const owned = view.owned(entity).find(({ qualifiedName }) => qualifiedName === member);
        return [view.attributes(entity).get(member)?.id ?? owned?.id ?? member, cell];
      }),
    ),
    links: {},
  });
  const partNames = ['Axle', 'Bearing', 'Cable', 'Damper', 'Elbow', 'Flange', 'Gasket'];
  const objects = [
    make('Show.Person', 900, { FullName: 'Anna' }),
    make('Show.Picture', 901),
    make('Show.Paper', 902),
    ...partNames.map((Name, index) =>
      make('Show.Part', 100 + index, {
        Name,
        Number: String(1001 + index),
        Made: Date.UTC(2026, 0, 1 + index),
        Price: '1234.5',
      }),
    ),
    make('Show.Thing', 903, {
      Serial: '12345',
      Name: 'Pump',
      Ready: true,
      Due: Date.UTC(2026, 10, 30, 8, 30),
      Weight: '12.5',
      'Show.Thing_Picture': id(901),
      'Show.Thing_Paper': id(902),
    }),
  ];
  return galleryBundle(built, 'Phone', objects, 'Show.Person');
}

/** Kinds on the page, to hold against all there are. */
export function kindsShown(): ReadonlySet<string> {
  const kinds = new Set<string>(['placeholder']);
  const visit = (node: unknown) => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (typeof node === 'object' && node !== null) {
      if ('kind' in node && typeof node.kind === 'string') kinds.add(node.kind);
      Object.values(node).forEach(visit);
    }
  };
  visit(ONE_OF_EACH);
  return kinds;
}
