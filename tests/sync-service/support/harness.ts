import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cells } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { Model } from '@skerry/shared/metamodel/model';
import type { PublishAnswer } from '@skerry/shared/protocol/bundle';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import type { Operation } from '@skerry/shared/sync/change';
import type { Verdict } from '@skerry/shared/sync/verdict';
import { pino } from 'pino';
import { buildRelease } from '../../../studio/host/publish/build-release.ts';
import { createService, loadDemoData, type Service } from '../../../sync-service/app.ts';
import { fieldModel, id, objectOf } from './field-model.ts';

export interface Harness {
  readonly url: string;
  readonly service: Service;
  /** Service time; tests move it. */
  readonly clock: { ms: number };
  readonly folder: string;
  /** Lines of the service's log, as JSON. */
  readonly logged: readonly string[];
  publish(model: Model): Promise<PublishAnswer>;
  signIn(name: string, device: string): Promise<TestDevice>;
  /** Statements against the tables, behind the service's back. */
  sql(statement: string, parameters?: readonly (string | number)[]): Promise<void>;
  /** Ends the process's service and starts another on the same folder. */
  restart(): Promise<Harness>;
  close(): Promise<void>;
}

const [north, south] = [objectOf('north'), objectOf('south')];

function demoObjects(): DemoObject[] {
  const object = (entity: string, word: string, cells: Cells, links: DemoObject['links'] = {}): DemoObject => ({
    entity: `Field.${entity}`,
    id: objectOf(word),
    cells,
    links,
  });
  const user = (name: string, region: ObjectId) =>
    object('Inspector', name, {}, { [id('Inspector_Region')]: [region] });
  const site = (word: string, region: ObjectId, isPublic = false) =>
    object('Site', word, {
      [id('Site.Name')]: `name of ${word}`,
      [id('Site.Secret')]: `SECRET-${word}`,
      [id('Site.IsPublic')]: isPublic,
      [id('Site_Region')]: region,
    });
  return [
    object('Region', 'north', { [id('Region.Name')]: 'North' }),
    object('Region', 'south', { [id('Region.Name')]: 'South' }),
    user('anna', north),
    user('ben', south),
    site('quay', north),
    site('mill', south),
    site('park', south, true),
  ];
}

export async function startHarness(
  model: Model = fieldModel(),
  objects: Iterable<DemoObject> = demoObjects(),
): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'skerry-service-'));
  const clock = { ms: Date.UTC(2026, 10, 23, 8) };
  const harness = await open(folder, clock);
  await harness.publish(model);
  await loadDemoData(harness.service, objects);
  return harness;
}

