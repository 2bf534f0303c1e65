import { derivedElementId } from '../base/ids.ts';
import type { JsonObject } from '../base/json.ts';

const PATH = 'modules/System';
const id = (name: string) => derivedElementId(`System.${name}`);

type MemberType = JsonObject | string;

function attributes(entity: string, members: { readonly [name: string]: MemberType }): JsonObject[] {
  return Object.entries(members).map(([name, type]) => ({
    id: id(`${entity}/${name}`),
    name,
    type: typeof type === 'string' ? { kind: type } : type,
  }));
}

function associations(members: { readonly [name: string]: readonly [to: string, type: string] }): JsonObject[] {
  return Object.entries(members).map(([name, [to, type]]) => ({ id: id(name), name, to: `System.${to}`, type }));
}

interface Shape {
  readonly documentation: string;
  readonly attributes: { readonly [name: string]: MemberType };
  readonly associations?: { readonly [name: string]: readonly [to: string, type: string] };
  readonly systemMembers?: JsonObject;
}

const text = (length: number | null): JsonObject => ({ kind: 'String', length });

const ENTITIES: { readonly [name: string]: Shape } = {
  User: {
    documentation: 'Somebody who signs in. Specialise it to give users members of your own.',
    attributes: {
      Name: text(200),
      FullName: text(200),
      Password: 'HashedString',
      Active: 'Boolean',
      Blocked: 'Boolean',
      LastLogin: 'DateTime',
      Language: text(20),
      TimeZone: text(60),
    },
    associations: { UserRoles: ['UserRole', 'referenceSet'] },
  },
  UserRole: {
    documentation: 'A user role of the app, one object for each.',
    attributes: { Name: text(200), Description: text(null) },
  },
  FileDocument: {
    documentation: 'A file: a row that syncs at once, and a body that follows by its hash.',
    attributes: { Name: text(400), Hash: text(64), Size: 'Long', MediaType: text(100), HasContents: 'Boolean' },
  },
  Image: { documentation: 'A picture file.', attributes: { Width: 'Integer', Height: 'Integer' } },
  Session: {
    documentation: 'A signed-in session on the service.',
    attributes: { LastActive: 'DateTime', Expires: 'DateTime' },
    associations: { Session_User: ['User', 'reference'] },
  },
  Device: {
    documentation: 'A device that syncs.',
    attributes: {
      Name: text(200),
      Platform: text(60),
      BundleVersion: text(60),
      LastSynchronized: 'DateTime',
      Pending: 'Integer',
    },
    associations: { Device_User: ['User', 'reference'] },
  },
  SynchronizationSession: {
    documentation: 'One synchronisation of one device, with its outcome.',
    attributes: {
      Started: 'DateTime',
      DurationMs: 'Integer',
      Applied: 'Integer',
      Rejected: 'Integer',
      Parked: 'Integer',
      Downloaded: 'Integer',
      Removed: 'Integer',
    },
    associations: { SynchronizationSession_Device: ['Device', 'reference'] },
  },
  SynchronizationError: {
    documentation: 'A change that was refused, kept until somebody retries or discards it.',
    attributes: {
      Code: text(100),
      Message: text(null),
      ObjectType: text(200),
      ObjectId: text(36),
      Member: text(200),
      State: text(20),
    },
    associations: {
      SynchronizationError_User: ['User', 'reference'],
      SynchronizationError_Device: ['Device', 'reference'],
    },
  },
  SynchronizationConflict: {
    documentation: 'A change parked for somebody to decide.',
    attributes: { ObjectType: text(200), ObjectId: text(36), Members: text(null), State: text(20), Outcome: text(200) },
    associations: {
      SynchronizationConflict_User: ['User', 'reference'],
      SynchronizationConflict_Device: ['Device', 'reference'],
    },
  },
};

const GENERALIZATION: { readonly [name: string]: string } = { Image: 'System.FileDocument' };

/** Ids of the members every entity may have; one id each, whatever the entity. */
export const SYSTEM_MEMBERS = {
  createdDate: id('createdDate'),
  changedDate: id('changedDate'),
  owner: id('owner'),
  changedBy: id('changedBy'),
} as const;
export type SystemMember = keyof typeof SYSTEM_MEMBERS;

function entityDocument(name: string, shape: Shape): JsonObject {
  const generalization = GENERALIZATION[name];
  return {
    format: 1,
    kind: 'entity',
    id: id(name),
    name,
    documentation: shape.documentation,
    ...(generalization ? { generalization } : {}),
    ...(shape.systemMembers ? { systemMembers: shape.systemMembers } : {}),
    attributes: attributes(name, shape.attributes),
    associations: associations(shape.associations ?? {}),
  };
}

/** The documents of the built-in module, by path. They are part of every model and of no project folder. */
export const SYSTEM_DOCUMENTS: ReadonlyMap<string, JsonObject> = new Map([
  [`${PATH}/module.json`, { format: 1, kind: 'module', id: id('module'), name: 'System', position: -1 }],
  ...Object.entries(ENTITIES).map(([name, shape]): [string, JsonObject] => [
    `${PATH}/entities/${name}.json`,
    entityDocument(name, shape),
  ]),
]);

export function isSystemPath(path: string): boolean {
  return path.startsWith(`${PATH}/`);
}
