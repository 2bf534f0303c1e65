import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { existsIn, resolveImport, violations, type World } from './check-imports.ts';
import { law, rooms, sharedBeside, sharedOrder } from './import-law.ts';
import { type ParsedSource, parseSource } from './parse-source.ts';
import { listFiles, listSources, readSource, root } from './source-files.ts';

const exists = existsIn(root);
const parsed = new Map<string, ParsedSource>();

function parse(file: string): ParsedSource {
  const known = parsed.get(file) ?? parseSource(file, readSource(file));
  parsed.set(file, known);
  return known;
}

const world: World = {
  exists,
  dependencies: (room) => {
    const named = JSON.parse(readSource(`${room}/package.json`)) as { dependencies?: object; devDependencies?: object };
    // Electron alone comes with the built program and is needed only to make it.
    const built = Object.keys(named.devDependencies ?? {}).filter((name) => name === 'electron');
    return new Set([...Object.keys(named.dependencies ?? {}), ...built]);
  },
};

describe('the law of imports', () => {
  it('holds for every source file', () => {
    expect(listSources().flatMap((file) => violations(file, parse(file).imports, world))).toEqual([]);
  });

  it('knows every folder of shared', () => {
    const folders = new Set(
      listFiles('shared')
        .filter((file) => file.endsWith('.ts'))
        .map((file) => file.split('/')[1] ?? ''),
    );
    expect([...folders].filter((folder) => ![...sharedOrder, ...sharedBeside].includes(folder))).toEqual([]);
  });

  it('lets the command line start without loading a service, a device or a database', () => {
    const loaded = staticClosure('studio/cli/main.ts');
    expect(
      [...loaded].filter((target) => /^(sync-service|runtime)\/|^(typeorm|express|better-sqlite3|pg)$/.test(target)),
    ).toEqual([]);
  });
});

