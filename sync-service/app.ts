import { randomBytes as nodeRandomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import type { Signer } from '@skerry/shared/bundle/verify';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import express, { type Express, type RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import helmet from 'helmet';
import {
  authRoutes,
  createAccessTokens,
  createSealer,
  createSessions,
  hashDemoPasswords,
  type Sessions,
  seedDemoUsers,
} from './auth/index.ts';
import type { Clock, RandomBytes } from './base/clock.ts';
import { parseConfig, type ServiceConfig, type ServiceConfigInput } from './base/config.ts';
import { type ContentFolder, contentFolder } from './base/content-folder.ts';
import { errorResponse, notFound } from './base/error-response.ts';
import { createLog, type Log } from './base/log.ts';
import { installationSecret } from './base/secrets.ts';
import type { Database } from './base/sql.ts';
import { bundleRoutes } from './bundles/index.ts';
import { cutLog } from './change-log/index.ts';
import { openSqliteDatabase } from './db/index.ts';
import { forgetCalls } from './db/repositories/flow-calls.repository.ts';
import { readSetting, writeSetting } from './db/repositories/settings.repository.ts';
import {
  type DeviceListener,
  type DeviceListenerOptions,
  type Listening,
  listen,
  openDeviceListener,
} from './devices/index.ts';
import { fileRoutes } from './files/index.ts';
import { opsRoutes } from './ops/index.ts';
import { createReleases, publisherKeys, type Releases, seedObjects } from './releases/index.ts';
import {
  createDownload,
  createFlowCalls,
  createPings,
  createUpload,
  type FlowLog,
  flowRoutes,
  holdingGrants,
  NO_PLACE,
  type Pings,
  recalculate,
  syncRoutes,
  viewpointOf,
} from './sync/index.ts';

/** Devices that listen look for a release within this time. */
const RELEASE_SPREAD_MS = 60_000;

export interface ServiceOptions {
  readonly config: ServiceConfigInput;
  /** Service time; the machine's clock when absent. */
  readonly now?: Clock;
  readonly random?: RandomBytes;
  readonly log?: Log;
}

/** A sync service in this process. */
export interface Service {
  /** All routes, for whoever listens by himself. */
  readonly app: Express;
  readonly config: ServiceConfig;
  readonly releases: Releases;
  readonly database: Database;
  readonly sessions: Sessions;
  /** Bundle parts by hash, for publishing without HTTP. */
  readonly parts: ContentFolder;
  /** File bodies by hash, for loading demo data. */
  readonly bodies: ContentFolder;
  /** Whoever presents it may publish. */
  readonly publisherToken: string;
  /** The key that development releases are signed with; null in production. */
  readonly developmentSigner: Signer | null;
  /** Listens on the configured port. @returns the address */
  start(): Promise<{ readonly url: string; readonly port: number }>;
  /** Lets running requests end, then closes everything. */
  stop(): Promise<void>;
  openDeviceListener(options: DeviceListenerOptions): Promise<DeviceListener>;
}

/** Opens the data folder and puts the service together. @throws Fault `config/invalid` */
export async function createService(options: ServiceOptions): Promise<Service> {
  const config = parseConfig(options.config);
  const now = options.now ?? Date.now;
  const random = options.random ?? nodeRandomBytes;
  const log = options.log ?? createLog(config.logLevel);
  const secret = installationSecret(config.dataFolder, 'tokens');
  const publisherToken =
    config.publisherToken ?? Buffer.from(installationSecret(config.dataFolder, 'publisher')).toString('hex');
  const keys = publisherKeys(config);
  const database = await openSqliteDatabase(config.dataFolder);
  const parts = contentFolder(join(config.dataFolder, 'parts'));
  const bodies = contentFolder(join(config.dataFolder, 'files'));
  const releases = createReleases({
    database,
    parts,
    keys: () => keys.trusted,
    now,
    prepareRows: (unit, model, previous) => recalculate(unit, model, previous, now()),
  });
  await releases.load();
  const { instance, history } = await identityOf(database, random);
  const sealer = createSealer(secret);
  const sessions = createSessions({
    database,
    releases,
    tokens: createAccessTokens(secret, config.accessTokenMs),
    now,
    random,
    refreshTokenMs: config.refreshTokenMs,
    async readRights(sql, model, user) {
      const info = must(model.entities.get(user.entityId), 'a user has an entity');
      const grants = await holdingGrants(sql, await viewpointOf(sql, model, user, NO_PLACE, now()), info, user.id);
      return new Set<string>(grants.flatMap(({ grant }) => grant.read));
    },
  });
  const pings = createPings(
    () => true,
    now,
    () => random(1)[0]! / 256,
  );
  releases.onActivated(() => pings.released(config.mode === 'development' ? 0 : RELEASE_SPREAD_MS));
  const onChanged = (entities: ReadonlySet<ElementId>, by: ObjectId | null) => pings.changed(entities, by);
  const flowLog: FlowLog = (level, message, flow) => log[level === 'warning' ? 'warn' : level]({ flow }, message);
  let isStopping = false;
  const app = createApp({
    config,
    log,
    routers: [
      opsRoutes({
        database,
        releases,
        now,
        instance,
        history,
        isDevelopment: config.mode === 'development',
        isStopping: () => isStopping,
      }),
      authRoutes(sessions),
      bundleRoutes({ releases, parts, publisherToken, maxBodyBytes: config.maxBodyBytes }),
      syncRoutes({
        sessions,
        pings,
        upload: createUpload({ database, releases, now, random, log: flowLog, onChanged }),
        download: createDownload({ database, releases, sealer, now, pageRows: config.pageRows }),
      }),
      flowRoutes({
        sessions,
        callFlow: createFlowCalls({ database, releases, now, random, log: flowLog, onChanged }),
      }),
      fileRoutes({ database, releases, sessions, bodies, now, maxBodyBytes: config.maxBodyBytes, onChanged }),
    ],
  });
  return running({
    app,
    config,
    log,
    releases,
    database,
    sessions,
    parts,
    bodies,
    publisherToken,
    keys,
    pings,
    now,
    stopping: () => (isStopping = true),
  });
}

interface Running {
  readonly app: Express;
  readonly config: ServiceConfig;
  readonly log: Log;
  readonly releases: Releases;
  readonly database: Database;
  readonly sessions: Sessions;
  readonly parts: ContentFolder;
  readonly bodies: ContentFolder;
  readonly publisherToken: string;
  readonly keys: ReturnType<typeof publisherKeys>;
  readonly pings: Pings;
  readonly now: Clock;
  readonly stopping: () => void;
}

const RETENTION_EVERY_MS = 3_600_000;

function running({
  app,
  config,
  log,
  releases,
  database,
  sessions,
  parts,
  bodies,
  publisherToken,
  keys,
  pings,
  now,
  stopping,
}: Running): Service {
  const listeners: DeviceListener[] = [];
  let main: Listening | null = null;
  const retention = setInterval(() => {
    const beforeMs = now() - config.retentionMs;
    const cut = database.write(async (unit) => (await cutLog(unit, beforeMs)) + (await forgetCalls(unit, beforeMs)));
    cut.catch((error: unknown) => log.error({ err: error }, 'the change log could not be cut'));
  }, RETENTION_EVERY_MS);
  retention.unref();
  return {
    app,
    config,
    releases,
    database,
    sessions,
    parts,
    bodies,
    publisherToken,
    developmentSigner: keys.developmentSigner,
    async start() {
      main = await listen(app, config.host, config.port);
      const url = `http://${config.host}:${main.port}`;
      log.info({ url, mode: config.mode }, 'listening');
      return { url, port: main.port };
    },
    async stop() {
      stopping();
      clearInterval(retention);
      pings.close();
      for (const listener of listeners) await listener.close();
      await main?.close();
      await database.close();
    },
    async openDeviceListener(options) {
      const listener = await openDeviceListener(app, config.host, options);
      listeners.push(listener);
      return listener;
    },
  };
}

export interface AppParts {
  readonly config: Pick<ServiceConfig, 'mode' | 'maxBodyBytes' | 'requestsPerMinute'>;
  readonly log: Log;
  readonly routers: readonly RequestHandler[];
}

/** Express and what every request passes through. */
export function createApp({ config, log, routers }: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  const csp = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };
  // Whoever ends TLS in front says so by its own header; on a loopback address it would only lock browsers out.
  app.use('/api', helmet({ contentSecurityPolicy: csp, strictTransportSecurity: false }));
  const perMinute = config.requestsPerMinute ?? (config.mode === 'development' ? 100_000 : 600);
  const limited = (limit: number) =>
    rateLimit({
      windowMs: 60_000,
      limit,
      standardHeaders: true,
      legacyHeaders: false,
      message: {
        error: { code: 'request/too-many', message: 'Too many requests. Wait a minute and try again.', retry: true },
      },
    });
  app.use('/api', limited(perMinute));
  app.use('/api/session', limited(Math.max(5, Math.floor(perMinute / 20))));
  app.use(express.json({ limit: config.maxBodyBytes }));
  for (const router of routers) app.use(router);
  app.use(notFound);
  app.use(errorResponse(log));
  return app;
}

/** Who this installation is, and which history its database has: each made once. */
async function identityOf(database: Database, random: RandomBytes): Promise<{ instance: string; history: string }> {
  return database.write(async (unit) => {
    const made = async (key: string) => {
      const known = await readSetting(unit, key);
      if (known !== null) return known;
      const value = Buffer.from(random(16)).toString('hex');
      await writeSetting(unit, key, value);
      return value;
    };
    return { instance: await made('instance'), history: await made('history') };
  });
}

/**
 * Puts demo objects straight into the tables and lets the demo users sign in. For development, before any device has
 * synchronised: nothing of it is in the log.
 *
 * @returns number of objects
 */
export async function loadDemoData(service: Service, objects: Iterable<DemoObject>): Promise<number> {
  const model = service.releases.active();
  const hashes = await hashDemoPasswords(model);
  return service.database.write(async (unit) => {
    const count = await seedObjects(unit, model, objects);
    await recalculate(unit, model, null, Date.now());
    await seedDemoUsers(unit, model, hashes);
    return count;
  });
}