async function open(folder: string, clock: { ms: number }): Promise<Harness> {
  const config = { mode: 'development', dataFolder: folder, logLevel: 'silent', pageRows: 50 } as const;
  const logged: string[] = [];
  const log = pino({ level: 'info', base: null, timestamp: false }, { write: (line) => void logged.push(line) });
  const service = await createService({ config, now: () => clock.ms, log });
  const { url } = await service.start();
  return {
    url,
    service,
    clock,
    folder,
    logged,
    async publish(model) {
      const signer = service.developmentSigner!;
      const built = buildRelease(model, { signer, nowMs: clock.ms, actionSources: new Map(), isDevelopment: true });
      if (!built.ok) throw new Error(JSON.stringify(built.error));
      for (const [hash, bytes] of built.value.parts) await service.parts.write(hash, bytes);
      return service.releases.publish(built.value.request);
    },
    signIn: (name, device) => signIn(url, name, device),
    sql: (statement, parameters) =>
      service.database.write(async (unit) => void (await unit.run(statement, parameters))),
    async restart() {
      await service.stop();
      return open(folder, clock);
    },
    async close() {
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Answer<T = Record<string, never>> {
  readonly status: number;
  readonly body: T & {
    readonly error: {
      readonly code: string;
      readonly message: string;
      readonly details?: { readonly [key: string]: unknown };
    };
  };
}

export async function post<T>(url: string, body: unknown, token?: string): Promise<Answer<T>> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(url, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Answer<T>['body'] };
}

async function signIn(url: string, name: string, device: string): Promise<TestDevice> {
  const request = {
    name,
    password: `${name}-password`,
    deviceId: objectOf(device),
    profile: 'Phone',
    platform: 'test',
  };
  const { status, body } = await post<{ accessToken: string; refreshToken: string }>(
    `${url}/api/session/sign-in`,
    request,
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  const bundle = (await (await fetch(`${url}/api/bundles/Phone`)).json()) as { manifest: string };
  const { version, planHash } = JSON.parse(bundle.manifest) as { version: string; planHash: string };
  return new TestDevice(url, objectOf(device), body.accessToken, body.refreshToken, { version, planHash });
}

/** A device of the plainest kind: numbers, sends, and applies what comes to maps. */
export class TestDevice {
  cursor: string | null = null;
  sequence = 0;
  /** By object id: revision, right to delete, and the readable cells by member id. */
  readonly rows = new Map<
    string,
    { entity: string; rev: number; cells: Cells; links: { [association: string]: readonly string[] } }
  >();
  /** Every text that came down. */
  readonly received: string[] = [];
  last: DownloadAnswer | null = null;
  readonly url: string;
  readonly id: ObjectId;
  readonly token: string;
  readonly refreshToken: string;
  bundle: { version: string; planHash: string };

  constructor(
    url: string,
    deviceId: ObjectId,
    token: string,
    refreshToken: string,
    bundle: { version: string; planHash: string },
  ) {
    this.url = url;
    this.id = deviceId;
    this.token = token;
    this.refreshToken = refreshToken;
    this.bundle = bundle;
  }

  transaction(...operations: Operation[]) {
    const sequence = ++this.sequence;
    return {
      id: objectOf(`${this.id.slice(-4)}t${sequence}`),
      sequence,
      bundleVersion: this.bundle.version,
      flow: null,
      atMs: 0,
      operations,
    };
  }

  send(transactions: readonly unknown[], acknowledged = 0, more: object = {}) {
    return post<{ verdicts: Verdict[] }>(
      `${this.url}/api/sync/upload`,
      { profile: 'Phone', acknowledged, transactions, ...more },
      this.token,
    );
  }

  /** One transaction, one verdict. */
  async write(...operations: Operation[]): Promise<Verdict> {
    const { status, body } = await this.send([this.transaction(...operations)]);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.verdicts[0]!;
  }

  request(more: object = {}) {
    return {
      profile: 'Phone',
      bundleVersion: this.bundle.version,
      planHash: this.bundle.planHash,
      cursor: this.cursor,
      pageToken: null,
      encodings: ['json-rows-1'],
      zone: 'Europe/Berlin',
      locale: 'en',
      firstDayOfWeek: 1,
      ...more,
    };
  }

  page(more: object = {}) {
    return post<DownloadAnswer>(`${this.url}/api/sync/download`, this.request(more), this.token);
  }

  /** Pulls to the end. @returns the pages */
  async pull(more: object = {}): Promise<DownloadAnswer[]> {
    const pages: DownloadAnswer[] = [];
    for (let pageToken: string | null = null; ; ) {
      const { status, body } = await this.page({ ...more, pageToken });
      if (status !== 200) throw new Error(JSON.stringify(body));
      this.received.push(JSON.stringify(body));
      pages.push(body);
      pageToken = body.pageToken;
      if (pageToken === null) break;
    }
    this.apply(pages);
    return pages;
  }

  apply(pages: readonly DownloadAnswer[]): void {
    const listed = new Map<string, Set<string>>();
    for (const page of pages) {
      for (const { entityId, ids } of page.reconciled)
        listed.set(entityId, new Set([...(listed.get(entityId) ?? []), ...ids]));
      for (const { ids } of page.removals) for (const one of ids) this.rows.delete(one);
      for (const { entityId, columns, rows, links } of page.upserts) {
        for (const [rowId, rev, place, ...cells] of rows) {
          const rights = page.rights[place as number]!;
          const readable = Object.fromEntries(
            columns
              .map((column, at) => [column, cells[at] ?? null] as const)
              .filter(([column]) => rights.read.includes(column)),
          );
          this.rows.set(rowId as string, { entity: entityId, rev: rev as number, cells: readable, links: {} });
        }
        for (const { associationId, sets } of links ?? [])
          for (const [owner, targets] of sets) this.rows.get(owner)!.links[associationId] = targets;
      }
    }
    for (const [entity, ids] of listed) {
      for (const [rowId, row] of this.rows) if (row.entity === entity && !ids.has(rowId)) this.rows.delete(rowId);
    }
    this.last = pages.at(-1) ?? null;
    this.cursor = this.last?.checkpoint?.cursor ?? this.cursor;
  }

  /** Ids of what it holds of an entity. */
  ids(entity: string): string[] {
    return [...this.rows]
      .filter(([, row]) => row.entity === id(entity))
      .map(([rowId]) => rowId)
      .sort();
  }

  cells(word: string): Cells | undefined {
    return this.rows.get(objectOf(word))?.cells;
  }
}

export { id, objectOf } from './field-model.ts';

export function create(
  entity: string,
  word: string,
  set: Cells,
  add?: { readonly [association: string]: readonly ObjectId[] },
): Operation {
  return { kind: 'create', entityId: id(entity), objectId: objectOf(word), set, ...(add ? { add } : {}) };
}
export function update(entity: string, word: string, set: Cells, was: Cells, more: object = {}): Operation {
  return { kind: 'update', entityId: id(entity), objectId: objectOf(word), baseRev: 1, set, was, ...more };
}
export function remove(entity: string, word: string, baseRev = 1): Operation {
  return { kind: 'delete', entityId: id(entity), objectId: objectOf(word), baseRev };
}
export function task(word: string, site: string, more: Cells = {}): Operation {
  return create('Task', word, { [id('Task.Title')]: `title of ${word}`, [id('Task_Site')]: objectOf(site), ...more });
}
