import { derivedElementId, type ElementId } from '@skerry/shared/base/ids';
import type { JsonObject } from '@skerry/shared/base/json';
import { type Model, readModel } from '@skerry/shared/metamodel/model';
import type { RelationalPlan } from '@skerry/shared/relational/plan';
import type { ScopePlan } from '@skerry/shared/scope/plan';

export const id = (name: string): ElementId => derivedElementId(`test.${name}`);
const en = (words: string, nl?: string): JsonObject => (nl === undefined ? { en: words } : { en: words, nl });

/** A small app with something of each kind that a bundle sorts out: in scope, out of scope, secret. */
export function fieldDocuments(): Map<string, JsonObject> {
  const documents: { [path: string]: JsonObject } = {
    'skerry.json': {
      format: 1,
      kind: 'app',
      id: id('app'),
      name: 'Field',
      version: '1.0.0',
      documentation: 'SECRET-DOCUMENTATION',
      languages: [
        { tag: 'en', name: 'English' },
        { tag: 'nl', name: 'Nederlands' },
      ],
      defaultLanguage: 'en',
    },
    'security.json': {
      format: 1,
      kind: 'security',
      userRoles: [
        { id: id('role'), name: 'Inspector', moduleRoles: ['Field.User'], documentation: 'SECRET-DOCUMENTATION' },
      ],
      demoUsers: [{ name: 'ann', password: 'SECRET-PASSWORD', userRoles: ['Inspector'] }],
    },
    'navigation/Phone.json': {
      format: 1,
      kind: 'navigationProfile',
      id: id('profile'),
      name: 'Phone',
      profile: 'offlineWeb',
      homePage: { page: 'Field.Inspections' },
      menu: [],
      synchronization: { entities: { 'Field.Payroll': { mode: 'never' } }, additional: ['Field.Site'] },
    },
    'modules/Field/module.json': {
      format: 1,
      kind: 'module',
      id: id('module'),
      name: 'Field',
      moduleRoles: [{ id: id('moduleRole'), name: 'User' }],
    },
    'modules/Field/entities/Inspection.json': {
      format: 1,
      kind: 'entity',
      id: id('Inspection'),
      name: 'Inspection',
      documentation: 'SECRET-DOCUMENTATION',
      attributes: [
        {
          id: id('Inspection.Title'),
          name: 'Title',
          type: { kind: 'String', length: 100 },
          documentation: 'SECRET-DOCUMENTATION',
        },
        { id: id('Inspection.Status'), name: 'Status', type: { kind: 'Enumeration', enumeration: 'Field.Status' } },
        { id: id('Inspection.Margin'), name: 'SecretMargin', type: { kind: 'Decimal' } },
      ],
      associations: [
        { id: id('Inspection_Site'), name: 'Inspection_Site', to: 'Field.Site' },
        { id: id('Inspection_Payroll'), name: 'SecretPayroll', to: 'Field.Payroll' },
      ],
      validationRules: [
        { id: id('required'), kind: 'required', attribute: 'Title', message: en('A title, please', 'Een titel graag') },
        { id: id('range'), kind: 'range', attribute: 'SecretMargin', min: '0', message: en('Too low') },
      ],
      eventHandlers: [
        { id: id('handler'), moment: 'before', event: 'commit', flow: 'Field.OnServer' },
        { id: id('handler2'), moment: 'before', event: 'commit', flow: 'Field.OnBoth' },
      ],
      accessRules: [{ id: id('access'), moduleRoles: ['User'], constraint: '[SecretMargin > 0]' }],
    },
    'modules/Field/entities/Site.json': {
      format: 1,
      kind: 'entity',
      id: id('Site'),
      name: 'Site',
      attributes: [{ id: id('Site.Name'), name: 'Name', type: { kind: 'String' } }],
    },
    'modules/Field/entities/Payroll.json': {
      format: 1,
      kind: 'entity',
      id: id('Payroll'),
      name: 'Payroll',
      attributes: [{ id: id('Payroll.Salary'), name: 'SecretSalary', type: { kind: 'Decimal' } }],
    },
    'modules/Field/entities/Filter.json': {
      format: 1,
      kind: 'entity',
      id: id('Filter'),
      name: 'Filter',
      persistable: false,
      attributes: [{ id: id('Filter.Text'), name: 'Text', type: { kind: 'String' } }],
    },
    'modules/Field/enumerations/Status.json': {
      format: 1,
      kind: 'enumeration',
      id: id('Status'),
      name: 'Status',
      values: [
        { id: id('Open'), name: 'Open', caption: en('Open', 'Open') },
        { id: id('Closed'), name: 'Closed', caption: en('Closed', 'Gesloten') },
      ],
    },
    'modules/Field/constants/Limit.json': {
      format: 1,
      kind: 'constant',
      id: id('Limit'),
      name: 'Limit',
      type: 'Integer',
      value: '5',
    },
    'modules/Field/constants/Key.json': {
      format: 1,
      kind: 'constant',
      id: id('Key'),
      name: 'Key',
      type: 'String',
      value: 'SECRET-KEY',
    },
    'modules/Field/layouts/Phone.json': {
      format: 1,
      kind: 'layout',
      id: id('Layout'),
      name: 'Phone',
      widgets: [{ id: id('placeholder'), kind: 'placeholder', name: 'content' }],
    },
    'modules/Field/pages/Inspections.json': {
      format: 1,
      kind: 'page',
      id: id('Inspections'),
      name: 'Inspections',
      layout: 'Field.Phone',
      allowedModuleRoles: ['User'],
      title: en('Inspections', 'Inspecties'),
      widgets: [
        {
          id: id('list'),
          kind: 'listView',
          name: 'list',
          source: { kind: 'database', entity: 'Field.Inspection' },
          widgets: [
            { id: id('text'), kind: 'text', name: 'words', caption: en('Title', 'Titel') },
            {
              id: id('button'),
              kind: 'button',
              name: 'close',
              caption: en('Close', 'Sluiten'),
              action: { kind: 'callNanoflow', nanoflow: 'Field.Close', arguments: { Inspection: '$currentObject' } },
            },
            { id: id('logo'), kind: 'image', name: 'logo', image: 'Field.Logo' },
            { id: id('opaque'), kind: 'opaque', name: 'old', type: 'Old', raw: { code: 'SECRET-RAW' } },
          ],
        },
      ],
    },
    'modules/Field/pages/Payroll.json': {
      format: 1,
      kind: 'page',
      id: id('PayrollPage'),
      name: 'SecretPayroll',
      layout: 'Field.Phone',
      title: en('SECRET-PAGE'),
    },
    'modules/Field/images/Logo.json': {
      format: 1,
      kind: 'image',
      id: id('Logo'),
      name: 'Logo',
      mediaType: 'image/png',
      data: 'iVBORw0KGgo=',
    },
    'modules/Field/nanoflows/Close.json': nanoflow('Close'),
    'modules/Field/microflows/OnServer.json': microflow('OnServer', [
      { id: id('OnServer.rest'), kind: 'callRest', method: 'GET', url: "'https://secret.example'", output: 'Answer' },
    ]),
    'modules/Field/microflows/OnBoth.json': microflow('OnBoth', [
      { id: id('OnBoth.log'), kind: 'logMessage', message: "'saved'" },
    ]),
  };
  return new Map(Object.entries(documents));
}

