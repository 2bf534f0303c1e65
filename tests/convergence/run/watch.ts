import type { HttpAnswer, HttpRequest } from '@skerry/runtime/platform/ports';
import type { DownloadAnswer, DownloadRequest } from '@skerry/shared/protocol/download';
import type { UploadAnswer, UploadRequest } from '@skerry/shared/protocol/upload';
import type { SentTransaction, Transaction } from '@skerry/shared/sync/change';
import type { Verdict } from '@skerry/shared/sync/verdict';
import { judge } from '../oracle/admission.ts';
import type { AppRules } from '../oracle/app-rules.ts';
import { builtOn, mentions } from '../oracle/dependence.ts';
import type { State } from '../oracle/objects.ts';
import { rolesOf } from '../oracle/rights.ts';
import type { Snapshot } from '../oracle/scope.ts';
import type { DeviceSetup } from '../world/device-host.ts';
import { firstId } from '../world/first-data.ts';
import { checkPage } from './check-page.ts';
import { checkpointName } from './probe.ts';
import { Recorder } from './recorder.ts';
import type { Tally } from './tally.ts';
import { Violation } from './violation.ts';

/** A snapshot that was served, and the bundle it was served for. */
export interface Served {
  readonly snapshot: Snapshot;
  readonly bundleVersion: string;
  readonly pages: number;
}

interface Given {
  readonly content: string;
  readonly verdict: Verdict;
}

interface Refusal {
  readonly transaction: Transaction;
  readonly kind: 'parked' | 'rejected';
  readonly sequence: number;
  readonly device: string;
  readonly user: string;
  settled: boolean;
}

/**
 * Stands before the service and sees every request that reaches it and every answer it gives, in the order in which it
 * gives them. From the requests alone the reference model works out what the service should hold; the answers are held
 * against it.
 */
export class Watch {
  readonly #ask: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly #rules: readonly AppRules[];
  readonly #setups: ReadonlyMap<string, DeviceSetup>;
  readonly #tally: Tally;
  readonly recorder: Recorder;
  #release = 0;
  #index = 0;
  #state: State;
  readonly #now: () => number;
  readonly #covers = new Map<string, number>();
  readonly #given = new Map<string, Given>();
  readonly #applied = new Map<string, number>();
  readonly #refusals = new Map<string, Refusal>();
  readonly #tokens = new Map<string, Served>();
  readonly #cursors = new Map<string, Served>();
  readonly #asked = new Set<string>();
  /** What devices were told or sent, per device: the transactions whose verdict was given, by id. */
  readonly verdicts = new Map<string, Verdict>();

