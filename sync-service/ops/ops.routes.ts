import type { Security } from '@skerry/shared/metamodel/app';
import type { HelloAnswer } from '@skerry/shared/protocol/session';
import { PROTOCOL_FLOOR, PROTOCOL_VERSION } from '@skerry/shared/protocol/version';
import { Router } from 'express';
import type { Clock } from '../base/clock.ts';
import type { Database } from '../base/sql.ts';
import type { Releases } from '../releases/index.ts';

export interface OpsPorts {
  readonly database: Database;
  readonly releases: Releases;
  readonly now: Clock;
  /** Made once per installation. */
  readonly instance: string;
  /** Made anew when the database is restored. */
  readonly history: string;
  readonly isDevelopment: boolean;
  readonly isStopping: () => boolean;
}

export function opsRoutes(ports: OpsPorts): Router {
  const { database, releases, isStopping } = ports;
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ alive: true });
  });
  router.get('/readyz', async (_request, response) => {
    await database.read((sql) => sql.all('SELECT 1'));
    const isReady = releases.hasActive() && !isStopping();
    response.status(isReady ? 200 : 503).json({ ready: isReady });
  });
  router.get('/api/hello', (_request, response) => {
    response.set('cache-control', 'no-store').json(hello(ports));
  });
  return router;
}

function hello({ releases, instance, history, now, isDevelopment }: OpsPorts): HelloAnswer {
  const { app, security } = releases.active().model;
  return {
    protocolVersion: PROTOCOL_VERSION,
    protocolFloor: PROTOCOL_FLOOR,
    instance,
    history,
    app: { id: app.id, name: app.name },
    nowMs: now(),
    demoUsers: isDevelopment ? security.demoUsers.map((user) => demoUser(user, app.defaultLanguage)) : [],
  };
}

function demoUser({ name, password, caption, userRoles }: Security['demoUsers'][number], language: string) {
  return { name, password, caption: caption?.[language] ?? name, roles: [...userRoles] };
}