function nanoflow(name: string): JsonObject {
  return {
    format: 1,
    kind: 'nanoflow',
    id: id(name),
    name,
    documentation: 'SECRET-DOCUMENTATION',
    parameters: [
      { id: id(`${name}.parameter`), name: 'Inspection', type: { kind: 'Object', entity: 'Field.Inspection' } },
    ],
    nodes: [
      { id: id(`${name}.start`), kind: 'start' },
      {
        id: id(`${name}.change`),
        kind: 'changeObject',
        variable: 'Inspection',
        commit: true,
        changes: [{ member: 'Title', value: "if length($Inspection/Title) > @Field.Limit then 'Long' else 'Short'" }],
      },
      { id: id(`${name}.end`), kind: 'end' },
    ],
    flows: [
      { id: id(`${name}.1`), from: id(`${name}.start`), to: id(`${name}.change`) },
      { id: id(`${name}.2`), from: id(`${name}.change`), to: id(`${name}.end`) },
    ],
  };
}

function microflow(name: string, nodes: readonly JsonObject[]): JsonObject {
  const chain = [{ id: id(`${name}.start`), kind: 'start' }, ...nodes, { id: id(`${name}.end`), kind: 'end' }];
  return {
    format: 1,
    kind: 'microflow',
    id: id(name),
    name,
    nodes: chain,
    flows: chain
      .slice(1)
      .map((node, place) => ({ id: id(`${name}.${place}`), from: chain[place]?.id, to: String(node.id) })),
  };
}

export const fieldModel = (): Model => readModel(fieldDocuments());

const noFrame = { userMembers: [], roles: false, zone: false };

export const fieldScope: ScopePlan = {
  profile: 'Phone',
  profileId: id('profile'),
  roles: [{ id: id('role'), name: 'Inspector' }],
  entities: [
    {
      entity: 'Field.Inspection',
      id: id('Inspection'),
      mode: 'all',
      configured: false,
      constraint: '',
      candidates: [],
      frame: noFrame,
      members: [
        { id: id('Inspection.Title'), name: 'Title', kind: 'attribute', readableBy: [id('role')] },
        { id: id('Inspection.Status'), name: 'Status', kind: 'attribute', readableBy: [id('role')] },
        { id: id('Inspection_Site'), name: 'Field.Inspection_Site', kind: 'association', readableBy: [id('role')] },
      ],
      grants: [],
    },
    {
      entity: 'Field.Site',
      id: id('Site'),
      mode: 'all',
      configured: true,
      constraint: '',
      candidates: [],
      frame: noFrame,
      members: [{ id: id('Site.Name'), name: 'Name', kind: 'attribute', readableBy: [id('role')] }],
      grants: [],
    },
  ],
  associations: [id('Inspection_Site')],
  pages: [id('Inspections')],
  nanoflows: [id('Close')],
  actions: [],
  microflowCalls: [],
};

export const fieldTables: RelationalPlan = { entities: [], associations: [], enumerations: [], tables: [] };

export const fieldInput = (model: Model = fieldModel()) => ({
  model,
  profile: 'Phone',
  scope: fieldScope,
  relational: fieldTables,
  actions: new Map<string, string>(),
  modelHash: '0'.repeat(64),
  protocolVersion: 1,
  minimumRuntime: '0.1.0',
});
