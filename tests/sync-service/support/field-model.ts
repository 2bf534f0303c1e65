import { derivedElementId, type ElementId } from '@skerry/shared/base/ids';
import type { JsonObject } from '@skerry/shared/base/json';
import { type Model, readModel } from '@skerry/shared/metamodel/model';

export const id = (name: string): ElementId => derivedElementId(`sync-service.${name}`);

const en = (words: string): JsonObject => ({ en: words });

function entity(name: string, more: JsonObject): JsonObject {
  return {
    format: 1,
    kind: 'entity',
    id: id(name),
    name,
    systemMembers: { changedDate: true, changedBy: true, owner: true, createdDate: true },
    ...more,
  };
}

function attribute(of: string, name: string, type: JsonObject, more: JsonObject = {}): JsonObject {
  return { id: id(`${of}.${name}`), name, type, ...more };
}

const text: JsonObject = { kind: 'String', length: 50 };

function rule(name: string, role: string, constraint: string, more: JsonObject): JsonObject {
  return { id: id(`rule.${name}`), moduleRoles: [role], constraint, ...more };
}

const MINE = "[Field.Site_Region/Field.Region/Field.Inspector_Region/Field.Inspector/id = '[%CurrentUser%]']";
const AT_MY_SITE =
  "[Field.Task_Site/Field.Site/Field.Site_Region/Field.Region/Field.Inspector_Region/Field.Inspector/id = '[%CurrentUser%]']";

