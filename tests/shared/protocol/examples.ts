import type { Json } from '@skerry/shared/base/json';
import * as bundle from '@skerry/shared/protocol/bundle';
import * as common from '@skerry/shared/protocol/common';
import * as download from '@skerry/shared/protocol/download';
import * as flowCall from '@skerry/shared/protocol/flow-call';
import * as session from '@skerry/shared/protocol/session';
import * as upload from '@skerry/shared/protocol/upload';
import type { ZodMiniType } from 'zod/mini';

export const ELEMENT = 'abcdefgh23456777';
export const OBJECT = '019b8805-3000-7000-8000-000000000001';
export const OTHER = '019b8805-3000-7000-8000-000000000002';
export const HASH = '0123456789abcdef'.repeat(4);

const signature = { keyId: 'k', signer: 'Build', timeMs: 1, signature: 'ab' };
const place = { zone: 'Europe/Amsterdam', locale: 'nl', firstDayOfWeek: 1 };
const cell = { kind: 'cell', value: null };
const rights = { rules: [ELEMENT], read: [ELEMENT], write: [], delete: false };
const rowBatch = {
  entityId: ELEMENT,
  columns: [ELEMENT],
  rows: [[OBJECT, 3, 0, null]],
  links: [{ associationId: ELEMENT, sets: [[OBJECT, [OTHER]]] }],
};
const checkpoint = { cursor: 'c', coversSequence: 4, nextScopeChangeMs: null, atMs: 1.5 };
const sentTransaction = {
  id: OTHER,
  sequence: 1,
  bundleVersion: '1.0.0',
  flow: null,
  atMs: 1,
  operations: [
    { kind: 'create', entityId: ELEMENT, objectId: OBJECT, set: { [ELEMENT]: 'a' }, add: { [ELEMENT]: [OTHER] } },
    {
      kind: 'update',
      entityId: ELEMENT,
      objectId: OBJECT,
      baseRev: 1,
      set: { [ELEMENT]: true },
      was: { [ELEMENT]: 2 },
    },
    { kind: 'delete', entityId: ELEMENT, objectId: OBJECT, baseRev: 2 },
  ],
};
const refusal = { sequence: 2, transaction: OTHER, record: 'r' };
const verdicts = [
  {
    kind: 'applied',
    sequence: 1,
    transaction: OTHER,
    resolutions: [{ entityId: ELEMENT, objectId: OBJECT, member: null, policy: 'merge', outcome: 'theirs' }],
  },
  {
    kind: 'parked',
    ...refusal,
    conflicts: [{ entityId: ELEMENT, objectId: OBJECT, member: ELEMENT, mine: 1, base: null }],
  },
  { kind: 'rejected', ...refusal, code: 'sync/unique', message: 'Taken.', member: ELEMENT, because: OBJECT },
];

/** Paths in the examples that need not be there; keys that are ids of members never need to. */
export const OPTIONAL: { readonly [name: string]: readonly string[] } = {
  publishAnswer: ['warnings', 'warnings/0/document'],
  errorBody: ['error/details', 'error/details/at'],
  downloadRequest: ['maxRows'],
  rowBatch: ['links'],
  downloadAnswer: ['upserts/0/links'],
  flowCallRequest: ['place', 'arguments/A', 'arguments/B', 'arguments/C'],
  sentTransaction: ['operations/0/add'],
  uploadRequest: ['place', 'settlements', 'transactions/0/operations/0/add'],
  verdict: ['member', 'because'],
  uploadAnswer: ['verdicts/2/member', 'verdicts/2/because'],
};

