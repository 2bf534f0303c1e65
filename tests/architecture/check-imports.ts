import { existsSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { law, rooms, type Zone } from './import-law.ts';
import type { Import } from './parse-source.ts';

export type World = {
  exists: (path: string) => boolean;
  /** Packages that a room's own package.json names. */
  dependencies: (room: string) => ReadonlySet<string>;
};

export type Target = { kind: 'ours'; path: string } | { kind: 'package'; specifier: string };

/** One sentence per broken rule. */
export function violations(file: string, imports: readonly Import[], world: World): string[] {
  const zone = zoneOf(file);
  if (zone === undefined) return [`${file} stands in no zone of tests/architecture/import-law.ts`];
  return imports.flatMap((one) => {
    const problem = problemOf(file, zone, one, world);
    return problem === undefined ? [] : [`${file}:${one.line} ${problem}`];
  });
}

export function zoneOf(file: string): Zone | undefined {
  const matches = law.flatMap((zone) =>
    zone.paths.filter((path) => covers(path, file)).map((path) => ({ zone, path })),
  );
  return matches.sort((a, b) => weight(b.path) - weight(a.path))[0]?.zone;
}

/** The longest path decides, and before any path the end of a name. */
function weight(path: string): number {
  return path.startsWith('*') ? Number.POSITIVE_INFINITY : path.length;
}

/** Where an import leads. Relative paths and `@skerry/<room>/…` are ours. */
export function resolveImport(file: string, specifier: string, exists: (path: string) => boolean): Target {
  const bare = specifier.split('?')[0] ?? '';
  if (bare.startsWith('.')) return { kind: 'ours', path: posix.join(posix.dirname(file), bare) };
  const own = /^@skerry\/(.+)$/.exec(bare)?.[1];
  if (own === undefined) return { kind: 'package', specifier: isBuiltin(bare) ? 'node:' : bare };
  const path = [own, `${own}.ts`, `${own}.tsx`].find(exists) ?? `${own}.ts`;
  return { kind: 'ours', path };
}

function problemOf(file: string, zone: Zone, one: Import, world: World): string | undefined {
  if (one.specifier === undefined) {
    return zone.isCompositionRoot ? undefined : 'imports something that only turns up when it runs';
  }
  const target = resolveImport(file, one.specifier, world.exists);
  return target.kind === 'package'
    ? packageProblem(file, zone, target.specifier, one, world)
    : ownProblem(file, zone, target.path, one.specifier, world);
}

function packageProblem(file: string, zone: Zone, name: string, one: Import, world: World): string | undefined {
  const listed = (names: string[]) => names.some((other) => covers(other, name));
  const isAllowed = 'only' in zone.packages ? listed(zone.packages.only) : !listed(zone.packages.never);
  if (!isAllowed) return `must not import ${one.specifier}`;
  const room = roomOf(file);
  if (room === undefined || name === 'node:') return undefined;
  const packageName = name.split('/', name.startsWith('@') ? 2 : 1).join('/');
  if (world.dependencies(room).has(packageName)) return undefined;
  return `imports ${packageName}, which ${room}/package.json does not name`;
}

function ownProblem(file: string, zone: Zone, path: string, specifier: string, world: World): string | undefined {
  if (!world.exists(path)) return `imports ${specifier}, which is not there`;
  const leavesRoom = file.split('/')[0] !== path.split('/')[0];
  if (roomOf(file) !== undefined && leavesRoom && specifier.startsWith('.')) {
    return `leaves its room by ${specifier}: say @skerry/${path.replace(/\.tsx?$/, '')}`;
  }
  const target = zoneOf(path);
  if (target === zone) return undefined;
  if (target?.isOutside && !zone.isOutside) return `must not import ${path}`;
  if (target?.isCompositionRoot && !zone.isCompositionRoot)
    return `must not import ${path}: programs are put together there`;
  return zone.mayImport.some((allowed) => covers(allowed, path)) ? undefined : `must not import ${path}`;
}

/** `a/` covers everything below a, `*.a` every name that ends so, `a` only itself. */
function covers(pattern: string, path: string): boolean {
  if (pattern.startsWith('*')) return path.endsWith(pattern.slice(1));
  return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
}

/** A tool's configuration may stand in a room, but is no part of it. */
function roomOf(path: string): string | undefined {
  if (path.endsWith('.config.ts')) return undefined;
  return rooms.find((room) => path.startsWith(`${room}/`));
}

function isBuiltin(name: string): boolean {
  return name.startsWith('node:') || builtinModules.includes(name);
}

export function existsIn(root: string): (path: string) => boolean {
  return (path) => existsSync(join(root, path));
}
