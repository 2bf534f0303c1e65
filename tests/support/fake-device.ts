import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Session } from '@skerry/shared/expression/session';
import { type DomainView, domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import type { BundleFiles, Device, DeviceEvent, DeviceStatus, ObjectSnapshot, RetrieveRequest } from '@skerry/runtime/engine/device-face';

export interface FakeDeviceInput {
  readonly files: BundleFiles;
  readonly model: Model;
  readonly objects: readonly DemoObject[];
  readonly session: Session;
  readonly status?: Partial<DeviceStatus>;
}

interface Row {
  readonly entity: string;
  values: { [member: string]: Cell };
  sets: { [association: string]: readonly ObjectId[] };
}

/**
 * A device without engine, store or network, for screens: keeps objects in memory, answers whole entities and
 * associations, and lets everything be written. Constraints are not its business.
 */
export function fakeDevice(input: FakeDeviceInput): Device {
  const view = domainView(input.model);
  const rows = new Map<ObjectId, Row>(input.objects.map((object) => [object.id, rowOf(object, view)]));
  const changed = new Set<ObjectId>();
  const pending = new Set<ObjectId>();
  const listeners = new Set<(event: DeviceEvent) => void>();
  const announce = (event: DeviceEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  let status: DeviceStatus = {
    deviceId: '0', phase: 'ready', online: true, sync: { kind: 'idle' }, lastSyncMs: Date.now() - 120_000, lastResult: null, pending: 0, inbox: 0,
    filesPending: 0, bundleVersion: '1.0.0', updateReady: null, storage: 'persistent',
    user: input.session.user ? { id: input.session.user, name: 'anna', fullName: 'Anna', roles: ['Inspector'] } : null,
    ...input.status,
  };
  const ok = <T>(value: T) => ({ ok: true as const, value });
  const setStatus = (patch: Partial<DeviceStatus>) => {
    status = { ...status, ...patch };
    announce({ kind: 'status', status });
  };

  function snapshot(id: ObjectId): ObjectSnapshot | undefined {
    const row = rows.get(id);
    if (!row) return undefined;
    const owned = view.owned(row.entity).map(({ qualifiedName }) => qualifiedName);
    return {
      id, entity: row.entity, values: row.values, sets: row.sets, writable: [...view.attributes(row.entity).keys(), ...owned], canDelete: true,
      isNew: false, isChanged: changed.has(id), isPending: pending.has(id), inInbox: false,
    };
  }

  function step(ids: readonly ObjectId[], association: string, reversed = false): { [id: string]: ObjectId[] } {
    const links: { [id: string]: ObjectId[] } = {};
    for (const id of ids) {
      const entity = rows.get(id)?.entity ?? '';
      const end = view.step(entity, association, reversed);
      const row = rows.get(id);
      if (end?.direction === 'forward' && row) {
        const single = row.values[association];
        links[id] = typeof single === 'string' ? [single as ObjectId] : [...(row.sets[association] ?? [])];
      } else {
        links[id] = [...rows].filter(([, other]) => other.values[association] === id || other.sets[association]?.includes(id)).map(([other]) => other);
      }
    }
    return links;
  }

  function find({ source, variables, search, limit }: RetrieveRequest): ObjectId[] {
    let ids: ObjectId[] = [];
    if (source.kind === 'database') ids = [...rows].filter(([, row]) => view.isA(row.entity, source.entity)).map(([id]) => id);
    if (source.kind === 'association') {
      const from = variables[source.variable ?? 'currentObject'];
      ids = from?.kind === 'object' && from.id ? [from.id] : [];
      const parts = source.path.split('/');
      for (let i = 0; i < parts.length; i += 2) ids = Object.values(step(ids, parts[i] as string)).flat();
    }
    const text = search?.text.toLowerCase();
    if (text) ids = ids.filter((id) => search?.members.some((member) => String(rows.get(id)?.values[member] ?? '').toLowerCase().includes(text)));
    return ids.slice(0, (limit ?? 1000) + 1);
  }

  return {
    status: async () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    bundle: async () => input.files,
    session: async () => input.session,
    demoUsers: async () => [{ name: 'anna', password: 'field', caption: 'Inspector, region North', roles: ['Inspector'] }],
    signIn: async () => {
      setStatus({ phase: 'ready' });
      return ok(null);
    },
    signOut: async () => {
      setStatus({ phase: 'signedOut' });
      return ok(null);
    },
    async retrieve(request) {
      if (request.source.kind === 'nanoflow') {
        const returnType = input.model.find('nanoflow', request.source.nanoflow)?.content.returnType;
        const entity = returnType && 'entity' in returnType ? returnType.entity : '';
        const first = [...rows].find(([, row]) => view.isA(row.entity, entity))?.[0];
        return { objects: first ? [snapshot(first) as ObjectSnapshot] : [], more: false };
      }
      const found = find(request);
      const limit = request.limit ?? 1000;
      return { objects: found.slice(0, limit).map((id) => snapshot(id) as ObjectSnapshot), more: found.length > limit };
    },
    load: async (ids) => ids.map(snapshot).filter((found) => found !== undefined),
    async follow(ids, association, _entity, reversed) {
      const links = step(ids, association, reversed);
      return { links, objects: Object.values(links).flat().map(snapshot).filter((found) => found !== undefined) };
    },
    async create(entity) {
      const id = crypto.randomUUID().replace(/^(.{14})4/, '$17') as ObjectId;
      rows.set(id, { entity, values: {}, sets: {} });
      return snapshot(id) as ObjectSnapshot;
    },
    async change(id, values) {
      const row = rows.get(id);
      if (!row) return { ok: false, error: { code: 'object/gone', message: 'This is no longer here.' } };
      for (const [member, value] of Object.entries(values)) {
        if (Array.isArray(value)) row.sets = { ...row.sets, [member]: value };
        else row.values = { ...row.values, [member]: value as Cell };
      }
      changed.add(id);
      announce({ kind: 'objects', ids: [id] });
      return ok(snapshot(id) as ObjectSnapshot);
    },
    async commit(ids) {
      for (const id of ids) {
        changed.delete(id);
        pending.add(id);
      }
      setStatus({ pending: pending.size });
      announce({ kind: 'data', entities: null });
      return ok(null);
    },
    rollback: async () => {},
    async delete(ids) {
      for (const id of ids) rows.delete(id);
      announce({ kind: 'data', entities: null });
      return ok(null);
    },
    callNanoflow: async () => ({ result: ok(null), effects: [{ kind: 'showMessage', level: 'information', text: 'The flow has run.', blocking: false }] }),
    callMicroflow: async () => ({ result: { ok: false, error: { code: 'network/unreachable', message: 'This needs a connection.' } }, effects: [] }),
    async setFile(id, name) {
      const row = rows.get(id);
      if (row) row.values = { ...row.values, Name: name };
      return ok(snapshot(id) as ObjectSnapshot);
    },
    file: async () => null,
    async synchronize() {
      pending.clear();
      setStatus({ pending: 0, lastSyncMs: Date.now() });
      return { ok: true, applied: 1, resolved: 0, rejected: [], parked: [], downloaded: 3, removed: 0, reconciled: [], files: 0, bytes: 900, ms: 40 };
    },
    cancelSynchronization: async () => {},
    inbox: async () => [
      {
        id: 'e1', kind: 'parked', code: 'sync/conflict', message: 'Somebody else changed the same fields.', atMs: Date.now() - 3_600_000,
        changes: [{ object: 'o' as ObjectId, entity: 'Work.WorkOrder', kind: 'update', members: [{ member: 'Title', mine: 'Replace the seal', base: 'Seal', theirs: 'Renew the seal today', conflict: true }] }],
      },
    ],
    retry: async () => ok(null),
    discard: async () => ok(null),
    inspect: async () => [],
    checkForUpdate: async () => ok({ version: '1.0.0', updated: false }),
    close: async () => {},
  };
}

function rowOf(object: DemoObject, view: DomainView): Row {
  const names = new Map([
    ...[...view.attributes(object.entity).values()].map(({ id, name }) => [id as string, name] as const),
    ...view.owned(object.entity).map(({ id, qualifiedName }) => [id as string, qualifiedName] as const),
  ]);
  const rename = <T>(cells: { readonly [id: string]: T }) => Object.fromEntries(Object.entries(cells).map(([id, value]) => [names.get(id) ?? id, value]));
  return { entity: object.entity, values: rename(object.cells), sets: rename(object.links) };
}