describe('the check of the law', () => {
  const planted: [file: string, text: string, complaint: string][] = [
    ['shared/base/x.ts', "import { readFileSync } from 'node:fs';", 'must not import node:fs'],
    ['shared/base/x.ts', "import fs from 'fs';", 'must not import fs'],
    ['shared/base/x.ts', "import { z } from 'zod';", 'must not import zod'],
    [
      'shared/base/x.ts',
      "import type { AppModel } from '../metamodel/model.ts';",
      'must not import shared/metamodel/model.ts',
    ],
    [
      'shared/base/x.ts',
      "export type A = import('../metamodel/model.ts').Model;",
      'must not import shared/metamodel/model.ts',
    ],
    ['shared/base/x.ts', "export * from '../metamodel/model.ts';", 'must not import shared/metamodel/model.ts'],
    [
      'shared/base/x.ts',
      "export { type Model } from '../metamodel/model.ts';",
      'must not import shared/metamodel/model.ts',
    ],
    ['shared/base/x.ts', 'export const load = (name: string) => import(name);', 'imports something that only turns up'],
    ['shared/base/x.ts', '/// <reference types="node" />', 'must not import node'],
    ['shared/expression/x.ts', "import '../flow/program.ts';", 'must not import shared/flow/program.ts'],
    ['shared/sync/x.ts', "import '../relational/plan.ts';", 'must not import shared/relational/plan.ts'],
    ['shared/protocol/x.ts', "import '../metamodel/model.ts';", 'must not import shared/metamodel/model.ts'],
    ['shared/scope/x.ts', "import '@skerry/runtime/engine/device';", 'must not import runtime/engine/device.ts'],
    ['shared/scope/x.ts', "import '../../runtime/engine/device.ts';", 'leaves its room'],
    ['shared/elsewhere/x.ts', '', 'stands in no zone'],
    ['runtime/store/x.ts', "import '../ui/shell.tsx';", 'must not import runtime/ui/shell.tsx'],
    ['runtime/store/x.ts', "import '../platform/node/main.ts';", 'must not import runtime/platform/node/main.ts'],
    ['runtime/store/x.ts', "import Database from 'better-sqlite3';", 'must not import better-sqlite3'],
    ['runtime/ui/x.tsx', "import '../store/outbox.ts';", 'must not import runtime/store/outbox.ts'],
    [
      'sync-service/auth/x.ts',
      "import '../devices/devices.service.ts';",
      'must not import sync-service/devices/devices.service.ts',
    ],
    ['sync-service/auth/x.ts', "import '@skerry/studio/host/host';", 'must not import studio/host/host.ts'],
    ['studio/host/x.ts', "import { app } from 'electron';", 'must not import electron'],
    ['studio/host/x.ts', "const { app } = await import('electron');", 'must not import electron'],
    [
      'studio/host/x.ts',
      "import '../cli/main.ts';",
      'must not import studio/cli/main.ts: programs are put together there',
    ],
    ['studio/bridge/x.ts', "import 'node:path';", 'must not import node:path'],
    ['studio/renderer/x.ts', "import '../host/host.ts';", 'must not import studio/host/host.ts'],
    ['studio/cli/x.ts', "import '../../tests/support/random.ts';", 'leaves its room'],
    ['studio/cli/x.ts', "import '../vite.config.ts';", 'must not import studio/vite.config.ts'],
    ['studio/cli/x.ts', "import 'left-pad';", 'which studio/package.json does not name'],
    ['studio/cli/x.ts', "import './missing.ts';", 'which is not there'],
  ];

  const anyFile: World = {
    exists: (path) => !path.includes('missing') && /\.tsx?$/.test(path),
    dependencies: () => new Set(['zod']),
  };

  it.each(planted)('finds in %s the violation %s', (file, text, complaint) => {
    expect(violations(file, parseSource(file, text).imports, anyFile)).toEqual([expect.stringContaining(complaint)]);
  });

  const innocent: [file: string, text: string][] = [
    ['shared/scope/x.ts', "import { a } from '../base/a.ts'; import * as z from 'zod/mini';"],
    ['shared/sync/x.ts', "import type { A } from '../base/a.ts';"],
    ['shared/base/x.ts', "// import 'node:fs';\nexport const text = \"import 'node:fs'\";"],
    ['runtime/store/x.ts', "import '@skerry/shared/base/a'; import '../platform/ports.ts'; import '../engine/a.ts';"],
    ['sync-service/auth/x.ts', "import '../devices/index.ts'; import '../db/repositories/user.repository.ts';"],
    [
      'studio/cli/x.ts',
      "import '@skerry/runtime/platform/node/main'; import '@skerry/sync-service/app'; import 'node:fs';",
    ],
    ['runtime/vite.config.ts', "import { defineConfig } from 'vite';"],
    ['runtime/ui/x.tsx', "import type { Device } from '../engine/device-face.ts'; import 'zod';"],
    ['tests/support/x.ts', "import '../../studio/cli/main.ts'; import 'vitest';"],
  ];

  it.each(innocent)('finds nothing in %s: %s', (file, text) => {
    expect(
      violations(file, parseSource(file, text).imports, {
        ...anyFile,
        dependencies: () => new Set(['zod', '@noble/hashes']),
      }),
    ).toEqual([]);
  });

  it('has a zone for each room', () => {
    const named = law.flatMap((zone) => zone.paths.map((path) => path.split('/')[0]));
    expect(rooms.filter((room) => !named.includes(room))).toEqual([]);
  });
});

/** Everything that is loaded when a file is imported: our files and the names of packages. */
function staticClosure(start: string): Set<string> {
  const seen = new Set<string>();
  const waiting = exists(start) ? [start] : [];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { specifier, loads } of /\.tsx?$/.test(file) ? parse(file).imports : []) {
      if (specifier === undefined || loads !== 'static') continue;
      const target = resolveImport(file, specifier, exists);
      if (target.kind === 'package') seen.add(target.specifier);
      else if (exists(target.path)) waiting.push(posix.normalize(target.path));
    }
  }
  return seen;
}
