import type { Model } from '@skerry/shared/metamodel/model';
import type { CommandArguments, CommandName } from '@skerry/studio/bridge/commands/index';
import type { Host } from '@skerry/studio/host/host';
import { expect } from 'vitest';

export const SITE = 'modules/Field/entities/Site.json';
export const SITE_ID = 'y6qztp2cb6k646tv';
export const ADD_PHOTO = 'modules/Field/nanoflows/AddPhoto.json';
export const REGIONS = 'modules/Field/pages/Regions.json';

export interface After {
  readonly model: Model;
  readonly files: ReadonlyMap<string, string>;
  /** Files that differ from before. */
  readonly changed: readonly string[];
}

/** One way to run a command on the sample, and what it comes to. */
export interface CommandCase<C extends CommandName> {
  readonly arguments: CommandArguments<C> | ((host: Host) => Promise<CommandArguments<C>>);
  readonly label: string;
  expect(after: After): void;
}

const site = ({ model }: After) => model.find('entity', 'Field.Site')?.content;
const profile = ({ model }: After) => model.find('navigationProfile', 'InspectorPhone')?.content.synchronization;
const names = (list: readonly { readonly name: string }[] | undefined) => list?.map(({ name }) => name);

export const COMMAND_CASES: { readonly [C in CommandName]: CommandCase<C> } = {
  'element.set': {
    arguments: {
      changes: [
        { document: SITE, path: ['systemMembers', 'owner'], value: true },
        { document: SITE, element: '3npkcxpkuakyt4co', path: ['type', 'length'], value: 30 },
        { document: SITE, path: ['attributes', 'tiup76mf6u2zcsar', 'documentation'], value: 'On the sign.' },
        { document: SITE, path: ['documentation'] },
      ],
    },
    label: 'Change 4 values',
    expect(after) {
      expect(site(after)?.systemMembers.owner).toBe(true);
      expect(site(after)?.attributes.slice(0, 2)).toMatchObject([
        { type: { length: 30 } },
        { documentation: 'On the sign.' },
      ]);
      expect(site(after)?.documentation).toBeUndefined();
    },
  },
  'element.insert': {
    arguments: {
      document: REGIONS,
      element: 'sfniyalr5dorts6a',
      list: ['columns', '3fvdihnv5tvftipj', 'widgets'],
      value: { kind: 'container', widgets: [{ kind: 'divider', name: 'line' }] },
      after: null,
    },
    label: 'Add container1 to columns1',
    expect({ files }) {
      const page = JSON.parse(files.get(REGIONS) as string);
      expect(page.widgets[0].columns[1].widgets[0]).toEqual({
        kind: 'container',
        id: expect.stringMatching(/^[a-z2-7]{16}$/),
        name: 'container1',
        widgets: [{ kind: 'divider', id: expect.stringMatching(/^[a-z2-7]{16}$/), name: 'line' }],
      });
    },
  },
  'element.move': {
    arguments: {
      document: REGIONS,
      elements: ['3dzs4hnz7ds7nciu'],
      parent: 'tyi2rzsuje64ai4q',
      list: ['widgets'],
      after: 'qfmplop2hnnq3hdn',
    },
    label: 'Move regions',
    expect({ files }) {
      const [columns] = JSON.parse(files.get(REGIONS) as string).widgets;
      expect(columns.columns[0].widgets).toEqual([]);
      expect(columns.columns[1].widgets[0].widgets[1].name).toBe('regions');
    },
  },
  'element.delete': {
    arguments: {
      elements: [
        { document: ADD_PHOTO, element: 'pdokb2pnlxl7ucxo' },
        { document: SITE, element: 'o5ta4oqlwwktlqtv' },
      ],
    },
    label: 'Delete 2 elements (10 uses are left)',
    expect({ model, files, changed }) {
      const flow = model.find('nanoflow', 'Field.AddPhoto')?.content;
      expect(flow?.nodes.map(({ id }) => id)).not.toContain('pdokb2pnlxl7ucxo');
      expect(flow?.flows.map(({ id }) => id)).toEqual([
        'tydaseij3flzsqit',
        'znyqwc6yv6q3ddvd',
        '56ucnqb45vjvibwh',
        'bhumbzcmja23p7nz',
        'ral4makmimknp6ab',
      ]);
      expect(files.get('modules/Field/nanoflows/AddPhoto.layout.json')).not.toContain('pdokb2pnlxl7ucxo');
      expect(files.get('data/Field.Site.csv')?.split('\n')[0]).toBe(
        'id,Code,Name,Address,PostalCode,Country,Latitude,Longitude,Status,ContactName,ContactPhone,AccessNotes,Site_Region',
      );
      expect(changed).toEqual(['data/Field.Site.csv', SITE, ADD_PHOTO, 'modules/Field/nanoflows/AddPhoto.layout.json']);
    },
  },
  'element.duplicate': {
    arguments: { document: SITE, element: 'tiup76mf6u2zcsar' },
    label: 'Duplicate Name in Site',
    expect(after) {
      expect(names(site(after)?.attributes)?.slice(0, 4)).toEqual(['Code', 'Name', 'Name2', 'Address']);
    },
  },
  'element.paste': {
    arguments: async (host) => ({
      document: REGIONS,
      list: ['widgets'],
      ...(await host.handlers['clipboard/copy']({ document: REGIONS, elements: ['sfniyalr5dorts6a'] })),
    }),
    label: 'Paste columns1 in Regions',
    expect({ files }) {
      const { widgets } = JSON.parse(files.get(REGIONS) as string);
      expect(widgets).toHaveLength(2);
      const [grid] = widgets[1].columns[0].widgets;
      expect(widgets[1].columns[1].widgets[0].source).toEqual({ kind: 'listen', widget: grid.name });
      expect(grid.name).toBe('regions2');
      const ids = files.get(REGIONS)?.match(/"id": "[^"]+"/g) ?? [];
      expect(new Set(ids).size).toBe(ids.length);
    },
  },
  'element.rename': {
    arguments: { document: SITE, element: SITE_ID, name: 'Place' },
    label: 'Rename Site to Place',
    expect({ model, files }) {
      expect(model.find('entity', 'Field.Site')).toBeUndefined();
      expect(model.find('entity', 'Field.Place')?.content.id).toBe(SITE_ID);
      expect([...files.values()].join('\n')).not.toMatch(/Field\.Site[^A-Za-z_]/);
      expect(files.has('data/Field.Place.csv')).toBe(true);
      expect(files.has('data/Field.Site.csv')).toBe(false);
    },
  },
  'element.renewId': {
    arguments: { document: ADD_PHOTO, path: ['nodes', 1] },
    label: 'Give exclusive split in AddPhoto a new id',
    expect({ files }) {
      expect(files.get(ADD_PHOTO)).not.toContain('hrjr3ahy6ziiprqo');
      const { nodes, flows } = JSON.parse(files.get(ADD_PHOTO) as string);
      expect(flows[0].to).toBe(nodes[1].id);
      expect(JSON.parse(files.get('modules/Field/nanoflows/AddPhoto.layout.json') as string)).toHaveProperty(
        nodes[1].id,
      );
    },
  },
  'reference.set': {
    arguments: {
      document: 'navigation/InspectorPhone.json',
      path: ['synchronization', 'entities', 'Field.Trip'],
      name: 'Field.Skill',
    },
    label: 'Set Field.Trip to Field.Skill in InspectorPhone',
    expect(after) {
      expect(profile(after)?.entities).toMatchObject({ 'Field.Skill': { mode: 'kept' } });
      expect(profile(after)?.entities).not.toHaveProperty('Field.Trip');
    },
  },
  'document.create': {
    arguments: { kind: 'page', module: 'Field', folders: ['extra'], name: 'SiteList' },
    label: 'Add page SiteList',
    expect({ model, changed }) {
      expect(changed).toEqual(['modules/Field/pages/extra/SiteList.json']);
      expect(model.find('page', 'Field.SiteList')?.content).toMatchObject({
        layout: 'Field.Phone',
        title: { en: 'Site list' },
        allowedModuleRoles: ['Inspector', 'Planner', 'Administrator'],
      });
    },
  },
  'document.delete': {
    arguments: { documents: [SITE] },
    label: 'Delete Site (44 uses are left)',
    expect({ model, files }) {
      expect(model.find('entity', 'Field.Site')).toBeUndefined();
      expect(files.has('data/Field.Site.csv')).toBe(false);
      expect(files.get('modules/Field/domain.layout.json')).not.toContain(SITE_ID);
    },
  },
  'document.duplicate': {
    arguments: { document: 'modules/Field/nanoflows/AddPhoto.json' },
    label: 'Duplicate AddPhoto',
    expect({ model }) {
      expect(model.find('nanoflow', 'Field.AddPhoto2')?.content.nodes).toHaveLength(8);
    },
  },
  'document.move': {
    arguments: { document: SITE, module: 'Work', folders: ['places'] },
    label: 'Move Site to Work/places',
    expect({ model, files }) {
      expect(model.find('entity', 'Work.Site')?.path).toBe('modules/Work/entities/places/Site.json');
      expect([...files.values()].join('\n')).not.toMatch(/Field\.Site(?:_Region)?[^A-Za-z_]/);
      expect(files.get(`modules/Field/pages/Sites.json`)).toContain('Work.Site');
      expect(files.has('data/Work.Site.csv')).toBe(true);
      expect(files.get('modules/Work/domain.layout.json')).toContain(SITE_ID);
    },
  },
  'document.setText': {
    arguments: async (host) => {
      const { text } = await host.handlers['document/text']({ document: SITE });
      return { document: SITE, text: text.replace('A place with equipment', 'Somewhere with equipment') };
    },
    label: 'Edit the text of Site',
    expect(after) {
      expect(site(after)?.documentation).toContain('Somewhere');
      expect(after.changed).toEqual([SITE]);
    },
  },
  'module.create': {
    arguments: {},
    label: 'Add module Module',
    expect({ model }) {
      expect(model.find('module', 'Module')?.content.moduleRoles).toMatchObject([{ name: 'User' }]);
    },
  },
  'module.delete': {
    arguments: { module: 'Work' },
    label: 'Delete the module Work (6 uses are left)',
    expect({ model, files }) {
      expect(model.find('module', 'Work')).toBeUndefined();
      expect([...files.keys()].filter((path) => /modules\/Work|Work\./.test(path))).toEqual([]);
    },
  },
  'entity.create': {
    arguments: { module: 'Field', name: 'Depot', generalization: 'Field.Site', at: { x: 10, y: 20 } },
    label: 'Add entity Depot',
    expect({ model, files }) {
      const depot = model.find('entity', 'Field.Depot')?.content;
      expect(depot).toMatchObject({ generalization: 'Field.Site', attributes: [] });
      const boxes = JSON.parse(files.get('modules/Field/domain.layout.json') as string);
      expect(boxes[depot?.id ?? '']).toEqual({ x: 10, y: 20 });
    },
  },
  'attribute.create': {
    arguments: { entity: SITE, name: 'Height', type: { kind: 'Decimal' }, after: '3npkcxpkuakyt4co' },
    label: 'Add Height to Site',
    expect(after) {
      expect(site(after)?.attributes[1]).toMatchObject({ name: 'Height', type: { kind: 'Decimal' } });
    },
  },
  'association.create': {
    arguments: { from: 'Field.Site', to: 'Field.Region', type: 'referenceSet' },
    label: 'Connect Site to Region',
    expect(after) {
      expect(site(after)?.associations).toMatchObject([
        { name: 'Site_Region' },
        { name: 'Site_Region2', to: 'Field.Region', type: 'referenceSet' },
      ]);
    },
  },
  'association.reverse': {
    arguments: { document: SITE, element: 'cu2g2lsdsi6lpow3' },
    label: 'Turn Site_Region round',
    expect(after) {
      expect(site(after)?.associations).toEqual([]);
      expect(after.model.find('entity', 'Field.Region')?.content.associations).toMatchObject([
        { id: 'cu2g2lsdsi6lpow3', name: 'Site_Region', to: 'Field.Site' },
      ]);
      expect(after.files.get('data/Field.Site.csv')?.split('\n')[0]).not.toContain('Site_Region');
    },
  },
  'layout.set': {
    arguments: { document: 'modules/Field/domain.json', boxes: { [SITE_ID]: { x: 1, y: 2 }, idbm5wxvl7oagbh3: null } },
    label: 'Move 2 boxes of the domain model of Field',
    expect({ files, changed }) {
      expect(changed).toEqual(['modules/Field/domain.layout.json']);
      const boxes = JSON.parse(files.get('modules/Field/domain.layout.json') as string);
      expect(boxes[SITE_ID]).toEqual({ x: 1, y: 2 });
      expect(boxes).not.toHaveProperty('idbm5wxvl7oagbh3');
    },
  },
  'profile.setMode': {
    arguments: { profile: 'InspectorPhone', entity: 'Field.Inspection', mode: 'all' },
    label: 'Set Field.Inspection to all in InspectorPhone',
    expect(after) {
      expect(profile(after)?.entities['Field.Inspection']).toEqual({ mode: 'all' });
    },
  },
  'profile.setConstraint': {
    arguments: { profile: 'InspectorPhone', entity: 'Field.Region', constraint: "[Country = 'NL']" },
    label: 'Change the constraint of Field.Region in InspectorPhone',
    expect(after) {
      expect(profile(after)?.entities['Field.Region']).toEqual({ mode: 'constrained', constraint: "[Country = 'NL']" });
    },
  },
  'profile.reset': {
    arguments: { profile: 'InspectorPhone', entity: 'Field.Trip' },
    label: 'Let InspectorPhone derive the mode of Field.Trip',
    expect(after) {
      expect(profile(after)?.entities).not.toHaveProperty('Field.Trip');
    },
  },
  'profile.addEntity': {
    arguments: { profile: 'InspectorPhone', entity: 'Work.WorkOrder', mode: 'never' },
    label: 'Add Work.WorkOrder to InspectorPhone',
    expect(after) {
      expect(profile(after)?.additional).toContain('Work.WorkOrder');
      expect(profile(after)?.entities['Work.WorkOrder']).toEqual({ mode: 'never' });
    },
  },
  'profile.removeEntity': {
    arguments: { profile: 'InspectorPhone', entity: 'Field.Region' },
    label: 'Remove Field.Region from InspectorPhone',
    expect(after) {
      expect(profile(after)?.entities).not.toHaveProperty('Field.Region');
    },
  },
};
