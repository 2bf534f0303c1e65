/**
 * The law of imports as data: who may import what. A file belongs to the zone whose path is the longest prefix of its
 * own; within its zone everything is open to it. docs/architecture.md tells the reasons.
 */

export type Zone = {
  /** Folders (ending in `/`), files, and with a leading `*` the ends of names, relative to the checkout. */
  paths: string[];
  /** Beyond the zone itself: folders and files of ours. */
  mayImport: string[];
  /** Packages from outside: only these, or any but these. `node:` stands for all of Node's own modules. */
  packages: { only: string[] } | { never: string[] };
  /** Where a program is put together: imported by no zone that is not itself such a place. */
  isCompositionRoot?: true;
  /** Not part of the product: no room imports it. */
  isOutside?: true;
};

export const rooms: readonly string[] = ['shared', 'runtime', 'sync-service', 'studio'];

/** Each folder of shared may import those before it. */
export const sharedOrder: readonly string[] = [
  'base',
  'metamodel',
  'relational',
  'expression',
  'constraint',
  'access',
  'refactoring',
  'flow',
  'scope',
  'bundle',
  'validation',
];

/** Beside that line, on base alone. */
export const sharedBeside: readonly string[] = ['sync', 'protocol'];

const sharedPackages = { only: ['zod/mini', 'big.js', '@noble/'] };
const shared = (folder: string) => `shared/${folder}/`;

const sharedZones: Zone[] = [
  ...sharedOrder.map((folder, index) => ({
    paths: [shared(folder)],
    mayImport: sharedOrder.slice(0, index).map(shared),
    packages: sharedPackages,
  })),
  ...sharedBeside.map((folder) => ({ paths: [shared(folder)], mayImport: [shared('base')], packages: sharedPackages })),
];

const uiPackages = { never: ['node:', 'electron', 'better-sqlite3', '@sqlite.org/'] };

const runtimeZones: Zone[] = [
  {
    paths: ['runtime/engine/', 'runtime/store/', 'runtime/sync/', 'runtime/flow/'],
    mayImport: ['shared/', 'runtime/platform/ports.ts'],
    packages: { only: [] },
  },
  { paths: ['runtime/platform/ports.ts'], mayImport: ['shared/'], packages: { only: [] } },
  { paths: ['runtime/ui/'], mayImport: ['shared/', 'runtime/engine/device-face.ts'], packages: uiPackages },
  ...['node', 'web', 'electron', 'capacitor', 'memory'].map((host) => root(`runtime/platform/${host}/`)),
  root('runtime/platform/'), // what several hosts share
];

const features = [
  'auth',
  'bundles',
  'releases',
  'sync',
  'change-log',
  'conflicts',
  'files',
  'devices',
  'ops',
  'console',
];

const service: Pick<Zone, 'packages'> = {
  packages: { never: ['electron', 'react', 'react/', 'react-dom', 'react-dom/'] },
};

const serviceZones: Zone[] = [
  { paths: ['sync-service/base/'], mayImport: ['shared/'], ...service },
  { paths: ['sync-service/db/'], mayImport: ['shared/', 'sync-service/base/'], ...service },
  ...features.map((feature) => ({
    paths: [`sync-service/${feature}/`],
    mayImport: [
      'shared/',
      'sync-service/base/',
      'sync-service/db/repositories/',
      ...features.map((other) => `sync-service/${other}/index.ts`),
    ],
    ...service,
  })),
  {
    paths: ['sync-service/app.ts'],
    mayImport: ['shared/', 'sync-service/'],
    ...service,
  },
  root('sync-service/main.ts'),
];

const studioZones: Zone[] = [
  { paths: ['studio/bridge/'], mayImport: ['shared/'], packages: { only: ['zod', 'zod/'] } },
  {
    paths: ['studio/host/'],
    mayImport: ['shared/', 'studio/bridge/'],
    packages: { never: ['electron', 'react', 'react/', 'react-dom', 'react-dom/'] },
  },
  { paths: ['studio/preload/'], mayImport: ['studio/bridge/'], packages: { only: ['electron'] } },
  {
    paths: ['studio/renderer/', 'studio/preview/'],
    mayImport: ['shared/', 'studio/bridge/'],
    packages: { never: ['electron', 'node:'] },
  },
  ...['main', 'server', 'cli'].map((edge) => root(`studio/${edge}/`)),
];

/** They may use everything. */
const outside: Zone[] = ['tests/', 'scripts/', 'bin/', 'fixtures/', '*.config.ts'].map((path) => ({
  ...root(path),
  isOutside: true,
  mayImport: [...rooms, 'tests', 'scripts', 'fixtures'].map((folder) => `${folder}/`),
}));

export const law: readonly Zone[] = [...sharedZones, ...runtimeZones, ...serviceZones, ...studioZones, ...outside];

function root(path: string): Zone {
  const everyRoom = rooms.map((room) => `${room}/`);
  return { paths: [path], mayImport: everyRoom, packages: { never: [] }, isCompositionRoot: true };
}
