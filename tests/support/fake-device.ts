import type {
  BundleFiles,
  Device,
  DeviceEvent,
  DeviceStatus,
  FlowOutcome,
  InboxEntry,
  ObjectSnapshot,
  PlainValue,
  ReplacedNotice,
  RetrieveRequest,
  SyncResult,
} from '@skerry/runtime/engine/device-face';
import type { Cell } from '@skerry/shared/base/cell';
import { sha256Hex } from '@skerry/shared/base/hash';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Session } from '@skerry/shared/expression/session';
import { type DomainView, domainView } from '@skerry/shared/metamodel/domain-view';
import type { Model } from '@skerry/shared/metamodel/model';
import type { DemoObject } from '@skerry/shared/relational/demo-data';

export interface FakeDeviceInput {
  readonly files: BundleFiles;
  readonly model: Model;
  readonly objects: readonly DemoObject[];
  readonly session: Session;
  readonly status?: Partial<DeviceStatus>;
  /** What flows answer, by qualified name; absent: a nanoflow says that it has run, a microflow that it needs a network. */
  readonly flows?: { readonly [name: string]: (args: { readonly [parameter: string]: PlainValue }) => FlowOutcome };
  readonly inbox?: readonly InboxEntry[];
  readonly notices?: readonly ReplacedNotice[];
}

/** What was asked of the device that may change something, in order. */
export interface DeviceCall {
  readonly method: keyof Device;
  readonly args: readonly unknown[];
}

export interface FakeDevice extends Device {
  readonly calls: readonly DeviceCall[];
  /** Says something to whoever listens, as the engine would. */
  announce(event: DeviceEvent): void;
}

interface Row {
  readonly entity: string;
  readonly isNew: boolean;
  readonly values: { readonly [member: string]: Cell };
  readonly sets: { readonly [association: string]: readonly ObjectId[] };
}

/**
 * A device without engine, store or network, for screens: keeps objects in memory, answers whole entities and
 * associations, and lets everything be written that is not missing where it is required. Constraints are not its business.
 */