/** An app with a path of three steps, overlapping rules, every policy, and a rule that the clock decides. */
export function fieldDocuments(
  version: string,
  change: (documents: { [path: string]: JsonObject }) => void = () => {},
): Map<string, JsonObject> {
  const modes = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [`Field.${name}`, { mode: 'all' }]));
  const synced = ['Region', 'Site', 'Task', 'Memo', 'First', 'Alert', 'Photo'];
  const documents: { [path: string]: JsonObject } = {
    'skerry.json': {
      format: 1,
      kind: 'app',
      id: id('app'),
      name: 'Field',
      version,
      languages: [{ tag: 'en', name: 'English' }],
      defaultLanguage: 'en',
    },
    'security.json': {
      format: 1,
      kind: 'security',
      userRoles: [
        { id: id('role.Inspector'), name: 'Inspector', moduleRoles: ['Field.Inspector'] },
        { id: id('role.Manager'), name: 'Manager', moduleRoles: ['Field.Manager'] },
      ],
      demoUsers: ['anna', 'ben'].map((name) => ({
        name,
        password: `${name}-password`,
        userRoles: ['Inspector'],
        object: objectOf(name),
      })),
    },
    'navigation/Phone.json': {
      format: 1,
      kind: 'navigationProfile',
      id: id('profile'),
      name: 'Phone',
      profile: 'offlineWeb',
      homePage: {},
      synchronization: { entities: modes(synced), additional: synced.map((name) => `Field.${name}`) },
    },
    'modules/Field/module.json': {
      format: 1,
      kind: 'module',
      id: id('module'),
      name: 'Field',
      moduleRoles: ['Inspector', 'Manager'].map((name) => ({ id: id(`moduleRole.${name}`), name })),
    },
    'modules/Field/entities/Inspector.json': entity('Inspector', {
      generalization: 'System.User',
      associations: [
        { id: id('Inspector_Region'), name: 'Inspector_Region', to: 'Field.Region', type: 'referenceSet' },
      ],
      accessRules: [rule('Inspector', 'Inspector', "[id = '[%CurrentUser%]']", { defaultMemberRights: 'read' })],
    }),
    'modules/Field/entities/Region.json': entity('Region', {
      attributes: [attribute('Region', 'Name', text)],
      accessRules: [rule('Region', 'Inspector', '', { defaultMemberRights: 'read' })],
    }),
    'modules/Field/entities/Site.json': entity('Site', {
      attributes: [
        attribute('Site', 'Name', text),
        attribute('Site', 'Secret', text),
        attribute('Site', 'IsPublic', { kind: 'Boolean' }),
      ],
      associations: [{ id: id('Site_Region'), name: 'Site_Region', to: 'Field.Region' }],
      accessRules: [
        rule('Site.mine', 'Inspector', MINE, {
          members: { Name: 'readWrite', IsPublic: 'read', 'Field.Site_Region': 'readWrite' },
        }),
        rule('Site.public', 'Inspector', '[IsPublic]', { members: { Name: 'read', IsPublic: 'read' } }),
        rule('Site.all', 'Manager', '', { defaultMemberRights: 'readWrite', create: true, delete: true }),
      ],
    }),
    'modules/Field/entities/Task.json': entity('Task', {
      attributes: [
        attribute('Task', 'Title', text),
        attribute('Task', 'Note', text),
        attribute('Task', 'Closed', { kind: 'Boolean' }),
        attribute('Task', 'Count', { kind: 'Integer' }, { conflictPolicy: 'sum' }),
        attribute('Task', 'Number', { kind: 'AutoNumber', start: 100 }),
      ],
      associations: [
        {
          id: id('Task_Site'),
          name: 'Task_Site',
          to: 'Field.Site',
          deleteBehavior: { from: 'keep', to: 'deleteOther' },
        },
        { id: id('Task_Region'), name: 'Task_Region', to: 'Field.Region', type: 'referenceSet' },
      ],
      conflictPolicy: { kind: 'merge', overlap: 'firstWins' },
      validationRules: [
        { id: id('Task.required'), kind: 'required', attribute: 'Title', message: en('A task has a title.') },
        { id: id('Task.unique'), kind: 'unique', attribute: 'Title', message: en('There is such a task already.') },
      ],
      accessRules: [
        rule('Task.read', 'Inspector', AT_MY_SITE, { defaultMemberRights: 'read' }),
        rule('Task.write', 'Inspector', `[Closed = false()]${AT_MY_SITE}`, {
          defaultMemberRights: 'readWrite',
          create: true,
          delete: true,
        }),
      ],
    }),
    'modules/Field/entities/Memo.json': entity('Memo', {
      attributes: [attribute('Memo', 'Text', text)],
      conflictPolicy: { kind: 'review' },
      accessRules: [rule('Memo', 'Inspector', '', { defaultMemberRights: 'readWrite', create: true, delete: true })],
    }),
    'modules/Field/entities/First.json': entity('First', {
      attributes: [attribute('First', 'Text', text), attribute('First', 'Other', text)],
      conflictPolicy: { kind: 'firstWins' },
      accessRules: [rule('First', 'Inspector', '', { defaultMemberRights: 'readWrite', create: true, delete: true })],
    }),
    'modules/Field/entities/Photo.json': entity('Photo', {
      generalization: 'System.FileDocument',
      accessRules: [
        rule('Photo', 'Inspector', "[System.owner = '[%CurrentUser%]']", {
          defaultMemberRights: 'readWrite',
          create: true,
        }),
      ],
    }),
    'modules/Field/entities/Alert.json': entity('Alert', {
      attributes: [attribute('Alert', 'Text', text), attribute('Alert', 'Until', { kind: 'DateTime', localize: true })],
      accessRules: [
        rule('Alert', 'Inspector', "[Until > '[%CurrentDateTime%]']", {
          defaultMemberRights: 'readWrite',
          create: true,
        }),
      ],
    }),
  };
  change(documents);
  return new Map(Object.entries(documents));
}

export function fieldModel(version = '1.0.0', change?: (documents: { [path: string]: JsonObject }) => void): Model {
  return readModel(fieldDocuments(version, change));
}

/** An object's id from a word, the same in every test. */
export function objectOf(word: string) {
  const hex = [...word]
    .map((letter) => letter.charCodeAt(0).toString(16))
    .join('')
    .padStart(12, '0')
    .slice(-12);
  return `01943aa0-0000-7000-8000-${hex}` as import('@skerry/shared/base/ids').ObjectId;
}
