import type { HttpAnswer, HttpRequest } from '@skerry/runtime/platform/ports';
import type { DownloadAnswer } from '@skerry/shared/protocol/download';
import type { SessionAnswer } from '@skerry/shared/protocol/session';
import type { UploadAnswer } from '@skerry/shared/protocol/upload';
import { eyesOf } from '../oracle/rights.ts';
import type { Snapshot } from '../oracle/scope.ts';
import type { DeviceSetup } from '../world/device-host.ts';
import { firstId, MARKER } from '../world/first-data.ts';
import { Violation } from './violation.ts';
import { json, type Served } from './watch.ts';

const OBJECT_ID = /[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

interface Knowledge {
  /** Objects that were in its scope. */
  readonly told: Set<string>;
  /** Any id it was shown by right or has sent. */
  readonly ids: Set<string>;
  readonly markers: Set<string>;
}

/**
 * Keeps what each device knows by right, and looks through every byte that it receives (law L3): a marked text or an
 * object's id that it neither sent itself nor was shown in a page that passed its check is a leak.
 */
export class Recorder {
  readonly #devices = new Map<string, Knowledge>();
  readonly #users = new Map<string, string>();

  constructor(setups: ReadonlyMap<string, DeviceSetup>) {
    for (const { name, user } of setups.values()) {
      this.#devices.set(name, { told: new Set(), ids: new Set([firstId(user)]), markers: new Set() });
      this.#users.set(name, firstId(user));
    }
  }

  toldTo(device: string): ReadonlySet<string> {
    return this.#of(device).told;
  }

  sent(device: string, request: HttpRequest): void {
    this.#learn(device, typeof request.body === 'string' ? request.body : '');
  }

  received(device: string, request: HttpRequest, answer: HttpAnswer, snapshot: Snapshot, served: Served | null): void {
    const text = Buffer.from(answer.body).toString('latin1');
    if (served) this.#page(device, json<DownloadAnswer>(answer.body));
    else if (request.path.startsWith('/api/session/') && answer.status === 200)
      this.#session(device, json<SessionAnswer>(answer.body), snapshot);
    else if (request.path === '/api/sync/upload' && answer.status === 200)
      this.#records(device, json<UploadAnswer>(answer.body));
    const known = this.#of(device);
    for (const [id] of text.matchAll(OBJECT_ID)) {
      if (!known.ids.has(id))
        throw new Violation('L3', `${device}: the answer to ${request.path} names ${id}, which it may not know of.`);
    }
    for (const [marker] of text.matchAll(MARKER)) {
      if (!known.markers.has(marker))
        throw new Violation('L3', `${device}: the answer to ${request.path} says ${marker}, which it may not know.`);
    }
  }

  /** A page that has passed its check: all that stands in it may be known. */
  #page(device: string, answer: DownloadAnswer): void {
    const { told } = this.#of(device);
    for (const batch of answer.upserts) for (const row of batch.rows) told.add(String(row[0]));
    this.#learn(device, JSON.stringify(answer.upserts));
  }

  /** The user's own members that they may read of themselves, and nothing else. */
  #session(device: string, answer: SessionAnswer, snapshot: Snapshot): void {
    const user = this.#users.get(device) ?? '';
    const eyes = eyesOf(snapshot.rules, snapshot.state, { user, now: snapshot.now });
    const readable = new Set(eyes.accesses(user).flatMap((one) => [...one.read]));
    for (const member of Object.keys(answer.user.members)) {
      if (!readable.has(member))
        throw new Violation(
          'L3',
          `${device}: the session brings the member ${member} of the user, which they may not read.`,
        );
    }
    this.#learn(device, JSON.stringify(answer.user));
  }

  /** Records are named by the answer that makes them. */
  #records(device: string, answer: UploadAnswer): void {
    for (const verdict of answer.verdicts) if ('record' in verdict) this.#of(device).ids.add(verdict.record);
  }

  #learn(device: string, text: string): void {
    const known = this.#of(device);
    for (const [id] of text.matchAll(OBJECT_ID)) known.ids.add(id);
    for (const [marker] of text.matchAll(MARKER)) known.markers.add(marker);
  }

  #of(device: string): Knowledge {
    const known = this.#devices.get(device);
    if (!known) throw new Error(`There is no device ${device}.`);
    return known;
  }
}
