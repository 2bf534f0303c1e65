import type { Cell } from '@skerry/shared/base/cell';
import { userFault } from '@skerry/shared/base/fault';
import { must } from '@skerry/shared/base/invariant';
import type { DigestAnswer, DigestRequest, DownloadAnswer, DownloadRequest } from '@skerry/shared/protocol/download';
import { objectDigest } from '@skerry/shared/sync/digest';
import type { Authenticated, Sealer } from '../../auth/index.ts';
import type { Clock } from '../../base/clock.ts';
import type { Database, Sql } from '../../base/sql.ts';
import { logHead, NO_OVERLAY, overlayAt } from '../../change-log/index.ts';
import { deviceById } from '../../db/repositories/devices.repository.ts';
import { settledBetween } from '../../db/repositories/verdicts.repository.ts';
import type { DeviceScope, Releases } from '../../releases/index.ts';
import { atMoment, type Viewpoint, viewpointOf } from '../viewpoint.ts';
import { readsOf } from './candidates.ts';
import { fillEntity } from './fill.ts';
import { nextScopeChange } from './next-change.ts';
import { entityScopes, framesOf, openPull } from './open-pull.ts';
import { Page, wireCells } from './page.ts';
import { type EntityScope, rightsOf, rowsInScope, type State, setsOf } from './scope-query.ts';
import { openCursor, openPageToken, type PageToken, pageRefused, seal } from './tokens.ts';

export interface DownloadPorts {
  readonly database: Database;
  readonly releases: Releases;
  readonly sealer: Sealer;
  readonly now: Clock;
  readonly pageRows: number;
}

export interface Download {
  pull(who: Authenticated, request: DownloadRequest): Promise<DownloadAnswer>;
  /** What the scope holds now, computed from the tables alone. */
  digest(who: Authenticated, request: DigestRequest): Promise<DigestAnswer>;
}

export function createDownload({ database, releases, sealer, now, pageRows }: DownloadPorts): Download {
  /** Everything one page needs, from one snapshot. */
  async function pull({ caller, user }: Authenticated, request: DownloadRequest): Promise<DownloadAnswer> {
    const scope = deviceScopeOf(releases, request);
    return database.read(async (sql) => {
      const device = must(await deviceById(sql, caller.deviceId), 'a signed-in device is registered');
      const resumed = request.pageToken === null ? null : openPageToken(sealer, request.pageToken, caller);
      const viewpoint = await viewpointOf(sql, releases.active(), user, request, resumed?.atMs ?? now());
      const scopes = await entityScopes(sql, viewpoint, scope, caller.deviceId);
      if (resumed && !isEqual(resumed.frames, framesOf(viewpoint, scopes)))
        throw pageRefused('Rights or the app have changed meanwhile.');
      const cursor = request.cursor === null ? null : openCursor(sealer, request.cursor, caller);
      const token = resumed ?? (await openPull(sql, viewpoint, scopes, cursor, device.highestSequence));
      const states = await statesOf(sql, viewpoint, token);
      const page = new Page(Math.max(1, Math.min(request.maxRows ?? pageRows, pageRows)));
      const next = await fillPage(sql, page, scopes, token, states);
      const isFirst = resumed === null;
      return {
        encoding: 'json-rows-1',
        rights: page.rights,
        upserts: page.upserts,
        removals: page.removals,
        reconciled: page.reconciled,
        settled: isFirst
          ? [...(await settledBetween(sql, caller.deviceId, token.from?.position ?? 0, token.position))]
          : [],
        totalRows: token.totalRows,
        pageToken: next ? seal(sealer, next, caller) : null,
        checkpoint: next
          ? null
          : {
              cursor: seal(
                sealer,
                { kind: 'cursor', position: token.position, atMs: token.atMs, frames: token.frames },
                caller,
              ),
              coversSequence: token.coversSequence,
              nextScopeChangeMs: await nextScopeChange(sql, scopes.map(readsOf), states.now),
              atMs: token.atMs,
            },
      };
    });
  }

  async function digest({ caller, user }: Authenticated, request: DigestRequest): Promise<DigestAnswer> {
    const scope = releases.scopeOf(request.profile, request.bundleVersion);
    return database.read(async (sql) => {
      const device = must(await deviceById(sql, caller.deviceId), 'a signed-in device is registered');
      const viewpoint = await viewpointOf(sql, releases.active(), user, request, now());
      const state: State = { viewpoint, overlay: NO_OVERLAY, position: await logHead(sql) };
      const entities: DigestAnswer['entities'] = [];
      for (const one of await entityScopes(sql, viewpoint, scope, caller.deviceId)) {
        entities.push({ entityId: one.info.id, objects: await digestsOf(sql, one, state) });
      }
      return { entities, coversSequence: device.highestSequence };
    });
  }

  return { pull, digest };
}

function deviceScopeOf(releases: Releases, request: DownloadRequest): DeviceScope {
  const scope = releases.scopeOf(request.profile, request.bundleVersion);
  if (scope.planHash === request.planHash) return scope;
  throw userFault(
    'sync/bundle-unknown',
    `Version ${request.bundleVersion} has another scope plan here. Fetch the bundle again.`,
  );
}

interface States {
  readonly before: State | null;
  readonly now: State;
}

/** The snapshot's state, and the one the device stands on; what came after either is laid over. */
async function statesOf(sql: Sql, viewpoint: Viewpoint, { position, from }: PageToken): Promise<States> {
  const { logged } = viewpoint.model;
  const now = { viewpoint, overlay: await overlayAt(sql, logged, position), position };
  if (!from) return { before: null, now };
  const before = {
    viewpoint: atMoment(viewpoint, from.atMs),
    overlay: await overlayAt(sql, logged, from.position),
    position: from.position,
  };
  return { before, now };
}

/** Fills the page from where the token stands. @returns the token of the next page, or null when all is told */
async function fillPage(
  sql: Sql,
  page: Page,
  scopes: readonly EntityScope[],
  token: PageToken,
  states: States,
): Promise<PageToken | null> {
  let after = token.after;
  for (let at = token.at; at < token.steps.length; at++) {
    const step = token.steps[at]!;
    const scope = scopes.find((one) => one.info.id === step.entityId);
    if (page.room === 0) return { ...token, at, after };
    const goOn = scope ? await fillEntity(sql, page, scope, step, states, after) : null;
    if (goOn !== null) return { ...token, at, after: goOn };
    after = '';
  }
  return null;
}

async function digestsOf(sql: Sql, scope: EntityScope, state: State): Promise<[string, string][]> {
  const rows = await rowsInScope(sql, scope, state, { ids: null, after: '', limit: -1, withCells: true });
  const owners = rows.map((row) => row.id);
  const links = await Promise.all(
    scope.sets.map(async (set) => [set.associationId, await setsOf(sql, set, owners, state.overlay)] as const),
  );
  const entity = {
    columns: scope.columns.map((column) => column.memberId),
    sets: scope.sets.map((set) => set.associationId),
  };
  return rows.map((row) => {
    const rights = rightsOf(scope, row.holds);
    const values = wireCells(scope, row, rights.read);
    const cells: { [member: string]: Cell } = {};
    scope.columns.forEach((column, at) => {
      cells[column.memberId] = values[at] ?? null;
    });
    const sets = Object.fromEntries(links.map(([association, byOwner]) => [association, byOwner.get(row.id) ?? []]));
    return [row.id, objectDigest({ rev: row.rev, rights, cells, links: sets }, entity)];
  });
}

function isEqual(a: { readonly [key: string]: string }, b: { readonly [key: string]: string }): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
