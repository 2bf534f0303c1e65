import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device, RetrieveRequest } from '@skerry/runtime/engine/device-face';
import { fetchTransport } from '@skerry/runtime/platform/node/fetch-transport';
import { openNodeDevice } from '@skerry/runtime/platform/node/open-node-device';
import type { HttpAnswer, Transport } from '@skerry/runtime/platform/ports';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { readModel } from '@skerry/shared/metamodel/model';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import { type DemoObject, readDemoData } from '@skerry/shared/relational/demo-data';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRelease } from '../../studio/host/publish/build-release.ts';
import { createService, loadDemoData, type Service } from '../../sync-service/app.ts';
import { type AppRules, appRules } from '../convergence/oracle/app-rules.ts';
import type { State } from '../convergence/oracle/objects.ts';
import { eyesOf } from '../convergence/oracle/rights.ts';
import { readService } from '../convergence/run/check-service.ts';
import { filesBelow, SAMPLE, sampleDocuments } from '../fixtures/sample-project.ts';

/** Rules of the sample speak of the day; its demo data is about this one. */
const NOW_MS = Date.UTC(2026, 10, 23, 8);
const MARKER = /~([0-9a-f-]{36})\.([a-z2-7]{16})~/g;
const OBJECT_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

const documents = sampleDocuments();
const model = readModel(documents);
const rules: AppRules = appRules(documents);

let folder: string;
let service: Service;
let url: string;
/** Everything that reached a device, in order. */
const received = new Map<string, { path: string; request: string; answer: HttpAnswer; state: State }[]>();

