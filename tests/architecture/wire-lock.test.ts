import { hashJson } from '@skerry/shared/base/hash';
import type { Json } from '@skerry/shared/base/json';
import * as bundle from '@skerry/shared/protocol/bundle';
import * as common from '@skerry/shared/protocol/common';
import * as download from '@skerry/shared/protocol/download';
import * as flowCall from '@skerry/shared/protocol/flow-call';
import * as session from '@skerry/shared/protocol/session';
import * as upload from '@skerry/shared/protocol/upload';
import { PROTOCOL_FLOOR, PROTOCOL_VERSION } from '@skerry/shared/protocol/version';
import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { listFiles } from './source-files.ts';

const families = { bundle, common, download, 'flow-call': flowCall, session, upload };

/**
 * The hash of all message schemas under each version. A released version's line never changes; the line of the version
 * in the making (RELEASED < PROTOCOL_VERSION) may.
 */
const LOCKED: { readonly [version: number]: string } = {
  1: '6df2421827b4f3dddaaaeea70bc52bedaf488ef4257993fe4b2da00097301cb1',
};
/** The newest version that has left the house; 0 before the first release. */
const RELEASED = 0;

function schemas(): Json {
  const found: { [name: string]: Json } = {};
  for (const [family, module] of Object.entries(families)) {
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== 'object' || value === null || !('_zod' in value)) continue;
      found[`${family}.${name}`] = z.toJSONSchema(value as z.core.$ZodType) as unknown as Json;
    }
  }
  return found;
}

describe('the wire', () => {
  it('is what is recorded for its version', () => {
    const hash = hashJson(schemas());
    const isReleased = RELEASED >= PROTOCOL_VERSION;
    const whatToDo = isReleased
      ? `The messages changed under version ${PROTOCOL_VERSION}, which is released. Raise PROTOCOL_VERSION in shared/protocol/version.ts, add a line to its table, and record ${hash} for it here.`
      : `The messages changed. Version ${PROTOCOL_VERSION} is not released yet: tell the engineers of devices and service, then record ${hash} here.`;
    expect(LOCKED[PROTOCOL_VERSION], whatToDo).toBe(hash);
  });

  it('is locked in all its families', () => {
    const files = listFiles('shared/protocol').filter((path) => path.endsWith('.ts') && !path.endsWith('/version.ts'));
    expect(files.map((path) => path.slice('shared/protocol/'.length, -'.ts'.length)).sort()).toEqual(
      Object.keys(families).sort(),
    );
  });

  it('notices a change of a message', () => {
    const before = hashJson(schemas());
    const changed = {
      ...(schemas() as { [name: string]: Json }),
      'upload.uploadAnswer': z.toJSONSchema(z.object({})) as unknown as Json,
    };
    expect(hashJson(changed)).not.toBe(before);
  });

  it('has a floor that is not above it', () => {
    expect(PROTOCOL_FLOOR).toBeLessThanOrEqual(PROTOCOL_VERSION);
  });
});
