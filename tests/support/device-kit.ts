import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDevice } from '@skerry/runtime/engine/device';
import type { Device } from '@skerry/runtime/engine/device-face';
import {
  fakeClock,
  inProcessTransport,
  memoryFileStore,
  memoryPorts,
  seededRandom,
} from '@skerry/runtime/platform/memory/memory-ports';
import { folderSqlOpener } from '@skerry/runtime/platform/node/better-sqlite-driver';
import type { FileStore, SqlOpener } from '@skerry/runtime/platform/ports';
import { derivedElementId, type ElementId, type ObjectId, objectIdFrom } from '@skerry/shared/base/ids';
import { type Bundle, buildBundle } from '@skerry/shared/bundle/build';
import { modelHash } from '@skerry/shared/bundle/server-model';
import type { Model } from '@skerry/shared/metamodel/model';
import { analyze } from '@skerry/shared/scope/analyze';
import { devicePlan } from '../../studio/host/publish/device-plan.ts';
import { FakeService, type ServedRow } from './fake-service.ts';
import { type AppBuilder, anApp, idOf } from './model-builder.ts';

export const START_MS = Date.UTC(2026, 0, 5, 8);
export const PROFILE = 'Phone';

/** An object's id that a test can name. */
export function objectId(number: number): ObjectId {
  return objectIdFrom(number + 1, new Uint8Array(10).fill(number % 251));
}

export function bundleOf(model: Model): Bundle {
  const profile = model.find('navigationProfile', PROFILE);
  if (!profile) throw new Error('the model has no profile');
  const { plan } = analyze(model, profile);
  const built = buildBundle({
    model,
    profile: PROFILE,
    scope: plan,
    relational: devicePlan(model, plan),
    actions: new Map(),
    modelHash: modelHash(model),
    protocolVersion: 1,
    minimumRuntime: '0.1.0',
  });
  if (!built.ok) throw new Error(JSON.stringify(built.error));
  return built.value;
}

/** Sites with a name; visits of them with a note, a rating, tags and a number. Everybody may do everything. */
export function visitsApp(): AppBuilder {
  return anApp()
    .withEntity('M.Site', { attributes: { Name: 'String', Secret: 'String' } })
    .withEntity('M.Tag', { attributes: { Name: 'String' } })
    .withEntity('M.Overview', { persistable: false, attributes: { Count: 'Integer' } })
    .withEntity('M.Visit', {
      attributes: { Note: 'String', Rating: 'Integer', Number: 'AutoNumber', Open: 'Boolean' },
      associations: {
        Visit_Site: { to: 'M.Site', deleteBehavior: { to: 'deleteOther' } },
        Visit_Tags: 'M.Tag*',
      },
      systemMembers: ['changedDate'],
    })
    .withEntity('M.Photo', { generalization: 'System.Image', associations: { Photo_Visit: 'M.Visit' } })
    .withNanoflow('M.Count', [{ kind: 'createObject', entity: 'M.Overview', output: 'Overview' }])
    .withPage('M.Home', [
      { kind: 'button', caption: { en: 'Count' }, action: { kind: 'callNanoflow', nanoflow: 'M.Count' } },
    ])
    .withProfile(PROFILE, {
      home: 'M.Home',
      synchronization: { additional: ['M.Site', 'M.Tag', 'M.Visit', 'M.Photo'] },
    });
}

export const SITE = idOf('M.Site') as ElementId;
export const VISIT = idOf('M.Visit') as ElementId;
export const TAG = idOf('M.Tag') as ElementId;
export const SITE_NAME = idOf('M.Site/Name');
export const NOTE = idOf('M.Visit/Note');
export const RATING = idOf('M.Visit/Rating');
export const VISIT_SITE = idOf('M.Visit_Site');
export const VISIT_TAGS = idOf('M.Visit_Tags');

export interface Kit {
  readonly clock: ReturnType<typeof fakeClock>;
  readonly service: FakeService;
  readonly bundle: Bundle;
  /** Opens a device on a folder of its own, or again on one. */
  device(options?: {
    folder?: string;
    sql?: (opener: SqlOpener) => SqlOpener;
    files?: FileStore;
    user?: string | null;
  }): Promise<Device>;
  folder(): string;
  end(): Promise<void>;
}

export function kit(app: AppBuilder = visitsApp()): Kit {
  const model = app.model();
  const bundle = bundleOf(model);
  const clock = fakeClock(START_MS);
  const service = new FakeService(bundle, everything(bundle), tablesOf(bundle), () => clock.now());
  const roles = model.security.userRoles.map(({ id, name }) => ({ id: id as ElementId, name }));
  for (const [at, name] of ['ann', 'bob'].entries()) {
    const entityId = derivedElementId('System.User');
    service.users.set(name, { id: objectId(900 + at), entityId, name, roles });
  }
  const folders: string[] = [];
  const devices: Device[] = [];
  let seed = 1;
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'skerry-device-'));
    folders.push(made);
    return made;
  };
  return {
    clock,
    service,
    bundle,
    folder,
    async device({
      folder: at = folder(),
      sql = (opener: SqlOpener) => opener,
      files = memoryFileStore(),
      user = 'ann',
    } = {}) {
      const transport = inProcessTransport(service.handle);
      const ports = memoryPorts({
        sql: sql(folderSqlOpener(at)),
        transport,
        clock,
        random: seededRandom(seed++),
        files,
      });
      const device = await createDevice(ports, { profile: PROFILE, automatic: false });
      devices.push(device);
      if (user !== null && !(await device.status()).user) {
        const signedIn = await device.signIn(user, 'secret');
        if (!signedIn.ok) throw new Error(signedIn.error.message);
      }
      return device;
    },
    async end() {
      for (const device of devices) await device.close().catch(() => undefined);
      for (const made of folders) rmSync(made, { recursive: true, force: true });
    },
  };
}

/** Columns and sets of a bundle's device tables, by entity. */
export function tablesOf(bundle: Bundle) {
  const relational = JSON.parse(new TextDecoder().decode(bundle.parts.get('relational.json'))) as {
    tables: { kind: string; entityId: string; columns: { memberId: ElementId }[] }[];
    associations: { id: ElementId; from: string; storage: { kind: string } }[];
  };
  const entities = relational.tables.filter(({ kind }) => kind === 'entity');
  return {
    columns: new Map(entities.map(({ entityId, columns }) => [entityId, columns.map(({ memberId }) => memberId)])),
    sets: new Map(
      entities.map(({ entityId }) => [
        entityId,
        relational.associations
          .filter(({ from, storage }) => from === entityId && storage.kind === 'table')
          .map(({ id }) => id),
      ]),
    ),
  };
}

/** Rights in everything that the plan's grants give. */
export function everything(bundle: Bundle) {
  const scope = JSON.parse(new TextDecoder().decode(bundle.parts.get('scope.json'))) as {
    entities: { id: string; grants: { rule: string; read: string[]; write: string[]; delete: boolean }[] }[];
  };
  return (_user: unknown, row: ServedRow) => {
    const grants = scope.entities.find(({ id }) => id === row.entityId)?.grants ?? [];
    return {
      rules: grants.map(({ rule }) => rule),
      read: [...new Set(grants.flatMap(({ read }) => read))].sort(),
      write: [...new Set(grants.flatMap(({ write }) => write))].sort(),
      delete: grants.some((grant) => grant.delete),
    };
  };
}