beforeAll(async () => {
  process.env.TZ = 'UTC';
  folder = mkdtempSync(join(tmpdir(), 'skerry-confidential-'));
  const dataFolder = join(folder, 'service');
  service = await createService({ config: { mode: 'development', dataFolder, logLevel: 'silent' }, now: () => NOW_MS });
  const signer = service.developmentSigner;
  if (!signer) throw new Error('A service in development has a signer.');
  const actionSources = new Map(
    [...model.all('javaScriptAction').values()].map(({ path, qualifiedName }) => [
      qualifiedName,
      readFileSync(join(SAMPLE, path.replace(/\.json$/, '.ts')), 'utf8'),
    ]),
  );
  const built = buildRelease(model, { signer, nowMs: NOW_MS, actionSources, isDevelopment: true });
  if (!built.ok) throw new Error(JSON.stringify(built.error));
  for (const [hash, bytes] of built.value.parts) await service.parts.write(hash, bytes);
  await service.releases.publish(built.value.request);
  const rows = new Map(
    filesBelow(join(SAMPLE, 'data/'))
      .filter((path) => path.endsWith('.csv'))
      .map((path) => [`data/${path}`, readFileSync(join(SAMPLE, 'data', path), 'utf8')]),
  );
  await loadDemoData(service, readDemoData(model, rows).objects.map(marked));
  ({ url } = await service.start());
}, 120_000);
afterAll(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every text of the app's own says whose it is. */
function marked(object: DemoObject): DemoObject {
  const entity = rules.entities.get(object.entity.split('.').at(-1) ?? '');
  const cells = { ...object.cells };
  for (const attribute of entity?.attributes.values() ?? []) {
    if (attribute.type !== 'String' || attribute.kept || SYSTEM_TEXTS.has(attribute.name)) continue;
    cells[attribute.id] = `${cells[attribute.id] ?? ''}~${object.id}.${attribute.id}~`;
  }
  return { ...object, cells };
}
/** What the service itself reads of a user or a file. */
const SYSTEM_TEXTS = new Set(['Name', 'Language', 'TimeZone', 'Hash', 'MediaType']);

/** The transport with a recorder in it; beside each answer it keeps what the service then held. */
function recorded(device: string): Transport {
  const transport = fetchTransport(url);
  const all: { path: string; request: string; answer: HttpAnswer; state: State }[] = [];
  received.set(device, all);
  return {
    ...transport,
    async request(request) {
      const answer = await transport.request(request);
      // The app itself is the same for everybody: what the service holds matters only beside data.
      const last = all.at(-1)?.state;
      const isData = !request.path.startsWith('/api/bundles/');
      const state = last && !isData ? last : readService(join(folder, 'service', 'skerry.sqlite'), rules);
      all.push({ path: request.path, request: String(request.body ?? ''), answer, state });
      return answer;
    },
  };
}

async function signedIn(name: string): Promise<Device> {
  const device = await openNodeDevice({
    folder: join(folder, name),
    serviceUrl: url,
    profile: 'InspectorPhone',
    automatic: false,
    transport: recorded(name),
  });
  const password = model.security.demoUsers.find((user) => user.name === name)?.password ?? '';
  expect(await device.signIn(name, password)).toEqual({ ok: true, value: null });
  expect(await device.synchronize()).toMatchObject({ ok: true });
  return device;
}

/** Objects and members that a user may read in a state: an independent reading of the rules. */
function readable(state: State, user: ObjectId): ReadonlyMap<string, ReadonlySet<string>> {
  const eyes = eyesOf(rules, state, { user, now: NOW_MS });
  const all = new Map<string, ReadonlySet<string>>();
  for (const id of state.keys()) {
    const members = eyes.accesses(id).flatMap((one) => [...one.read]);
    if (members.length > 0) all.set(id, new Set(members));
  }
  return all;
}

interface Looked {
  readonly rows: number;
  readonly withheld: number;
  readonly leaks: readonly string[];
}

function lookThrough(device: string, user: ObjectId): Looked {
  const known = new Set<string>([user]);
  const leaks: string[] = [];
  let [rows, withheld] = [0, 0];
  for (const { path, request, answer, state } of received.get(device) ?? []) {
    const text = Buffer.from(answer.body).toString('utf8');
    const may = readable(state, user);
    for (const [id] of request.matchAll(OBJECT_ID)) known.add(id);
    if (path === '/api/sync/download' && answer.status === 200) {
      const page = JSON.parse(text) as DownloadAnswer;
      for (const batch of page.upserts) {
        for (const row of batch.rows) {
          rows++;
          const id = String(row[0]);
          known.add(id);
          const members = may.get(id);
          if (!members) leaks.push(`${path}: row ${id}`);
          batch.columns.forEach((member, at) => {
            const cell = row[at + 3] ?? null;
            if (members?.has(member)) {
              if (typeof cell === 'string') known.add(cell);
            } else if (cell !== null) leaks.push(`${path}: ${id}.${member}`);
            else withheld++;
          });
        }
        for (const { associationId, sets } of batch.links ?? []) {
          for (const [owner, targets] of sets) {
            if (!may.get(owner)?.has(associationId)) leaks.push(`${path}: links ${owner}.${associationId}`);
            for (const target of targets) known.add(target);
          }
        }
      }
    }
    for (const [marker, id = '', member = ''] of text.matchAll(MARKER)) {
      if (!may.get(id)?.has(member) && !request.includes(marker)) leaks.push(`${path}: ${marker}`);
    }
    if (path.startsWith('/api/bundles/')) continue;
    for (const [id] of text.matchAll(OBJECT_ID)) {
      const isRecord = text.includes(`"record":"${id}"`);
      if (!known.has(id) && !isRecord && !path.startsWith('/api/session/')) leaks.push(`${path}: names ${id}`);
    }
  }
  return { rows, withheld, leaks };
}

describe('everything that a device receives over the wire', { timeout: 240_000 }, () => {
  it('[L3] holds no row, member, marked text or id outside its user’s read grants, over a day of two inspectors', async () => {
    const anna = await signedIn('anna');
    const ben = await signedIn('ben');
    for (const [name, device] of [
      ['anna', anna],
      ['ben', ben],
    ] as const) {
      const source = {
        kind: 'database',
        entity: 'Field.Inspection',
        constraint: '',
        sort: [],
      } satisfies RetrieveRequest['source'];
      const { objects } = await device.retrieve({ source, variables: {} });
      let changed = 0;
      for (const { id, writable } of objects) {
        if (!writable.includes('Notes') || changed >= 5) continue;
        expect(await device.change(id, { Notes: `changed by ${name}` })).toMatchObject({ ok: true });
        expect(await device.commit([id])).toMatchObject({ ok: true });
        changed++;
      }
      expect(changed).toBeGreaterThan(0);
    }
    for (const device of [anna, ben, anna]) expect(await device.synchronize()).toMatchObject({ ok: true });
    for (const [name, device] of [
      ['anna', anna],
      ['ben', ben],
    ] as const) {
      const { user } = await device.status();
      const { rows, withheld, leaks } = lookThrough(name, (user?.id ?? '') as ObjectId);
      expect(leaks.slice(0, 20)).toEqual([]);
      expect(rows).toBeGreaterThan(50);
      expect(withheld).toBeGreaterThan(0);
      await device.close();
    }
  });

  it('would be found: a row put into an answer is', () => {
    const [first] = received.get('anna')?.filter(({ path }) => path === '/api/sync/download') ?? [];
    if (!first) throw new Error('The day before has downloads.');
    const hidden = [...first.state.values()].find(
      ({ id, entity }) => entity === 'Inspector' && !first.request.includes(id),
    );
    const page = JSON.parse(Buffer.from(first.answer.body).toString('utf8')) as DownloadAnswer;
    const entityId = rules.entities.get('Inspector')?.id as ElementId;
    page.upserts.push({ entityId, columns: [], rows: [['00000000-0000-7000-8000-000000000000', 1, 0]] });
    const body = new Uint8Array(Buffer.from(JSON.stringify(page)));
    received.set('thief', [{ ...first, answer: { ...first.answer, body } }]);
    expect(hidden).toBeDefined();
    expect(lookThrough('thief', (hidden?.id ?? '') as ObjectId).leaks.length).toBeGreaterThan(0);
  });
});