  constructor(parts: {
    readonly ask: (request: HttpRequest) => Promise<HttpAnswer>;
    readonly rules: readonly AppRules[];
    readonly setups: readonly DeviceSetup[];
    readonly first: State;
    readonly now: () => number;
    readonly tally: Tally;
  }) {
    this.#ask = parts.ask;
    this.#rules = parts.rules;
    this.#setups = new Map(parts.setups.map((setup) => [setup.name, setup]));
    this.#state = parts.first;
    this.#now = parts.now;
    this.#tally = parts.tally;
    this.recorder = new Recorder(this.#setups);
  }

  get state(): State {
    return this.#state;
  }

  get rules(): AppRules {
    return this.#rulesAt(this.#release);
  }

  published(at: number): void {
    this.#release = at;
  }

  rulesOf(version: string): AppRules {
    const found = this.#rules.find((one) => one.version === version);
    if (!found) throw new Error(`There is no release ${version}.`);
    return found;
  }

  servedAt(cursor: string): Served | undefined {
    return this.#cursors.get(cursor);
  }

  snapshot(): Snapshot {
    return {
      index: this.#index,
      state: this.#state,
      rules: this.rules,
      now: this.#now(),
      covers: new Map(this.#covers),
    };
  }

  /** Whether the transaction was applied, and as which number of its device. */
  appliedAs(transaction: string): number | undefined {
    return this.#applied.get(transaction);
  }

  /** Whether the service keeps a record of the refused transaction that nobody has settled. */
  openRecords(): ReadonlyMap<string, Refusal> {
    return new Map([...this.#refusals].filter(([, refusal]) => !refusal.settled));
  }

  async answer(device: string, request: HttpRequest): Promise<HttpAnswer> {
    this.recorder.sent(device, request);
    const before = this.snapshot();
    const answer = await this.#ask(request);
    const isGood = answer.status === 200;
    if (!isGood) this.#refused(device, request, answer);
    if (isGood && request.path === '/api/sync/upload')
      this.#uploaded(device, json(request.body), json(answer.body), before);
    const served =
      isGood && request.path === '/api/sync/download'
        ? this.#downloaded(device, json(request.body), json(answer.body))
        : null;
    if (isGood && request.path === '/api/session/refresh') this.#tally.add('session refreshed');
    this.recorder.received(device, request, answer, this.snapshot(), served);
    return answer;
  }

  #rulesAt(at: number): AppRules {
    const rules = this.#rules[at];
    if (!rules) throw new Error(`There is no release ${at}.`);
    return rules;
  }

  /** Only what has a reason may be refused as a whole. */
  #refused(device: string, request: HttpRequest, answer: HttpAnswer): void {
    const { error } = json(answer.body) as { error?: { code: string; message: string } };
    const code = error?.code ?? `status ${answer.status}`;
    if (answer.status === 401) return;
    if (code === 'sync/page-token-refused') return this.#tally.add('page token refused');
    throw new Violation(
      'answer',
      `${device}: ${request.method} ${request.path} was refused: ${code} ${error?.message ?? ''}`,
    );
  }

  #uploaded(device: string, request: UploadRequest, answer: UploadAnswer, before: Snapshot): void {
    const setup = this.#setups.get(device);
    if (!setup) throw new Error(`There is no device ${device}.`);
    const user = firstId(setup.user);
    const sender = { user, device, now: before.now, roles: rolesOf(before.state, user), known: before.state };
    const items = [...request.transactions, ...(request.settlements ?? [])].sort((a, b) => a.sequence - b.sequence);
    const verdicts = new Map((answer.verdicts as unknown as Verdict[]).map((verdict) => [verdict.sequence, verdict]));
    if (verdicts.size !== items.length)
      throw new Violation('verdict', `${device}: ${items.length} items were answered by ${verdicts.size} verdicts.`);
    for (const item of items) {
      const verdict = verdicts.get(item.sequence);
      if (verdict?.transaction !== item.id)
        throw new Violation('verdict', `${device}: number ${item.sequence} was answered for another transaction.`);
      const key = `${device} ${item.sequence}`;
      const known = this.#given.get(key);
      const content = JSON.stringify(item);
      if (known) {
        this.#tally.add('verdict replayed');
        if (known.content !== content)
          throw new Violation('L1', `${device}: number ${item.sequence} came back with another content.`);
        if (JSON.stringify(known.verdict) !== JSON.stringify(verdict))
          throw new Violation('L1', `${device}: number ${item.sequence} was answered in another way than before.`);
        continue;
      }
      const highest = this.#covers.get(device) ?? 0;
      if (item.sequence !== highest + 1)
        throw new Violation('L1', `${device}: number ${item.sequence} was taken after ${highest}.`);
      this.#covers.set(device, item.sequence);
      this.#given.set(key, { content, verdict });
      if ('operations' in item)
        this.#judged(device, item as unknown as SentTransaction, request.acknowledged, sender, verdict);
      else this.#settled(item, user, verdict);
      this.verdicts.set(item.id, verdict);
    }
    this.#index++;
  }

  #judged(
    device: string,
    sent: SentTransaction,
    acknowledged: number,
    sender: Parameters<typeof judge>[3],
    verdict: Verdict,
  ): void {
    const { sequence, ...transaction } = sent;
    if (this.#applied.has(sent.id))
      throw new Violation('L1', `${device}: transaction ${sent.id} was applied before, under another number.`);
    if (transaction.bundleVersion !== this.rules.version) this.#tally.add('upload from an older bundle');
    const touched = mentions(transaction);
    const earlier = [...this.#refusals.values()]
      .filter(
        (one) =>
          one.device === device && one.transaction.operations.some((operation) => touched.has(operation.objectId)),
      )
      .sort((a, b) => a.sequence - b.sequence)
      .map((one) => ({ ...one, known: one.sequence <= acknowledged }));
    const first = builtOn(transaction, earlier, this.#state);
    const before = this.#state;
    const judged = first
      ? { kind: first.kind, code: first.kind === 'parked' ? 'sync/depends-on-parked' : 'sync/depends-on-rejected' }
      : judge(this.rules, before, transaction, sender);
    const expected =
      'state' in judged ? wordsFor(judged.kind, '', judged.resolutions) : wordsFor(judged.kind, judged.code, []);
    const actual =
      verdict.kind === 'applied'
        ? wordsFor('applied', '', verdict.resolutions)
        : wordsFor(verdict.kind, verdict.code ?? '', []);
    if (expected !== actual) {
      throw new Violation(
        'verdict',
        `${device}: transaction ${sent.id} (number ${sequence}) should be ${expected} and is ${actual}.\n${JSON.stringify(sent)}\nacknowledged ${acknowledged}, refused before: ${earlier.map((one) => `${one.sequence}${one.known ? ' known' : ''}`).join(', ')}`,
      );
    }
    if (first) this.#tally.add('dependent shares the outcome');
    if ('state' in judged) {
      this.#state = judged.state;
      this.#applied.set(sent.id, sequence);
      this.#count(transaction, judged.resolutions, before);
      return;
    }
    if (verdict.kind === 'applied') return;
    this.#tally.add(verdict.kind === 'parked' ? 'transaction parked' : 'transaction rejected');
    this.#countRefusal(judged.code, verdict.kind);
    this.#refusals.set(verdict.record, {
      transaction,
      kind: verdict.kind,
      sequence,
      device,
      user: sender.user,
      settled: false,
    });
  }

  #settled(item: NonNullable<UploadRequest['settlements']>[number], user: string, verdict: Verdict): void {
    const record = this.#refusals.get(item.record);
    const code = !record || record.user !== user ? 'sync/record-unknown' : record.settled ? 'sync/already-settled' : '';
    const actual = verdict.kind === 'applied' ? '' : verdict.code;
    if (code !== actual)
      throw new Violation(
        'verdict',
        `The settlement of ${item.record} should be ${code || 'applied'} and is ${actual || 'applied'}.`,
      );
    if (record && code === '') {
      record.settled = true;
      this.#tally.add('settlement applied');
    }
  }