/** One message of each kind, with everything that may stand in it. */
export const EXAMPLES: readonly (readonly [name: string, schema: ZodMiniType, message: Json])[] = [
  ['bundleAnswer', bundle.bundleAnswer, { manifest: '{}', signature, keys: [{ keyId: 'k', publicKey: 'cd' }] }],
  [
    'publishRequest',
    bundle.publishRequest,
    { version: '1.0.0', bundles: [{ profile: 'Phone', manifest: '{}', signature }], model: HASH },
  ],
  [
    'publishAnswer',
    bundle.publishAnswer,
    {
      version: '1.0.0',
      missingParts: [HASH],
      published: false,
      warnings: [{ code: 'publish/x', message: 'Less.', document: 'M.Flow' }],
    },
  ],
  ['errorBody', common.errorBody, { error: { code: 'a/b', message: 'No.', retry: false, details: { at: 1 } } }],
  [
    'downloadRequest',
    download.downloadRequest,
    {
      profile: 'Phone',
      bundleVersion: '1.0.0',
      planHash: HASH,
      cursor: null,
      pageToken: null,
      encodings: ['json-rows-1'],
      ...place,
      maxRows: 500,
    },
  ],
  ['rights', download.rights, rights],
  ['rowBatch', download.rowBatch, rowBatch],
  ['checkpoint', download.checkpoint, checkpoint],
  [
    'downloadAnswer',
    download.downloadAnswer,
    {
      encoding: 'json-rows-1',
      rights: [rights],
      upserts: [rowBatch],
      removals: [{ entityId: ELEMENT, ids: [OBJECT] }],
      reconciled: [{ entityId: ELEMENT, because: 'the rules changed', ids: [] }],
      settled: [{ record: 'r', outcome: 'discarded', by: 'Ann' }],
      totalRows: null,
      pageToken: null,
      checkpoint,
    },
  ],
  ['digestRequest', download.digestRequest, { profile: 'Phone', bundleVersion: '1.0.0', ...place }],
  [
    'digestAnswer',
    download.digestAnswer,
    { entities: [{ entityId: ELEMENT, objects: [[OBJECT, HASH]] }], coversSequence: 0 },
  ],
  [
    'flowCallRequest',
    flowCall.flowCallRequest,
    {
      id: OBJECT,
      profile: 'Phone',
      place,
      microflow: ELEMENT,
      arguments: { A: cell, B: { kind: 'object', id: null }, C: { kind: 'list', ids: [OBJECT] } },
    },
  ],
  ['flowCallAnswer', flowCall.flowCallAnswer, { result: cell, messages: [{ level: 'warning', text: 'Mind this.' }] }],
  ['ping', flowCall.ping, { entities: [ELEMENT] }],
  [
    'helloAnswer',
    session.helloAnswer,
    {
      protocolVersion: 1,
      protocolFloor: 1,
      instance: 'i',
      history: 'h',
      app: { id: ELEMENT, name: 'Field' },
      nowMs: 1,
      demoUsers: [{ name: 'ann', password: 'p', caption: 'Ann', roles: ['Inspector'] }],
    },
  ],
  [
    'signInRequest',
    session.signInRequest,
    { name: 'ann', password: 'p', deviceId: OBJECT, profile: 'Phone', platform: 'web' },
  ],
  [
    'sessionAnswer',
    session.sessionAnswer,
    {
      accessToken: 'a',
      accessExpiresMs: 1,
      refreshToken: 'r',
      user: {
        id: OBJECT,
        entityId: ELEMENT,
        name: 'ann',
        fullName: null,
        roles: [{ id: ELEMENT, name: 'Inspector' }],
        members: { [ELEMENT]: 1 },
      },
    },
  ],
  ['refreshRequest', session.refreshRequest, { refreshToken: 'r', deviceId: OBJECT }],
  ['sentTransaction', upload.sentTransaction, sentTransaction],
  [
    'uploadRequest',
    upload.uploadRequest,
    {
      profile: 'Phone',
      place,
      acknowledged: 0,
      transactions: [sentTransaction],
      settlements: [{ id: OBJECT, sequence: 2, record: 'r', how: 'retried' }],
    },
  ],
  ...verdicts.map((verdict) => ['verdict', upload.verdict, verdict as Json] as const),
  ['uploadAnswer', upload.uploadAnswer, { verdicts }],
];