export function fakeDevice(input: FakeDeviceInput): FakeDevice {
  const view = domainView(input.model);
  const rows = new Map<ObjectId, Row>(input.objects.map((object) => [object.id, rowOf(object, view)]));
  /** Rows as they stood before they were changed in memory. */
  const before = new Map<ObjectId, Row>();
  const bodies = new Map<ObjectId, { readonly body: Uint8Array; readonly mediaType: string }>();
  const pending = new Set<ObjectId>();
  const listeners = new Set<(event: DeviceEvent) => void>();
  const calls: DeviceCall[] = [];
  let inbox = [...(input.inbox ?? [])];
  let notices = [...(input.notices ?? [])];
  let made = 0;
  const announce = (event: DeviceEvent) => {
    for (const listener of [...listeners]) listener(event);
  };
  let status: DeviceStatus = {
    deviceId: '0',
    phase: 'ready',
    online: true,
    sync: { kind: 'idle' },
    lastSyncMs: input.session.now - 120_000,
    lastResult: null,
    pending: 0,
    inbox: inbox.length,
    notices: notices.length,
    filesPending: 0,
    bundleVersion: '1.0.0',
    updateReady: null,
    storage: 'persistent',
    user: input.session.user ? { id: input.session.user, name: 'anna', fullName: 'Anna', roles: ['Inspector'] } : null,
    ...input.status,
  };
  const ok = <T>(value: T) => ({ ok: true as const, value });
  const gone = { ok: false as const, error: { code: 'object/gone', message: 'This is no longer here.' } };
  const setStatus = (patch: Partial<DeviceStatus>) => {
    status = { ...status, ...patch };
    announce({ kind: 'status', status });
  };
  const note = (method: keyof Device, ...args: readonly unknown[]) => void calls.push({ method, args });

  function snapshot(id: ObjectId): ObjectSnapshot | undefined {
    const row = rows.get(id);
    if (!row) return undefined;
    const attributes = [...view.attributes(row.entity).values()].filter(({ type }) => type.kind !== 'AutoNumber');
    return {
      id,
      entity: row.entity,
      values: row.values,
      sets: row.sets,
      writable: [...attributes.map(({ name }) => name), ...view.owned(row.entity).map((end) => end.qualifiedName)],
      canDelete: true,
      isNew: row.isNew,
      isChanged: before.has(id),
      isPending: pending.has(id),
      inInbox: inbox.some(({ changes }) => changes.some(({ object }) => object === id)),
    };
  }

  /** Sets members in memory; the row before the first change is kept for rollback. */
  function change(id: ObjectId, row: Row, values: Partial<Pick<Row, 'values' | 'sets'>>) {
    if (!before.has(id)) before.set(id, row);
    rows.set(id, { ...row, ...values });
    announce({ kind: 'objects', ids: [id] });
    return ok(snapshot(id) as ObjectSnapshot);
  }

  function missing(id: ObjectId) {
    const row = rows.get(id);
    const rules = view.lineage(row?.entity ?? '').flatMap((entity) => view.entity(entity)?.validationRules ?? []);
    return rules
      .filter(({ kind, attribute }) => kind === 'required' && (row?.values[attribute] ?? null) === null)
      .map(({ attribute, message }) => ({ object: id, member: attribute, message: message.en ?? 'Fill this in.' }));
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
        links[id] = [...rows]
          .filter(([, other]) => other.values[association] === id || other.sets[association]?.includes(id))
          .map(([other]) => other);
      }
    }
    return links;
  }

  function find({ source, variables, search, limit }: RetrieveRequest): ObjectId[] {
    let ids: ObjectId[] = [];
    if (source.kind === 'database')
      ids = [...rows].filter(([, row]) => view.isA(row.entity, source.entity)).map(([id]) => id);
    if (source.kind === 'association') {
      const from = variables[source.variable ?? 'currentObject'];
      ids = from?.kind === 'object' && from.id ? [from.id] : [];
      const parts = source.path.split('/');
      for (let i = 0; i < parts.length; i += 2) ids = Object.values(step(ids, parts[i] as string)).flat();
    }
    const text = search?.text.toLowerCase();
    if (text)
      ids = ids.filter((id) =>
        search?.members.some((member) =>
          String(rows.get(id)?.values[member] ?? '')
            .toLowerCase()
            .includes(text),
        ),
      );
    return ids.slice(0, (limit ?? 1000) + 1);
  }

  return {
    calls,
    announce,
    status: async () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    bundle: async () => input.files,
    session: async () => input.session,
    demoUsers: async () => [
      { name: 'anna', password: 'field', caption: 'Inspector, region North', roles: ['Inspector'] },
    ],
    async signIn(name, password) {
      note('signIn', name, password);
      if (password === '') return { ok: false, error: { code: 'session/wrong-password', message: 'That is not it.' } };
      setStatus({ phase: 'ready' });
      return ok(null);
    },
    async signOut(options) {
      note('signOut', options);
      const unsent = status.pending + status.inbox > 0 && options?.discard !== true;
      if (unsent) return { ok: false, error: { code: 'session/unsent-work', message: 'There is unsent work.' } };
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
      return {
        links,
        objects: Object.values(links)
          .flat()
          .map(snapshot)
          .filter((found) => found !== undefined),
      };
    },
    async create(entity) {
      note('create', entity);
      const id = `01999999-0000-7000-8000-${String(++made).padStart(12, '0')}` as ObjectId;
      rows.set(id, { entity, isNew: true, values: {}, sets: {} });
      return snapshot(id) as ObjectSnapshot;
    },
    async change(id, members) {
      note('change', id, members);
      const row = rows.get(id);
      if (!row) return gone;
      const sets = Object.entries(members).filter(([, value]) => Array.isArray(value));
      const cells = Object.entries(members).filter(([, value]) => !Array.isArray(value));
      return change(id, row, {
        values: { ...row.values, ...(Object.fromEntries(cells) as Row['values']) },
        sets: { ...row.sets, ...(Object.fromEntries(sets) as Row['sets']) },
      });
    },
    async commit(ids) {
      note('commit', ids);
      const members = ids.flatMap(missing);
      if (members.length > 0)
        return { ok: false, error: { code: 'validation/failed', message: 'Something is missing.', members } };
      for (const id of ids) {
        const row = rows.get(id);
        if (row) rows.set(id, { ...row, isNew: false });
        before.delete(id);
        pending.add(id);
      }
      setStatus({ pending: pending.size });
      announce({ kind: 'data', entities: null });
      return ok(null);
    },
    async rollback(ids) {
      note('rollback', ids);
      for (const id of ids) {
        const row = before.get(id);
        if (row) rows.set(id, row);
        before.delete(id);
      }
      announce({ kind: 'objects', ids });
    },
    async delete(ids) {
      note('delete', ids);
      for (const id of ids) rows.delete(id);
      announce({ kind: 'data', entities: null });
      return ok(null);
    },
    async callNanoflow(name, args) {
      note('callNanoflow', name, args);
      const shown = { kind: 'showMessage', level: 'information', text: 'The flow has run.', blocking: false } as const;
      return input.flows?.[name]?.(args) ?? { result: ok(null), effects: [shown] };
    },
    async callMicroflow(name, args) {
      note('callMicroflow', name, args);
      const unreachable = { code: 'network/unreachable', message: 'This needs a connection.' };
      return input.flows?.[name]?.(args) ?? { result: { ok: false, error: unreachable }, effects: [] };
    },
    async setFile(id, name, mediaType, body) {
      note('setFile', id, name, mediaType, body.length);
      const row = rows.get(id);
      if (!row) return gone;
      bodies.set(id, { body, mediaType });
      const about = { Name: name, MediaType: mediaType, Size: String(body.length), HasContents: true };
      return change(id, row, { values: { ...row.values, ...about, Hash: sha256Hex(body) } });
    },
    file: async (id) => bodies.get(id) ?? null,
    async synchronize() {
      note('synchronize');
      if (!status.online) {
        const failure = { code: 'network/unreachable', message: 'The service cannot be reached.' };
        return { ...SYNCED, ok: false, failure };
      }
      const applied = pending.size;
      pending.clear();
      setStatus({ pending: 0, lastSyncMs: input.session.now });
      announce({ kind: 'data', entities: null });
      return { ...SYNCED, applied };
    },
    cancelSynchronization: async () => {},
    inbox: async () => inbox,
    async retry(entry) {
      note('retry', entry);
      return leaveInbox(entry);
    },
    async discard(entry) {
      note('discard', entry);
      return leaveInbox(entry);
    },
    notices: async () => notices,
    async dismissNotices(ids) {
      note('dismissNotices', ids);
      notices = notices.filter(({ id }) => !ids.includes(id));
      setStatus({ notices: notices.length });
    },
    inspect: async () => [],
    async checkForUpdate() {
      note('checkForUpdate');
      return ok({ version: '1.0.0', updated: false });
    },
    close: async () => {},
  };

  function leaveInbox(entry: string) {
    inbox = inbox.filter(({ id }) => id !== entry);
    setStatus({ inbox: inbox.length });
    announce({ kind: 'data', entities: null });
    return ok(null);
  }
}

const SYNCED: SyncResult = {
  ok: true,
  applied: 0,
  resolved: 0,
  rejected: [],
  parked: [],
  downloaded: 3,
  removed: 0,
  reconciled: [],
  files: 0,
  bytes: 900,
  ms: 40,
};

function rowOf(object: DemoObject, view: DomainView): Row {
  const names = new Map([
    ...[...view.attributes(object.entity).values()].map(({ id, name }) => [id as string, name] as const),
    ...view.owned(object.entity).map(({ id, qualifiedName }) => [id as string, qualifiedName] as const),
  ]);
  const rename = <T>(cells: { readonly [id: string]: T }) =>
    Object.fromEntries(Object.entries(cells).map(([id, value]) => [names.get(id) ?? id, value]));
  return { entity: object.entity, isNew: false, values: rename(object.cells), sets: rename(object.links) };
}