  #downloaded(device: string, request: DownloadRequest, answer: DownloadAnswer): Served {
    const open = request.pageToken === null ? null : this.#tokens.get(request.pageToken);
    if (request.pageToken !== null && this.#asked.has(request.pageToken)) this.#tally.add('pull resumed after a break');
    if (request.pageToken !== null) this.#asked.add(request.pageToken);
    if (open === undefined) throw new Violation('answer', `${device}: a page token was taken that was never given.`);
    const served: Served = open
      ? { ...open, pages: open.pages + 1 }
      : { snapshot: this.snapshot(), bundleVersion: request.bundleVersion, pages: 1 };
    checkPage({
      device,
      setup: this.#setups.get(device)!,
      served,
      answer,
      bundle: this.rulesOf(request.bundleVersion),
      told: this.recorder.toldTo(device),
    });
    if (answer.pageToken !== null) this.#tokens.set(answer.pageToken, served);
    if (answer.checkpoint) {
      if (served.pages > 1) this.#tally.add('pull of several pages');
      this.#cursors.set(checkpointName(answer.checkpoint.cursor, answer.checkpoint.coversSequence), served);
    }
    if (request.cursor !== null && answer.reconciled.length > 0)
      this.#tally.add('reconciliation', answer.reconciled.length);
    return served;
  }

  #count(
    transaction: Transaction,
    resolutions: readonly { policy: string; outcome: string; member: string | null }[],
    before: State,
  ): void {
    this.#tally.add('transaction applied');
    for (const { policy, outcome, member } of resolutions) {
      if (member === null)
        this.#tally.add(
          outcome === 'mine' ? 'conflict: delete over an update, lastWins' : 'conflict: delete against an update, kept',
        );
      else if (policy === 'lastWins') this.#tally.add('conflict: lastWins, mine');
      else if (policy === 'firstWins') this.#tally.add('conflict: firstWins, theirs');
      else if (policy === 'merge') this.#tally.add('conflict: merge, theirs');
      else this.#tally.add('conflict: sum, combined');
    }
    const named = transaction.operations.filter((one) => one.kind === 'delete' && before.has(one.objectId)).length;
    const created = transaction.operations.filter((one) => one.kind === 'create').length;
    if (named > 0 && before.size + created - this.#state.size > named)
      this.#tally.add('delete that takes others along');
  }

  #countRefusal(code: string, kind: 'parked' | 'rejected'): void {
    if (code === 'sync/review') this.#tally.add('conflict: review, parked');
    if (code === 'sync/access-denied') this.#tally.add('rejected: access denied');
    if (code === 'sync/access-denied-after') this.#tally.add('rejected: access denied by the state after');
    if (code === 'sync/object-gone')
      this.#tally.add(kind === 'parked' ? 'conflict: update of a deleted object' : 'rejected: object gone or hidden');
    if (code === 'sync/reference-gone') this.#tally.add('rejected: reference gone');
    if (code === 'sync/unique') this.#tally.add('rejected: not unique');
    if (code === 'sync/still-referenced') this.#tally.add('rejected: still referenced');
  }
}

function wordsFor(
  kind: string,
  code: string,
  resolutions: readonly { objectId: string; member: string | null; policy: string; outcome: string }[],
): string {
  const told = resolutions
    .map((one) => `${one.objectId.slice(-4)}.${one.member ?? 'delete'} ${one.policy} ${one.outcome}`)
    .sort();
  return [kind, code, ...told].filter((word) => word !== '').join(' ');
}

export function json<T>(body: string | Uint8Array | undefined): T {
  if (body === undefined || body.length === 0) return {} as T;
  try {
    return JSON.parse(typeof body === 'string' ? body : Buffer.from(body).toString('utf8')) as T;
  } catch {
    return {} as T;
  }
}
