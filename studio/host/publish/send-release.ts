import { operationalFault, userFault } from '@skerry/shared/base/fault';
import { type PublishAnswer, publishAnswer } from '@skerry/shared/protocol/bundle';
import { errorBody, z } from '@skerry/shared/protocol/common';
import type { BuiltRelease } from './build-release.ts';

export interface Target {
  /** Address of the service. */
  readonly url: string;
  readonly publisherToken: string;
}

export interface SentRelease {
  readonly sentParts: number;
  /** What the service does less than the model asks for. */
  readonly warnings: NonNullable<PublishAnswer['warnings']>;
}

/**
 * Sends a release: the request names what the service lacks, those parts go up, and the request is repeated.
 * @throws Fault with the service's own code when it refuses, `publish/unreachable` when nothing answers
 */
export async function sendRelease(release: BuiltRelease, target: Target): Promise<SentRelease> {
  const first = await post(release, target);
  if (first.published) return { sentParts: 0, warnings: first.warnings ?? [] };
  for (const hash of first.missingParts) {
    const bytes = release.parts.get(hash);
    if (!bytes)
      throw operationalFault(
        'publish/unknown-part',
        `The service asks for a part ${hash} that this release does not have.`,
      );
    await send(target, 'PUT', `/api/bundles/parts/${hash}`, bytes, 'application/octet-stream');
  }
  const second = await post(release, target);
  if (!second.published) throw operationalFault('publish/incomplete', 'The service still lacks parts. Publish again.');
  return { sentParts: first.missingParts.length, warnings: second.warnings ?? [] };
}

async function post(release: BuiltRelease, target: Target): Promise<PublishAnswer> {
  const answer = await send(target, 'POST', '/api/releases', JSON.stringify(release.request), 'application/json');
  return z.parse(publishAnswer, await answer.json());
}

async function send(
  target: Target,
  method: string,
  path: string,
  body: string | Uint8Array,
  type: string,
): Promise<Response> {
  const headers = { authorization: `Bearer ${target.publisherToken}`, 'content-type': type };
  const bytes = typeof body === 'string' ? body : Buffer.from(body);
  let answer: Response;
  try {
    answer = await fetch(new URL(path, target.url), { method, headers, body: bytes });
  } catch {
    throw operationalFault(
      'publish/unreachable',
      `Nothing answers at ${target.url}. Start the service, or correct --to.`,
    );
  }
  if (answer.ok) return answer;
  const told = z.safeParse(errorBody, await answer.json().catch(() => null));
  if (told.success) throw userFault(told.data.error.code, told.data.error.message, told.data.error.details ?? {});
  throw operationalFault(
    'publish/refused',
    `${target.url} answered with status ${answer.status}. Is it a Skerry service?`,
  );
}
