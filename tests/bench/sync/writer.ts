import { z } from '@skerry/shared/protocol/common';
import { helloAnswer, sessionAnswer } from '@skerry/shared/protocol/session';
import { type UploadRequest, uploadAnswer } from '@skerry/shared/protocol/upload';
import { idOf } from '../../support/model-builder.ts';
import { ITEM, PROFILE, passwordOf } from './app.ts';
import { benchRow } from './rows.ts';

const DEVICE = '00000000-0000-7000-8000-00000000beef';
const PER_TRANSACTION = 50;

/** Changes the first `count` rows through the protocol, as another device would: admitted, logged, pinged. */
export async function changeElsewhere(url: string, count: number): Promise<void> {
  const hello = z.parse(helloAnswer, await (await fetch(`${url}/api/hello`)).json());
  const session = await post(url, '/api/session/sign-in', sessionAnswer, {
    name: 'writer',
    password: passwordOf('writer'),
    deviceId: DEVICE,
    profile: PROFILE,
    platform: 'bench',
  });
  const transactions: UploadRequest['transactions'] = [];
  for (let from = 0; from < count; from += PER_TRANSACTION) {
    const sequence = transactions.length + 1;
    const rows = Array.from({ length: Math.min(PER_TRANSACTION, count - from) }, (_, at) => benchRow(from + at));
    transactions.push({
      id: `00000000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`,
      sequence,
      bundleVersion: '1.0.0',
      flow: null,
      atMs: hello.nowMs,
      operations: rows.map((row) => ({
        kind: 'update' as const,
        entityId: idOf(ITEM),
        objectId: row.id,
        baseRev: 1,
        set: { [idOf(`${ITEM}/Qty`)]: 999_999 },
        was: { [idOf(`${ITEM}/Qty`)]: row.qty },
      })),
    });
  }
  const body: UploadRequest = { profile: PROFILE, acknowledged: 0, transactions };
  const { verdicts } = await post(url, '/api/sync/upload', uploadAnswer, body, session.accessToken);
  const refused = verdicts.filter(({ kind }) => kind !== 'applied');
  if (refused.length > 0) throw new Error(`The changes were not applied: ${JSON.stringify(refused[0])}`);
}

async function post<S extends z.ZodMiniType>(
  url: string,
  path: string,
  schema: S,
  body: object,
  token?: string,
): Promise<z.output<S>> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
  return z.parse(schema, JSON.parse(text));
}
