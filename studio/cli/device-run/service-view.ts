import type { Cell } from '@skerry/shared/base/cell';
import { operationalFault } from '@skerry/shared/base/fault';
import { errorBody, z } from '@skerry/shared/protocol/common';
import { type DigestAnswer, type DownloadAnswer, digestAnswer, downloadAnswer } from '@skerry/shared/protocol/download';
import { helloAnswer, sessionAnswer } from '@skerry/shared/protocol/session';
import type { DigestedObject } from '@skerry/shared/sync/digest';

/** What a device says about itself when it asks for its scope. */
export interface Asker {
  readonly name: string;
  readonly password: string;
  readonly deviceId: string;
  readonly profile: string;
  readonly bundleVersion: string;
  readonly planHash: string;
  readonly zone: string;
  readonly locale: string;
  readonly firstDayOfWeek: number;
}

/** The scope of a device's user as the service sees it, asked over HTTP and past the device's engine. */
export interface ServiceView {
  digest(): Promise<DigestAnswer>;
  /** All objects in scope with their cells, by entity and id: a pull from the beginning. */
  objects(): Promise<ReadonlyMap<string, ReadonlyMap<string, DigestedObject>>>;
}

/** Passwords of the service's demo users by name; none in production. */
export async function demoPasswords(url: string): Promise<ReadonlyMap<string, string>> {
  const { demoUsers } = await ask(url, '/api/hello', helloAnswer);
  return new Map(demoUsers.map(({ name, password }) => [name, password]));
}

/** Signs in beside the device, in its name, so that the device's own session is left alone. */
export async function serviceView(url: string, asker: Asker): Promise<ServiceView> {
  const { name, password, deviceId, profile, bundleVersion, planHash, zone, locale, firstDayOfWeek } = asker;
  const { accessToken } = await ask(url, '/api/session/sign-in', sessionAnswer, {
    body: { name, password, deviceId, profile, platform: 'node' },
  });
  const place = { profile, bundleVersion, zone, locale, firstDayOfWeek };
  return {
    digest: () => ask(url, '/api/sync/digest', digestAnswer, { body: place, accessToken }),
    async objects() {
      const found = new Map<string, Map<string, DigestedObject>>();
      let pageToken: string | null = null;
      do {
        const body = { ...place, planHash, cursor: null, pageToken, encodings: ['json-rows-1'] };
        const page: DownloadAnswer = await ask(url, '/api/sync/download', downloadAnswer, { body, accessToken });
        take(page, found);
        ({ pageToken } = page);
      } while (pageToken !== null);
      return found;
    },
  };
}

function take(page: DownloadAnswer, found: Map<string, Map<string, DigestedObject>>): void {
  for (const { entityId, columns, rows, links } of page.upserts) {
    const objects = found.get(entityId) ?? new Map<string, DigestedObject>();
    found.set(entityId, objects);
    for (const [id, rev, place, ...cells] of rows) {
      const { read = [], write = [], delete: isDeletable = false } = page.rights[Number(place)] ?? {};
      objects.set(String(id), {
        rev: Number(rev),
        rights: { read, write, delete: isDeletable },
        cells: Object.fromEntries(columns.map((member, at): [string, Cell] => [member, cells[at] ?? null])),
        links: Object.fromEntries(
          (links ?? []).map(({ associationId, sets }) => [associationId, setOf(sets, String(id))]),
        ),
      });
    }
  }
}

function setOf(sets: readonly (readonly [string, readonly string[]])[], owner: string): readonly string[] {
  return sets.find(([id]) => id === owner)?.[1] ?? [];
}

interface Asking {
  readonly body?: unknown;
  readonly accessToken?: string;
}

/** @throws Fault with the service's own code, or `scenario/no-service` */
async function ask<S extends z.ZodMiniType>(
  url: string,
  path: string,
  schema: S,
  asking: Asking = {},
): Promise<z.output<S>> {
  const { body, accessToken } = asking;
  let answer: Response;
  try {
    answer = await fetch(new URL(path, url), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw operationalFault('scenario/no-service', `Nothing answers at ${url}. Start the service, or correct --url.`);
  }
  const content: unknown = await answer.json().catch(() => null);
  if (answer.ok) return z.parse(schema, content);
  const told = z.safeParse(errorBody, content);
  if (told.success) throw operationalFault(told.data.error.code, told.data.error.message);
  throw operationalFault(
    'scenario/no-service',
    `${url} answered ${path} with status ${answer.status}. Is it a Skerry service?`,
  );
}
