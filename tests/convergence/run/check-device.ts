import { canonicalJson, type Json } from '@skerry/shared/base/json';
import { SYSTEM_MEMBERS } from '@skerry/shared/metamodel/system-module';
import type { AppRules } from '../oracle/app-rules.ts';
import { type Cut, type Shape, shapesOf } from '../oracle/scope.ts';
import type { DeviceSetup } from '../world/device-host.ts';
import { sameSet, scopeAt } from './check-page.ts';
import type { DiskBase, DiskContent, DiskOperation, DiskRow } from './probe.ts';
import type { Tally } from './tally.ts';
import { Violation } from './violation.ts';
import type { Served, Watch } from './watch.ts';

/** What is remembered of a device between two looks at it. */
export interface Seen {
  served: Served | null;
  cursor: string | null;
  /** Every transaction that was ever durable on it, by id. */
  readonly durable: Set<string>;
  /** Settled by its user here: retried or discarded. */
  readonly settledHere: Set<string>;
  /** Objects that were in its scope at the last look, with what could be read of them. */
  scope: ReadonlyMap<string, Cut>;
  runningBundle: string | null;
}

export function newSeen(): Seen {
  return {
    served: null,
    cursor: null,
    durable: new Set(),
    settledHere: new Set(),
    scope: new Map(),
    runningBundle: null,
  };
}

interface Look {
  readonly setup: DeviceSetup;
  readonly seen: Seen;
  readonly disk: DiskContent;
  readonly watch: Watch;
  readonly tally: Tally;
}

/** A device between two of its transactions, against everything that is known of the world: laws L1, L2, L4 and L5. */
export function checkDevice(look: Look): void {
  const { seen, disk } = look;
  checkWork(look);
  checkOverlay(look);
  noteUpgrade(look);
  if (disk.cursor === null) {
    seen.cursor = null;
    return;
  }
  if (disk.cursor !== seen.cursor || look.watch.servedAt(disk.cursor) !== seen.served)
    takeCheckpoint(look, disk.cursor);
  checkServerView(look);
}

/** L1: a transaction that was once durable here is here still, or applied and shown, or refused and settled. */
function checkWork({ setup, seen, disk, watch }: Look): void {
  const inOutbox = new Set(disk.outbox.map((entry) => entry.id));
  for (const entry of disk.outbox) if (entry.settles === null) seen.durable.add(entry.id);
  const shown =
    seen.served && disk.cursor === seen.cursor
      ? (seen.served.snapshot.covers.get(setup.name) ?? 0)
      : Number.POSITIVE_INFINITY;
  for (const id of seen.durable) {
    if (inOutbox.has(id) || disk.inbox.has(id) || seen.settledHere.has(id)) continue;
    const sequence = watch.appliedAs(id);
    if (sequence === undefined)
      throw new Violation('L1', `${setup.name}: transaction ${id} is neither sent, applied nor in the inbox.`);
    if (sequence > shown)
      throw new Violation(
        'L5',
        `${setup.name}: transaction ${id} is no longer laid over, and no checkpoint contains it.`,
      );
  }
  for (const entry of disk.outbox) {
    const given = watch.verdicts.get(entry.id);
    if (
      entry.verdict &&
      canonicalJson(entry.verdict as unknown as Json) !== canonicalJson((given ?? null) as unknown as Json)
    ) {
      throw new Violation('L1', `${setup.name}: transaction ${entry.id} has a verdict that was never given.`);
    }
    if (entry.covered && entry.verdict)
      throw new Violation('engine', `${setup.name}: ${entry.id} is answered and covered, and still in the outbox.`);
  }
}

/** What the user sees is the server's copy with the pending operations over it, in their order. */
function checkOverlay({ setup, disk }: Look): void {
  const pending = new Map<string, DiskOperation[]>();
  for (const entry of disk.outbox) {
    if (entry.covered) continue;
    for (const operation of entry.operations) {
      const list = pending.get(operation.objectId);
      if (list) list.push(operation);
      else pending.set(operation.objectId, [operation]);
    }
  }
  for (const id of pending.keys())
    if (!disk.bases.has(id))
      throw new Violation('engine', `${setup.name}: ${id} has pending changes and no server's copy.`);
  for (const base of disk.bases.values()) {
    const expected = laidOver(base, pending.get(base.id) ?? []);
    const row = disk.rows.get(base.id);
    if (!expected !== !row)
      throw new Violation(
        'L1',
        `${setup.name}: ${base.id} ${row ? 'is shown and should be gone' : 'is not shown, and should be'} with its pending changes.`,
      );
    if (!expected || !row) continue;
    for (const [member, cell] of Object.entries(row.cells)) {
      if (KEPT.has(member)) continue;
      if ((expected.cells[member] ?? null) !== cell)
        throw new Violation(
          'L1',
          `${setup.name}: ${base.id} shows ${member} = ${cell}; with what is pending it should be ${expected.cells[member] ?? null}.`,
        );
    }
    for (const association of new Set([...Object.keys(row.links), ...Object.keys(expected.links)])) {
      const shown = new Set(row.links[association] ?? []);
      if (!sameSet(shown, new Set(expected.links[association] ?? [])))
        throw new Violation(
          'L1',
          `${setup.name}: ${base.id} shows other links over ${association} than what is pending.`,
        );
    }
  }
}

const KEPT = new Set<string>(Object.values(SYSTEM_MEMBERS));

function laidOver(base: DiskBase, operations: readonly DiskOperation[]): Pick<DiskRow, 'cells' | 'links'> | null {
  let shown: { cells: { [member: string]: unknown }; links: { [association: string]: readonly string[] } } | null =
    base.state === 'none' ? null : { cells: base.cells, links: base.links };
  const mayShow = (member: string) => base.state === 'none' || base.rights.read.includes(member);
  for (const { kind, set = {}, add = {}, remove = {} } of operations) {
    if (kind === 'delete' || kind === 'impliedDelete') return null;
    if (!shown && kind === 'update') continue;
    const cells = { ...shown?.cells, ...Object.fromEntries(Object.entries(set).filter(([member]) => mayShow(member))) };
    const links = { ...shown?.links };
    for (const [association, ids] of Object.entries(remove))
      links[association] = (links[association] ?? []).filter((id) => !ids.includes(id));
    for (const [association, ids] of Object.entries(add))
      links[association] = [...new Set([...(links[association] ?? []), ...ids])];
    shown = { cells, links };
  }
  return shown as Pick<DiskRow, 'cells' | 'links'> | null;
}

function noteUpgrade({ seen, disk, tally }: Look): void {
  if (disk.runningBundle !== null && seen.runningBundle !== null && disk.runningBundle !== seen.runningBundle) {
    tally.add('bundle upgrade');
    if (disk.outbox.some((entry) => entry.verdict === null && entry.settles === null))
      tally.add('bundle upgrade with full outbox');
  }
  seen.runningBundle = disk.runningBundle;
}

/** L5: states only go forward. */
function takeCheckpoint({ setup, seen, disk, watch, tally }: Look, cursor: string): void {
  const served = watch.servedAt(cursor);
  if (!served) throw new Violation('engine', `${setup.name}: its cursor was never given.`);
  const before = seen.served;
  if (before && served.snapshot.index < before.snapshot.index)
    throw new Violation(
      'L5',
      `${setup.name}: it went back from state ${before.snapshot.index} to ${served.snapshot.index}.`,
    );
  const scope = scopeAt(served.snapshot, watch.rulesOf(served.bundleVersion), setup);
  if (before) noteDifferences(seen.scope, scope, disk, before, served, tally);
  if (disk.outbox.some((entry) => entry.verdict === null)) tally.add('checkpoint while work is pending');
  const covers = served.snapshot.covers.get(setup.name) ?? 0;
  if (covers > (before?.snapshot.covers.get(setup.name) ?? 0)) tally.add('checkpoint after its verdict');
  seen.served = served;
  seen.cursor = cursor;
  seen.scope = scope;
}

function noteDifferences(
  old: ReadonlyMap<string, Cut>,
  now: ReadonlyMap<string, Cut>,
  disk: DiskContent,
  before: Served,
  served: Served,
  tally: Tally,
): void {
  let moved = false;
  for (const [id, cut] of old) {
    const next = now.get(id);
    if (!next) {
      moved = true;
      tally.add('scope exit');
      if (disk.bases.has(id)) tally.add('scope exit with pending change');
      continue;
    }
    if ([...cut.read].some((member) => !next.read.has(member))) tally.add('withheld member appears');
    if ([...next.read].some((member) => !cut.read.has(member))) tally.add('withheld member disappears');
  }
  moved ||= [...now.keys()].some((id) => !old.has(id));
  const isSameState =
    before.snapshot.state === served.snapshot.state && before.snapshot.rules === served.snapshot.rules;
  if (moved && isSameState && before.bundleVersion === served.bundleVersion)
    tally.add('scope changed by the clock alone');
}

/** L2 and L4: apart from pending and inbox work, exactly the scope at the checkpoint, the whole of it. */
function checkServerView({ setup, seen, disk, watch }: Look): void {
  const { served } = seen;
  if (!served || disk.runningBundle === null) return;
  const pulled = watch.rulesOf(served.bundleVersion);
  const shapes = shapesOf(pulled, setup.profile);
  const running = shapesOf(watch.rulesOf(disk.runningBundle), setup.profile);
  const held = new Map<string, DiskRow>();
  for (const row of disk.rows.values()) if (!disk.bases.has(row.id)) held.set(row.id, row);
  for (const base of disk.bases.values()) if (base.state === 'present') held.set(base.id, base);
  for (const cut of seen.scope.values()) {
    const row = held.get(cut.id);
    if (!row) throw new Violation('L2', `${setup.name}: ${cut.entity} ${cut.id} is in its scope and not on it.`);
    checkRow(setup, row, cut, pulled, shapes.get(cut.entity), running.get(cut.entity));
  }
  for (const row of held.values()) {
    if (!seen.scope.has(row.id))
      throw new Violation(
        'L2',
        `${setup.name}: ${pulled.names.get(row.entityId)} ${row.id} is on it and not in its scope.`,
      );
  }
}

function checkRow(
  setup: DeviceSetup,
  row: DiskRow,
  cut: Cut,
  rules: AppRules,
  shape: Shape | undefined,
  running: Shape | undefined,
): void {
  const what = `${setup.name}: ${cut.entity} ${cut.id}`;
  if (rules.names.get(row.entityId) !== cut.entity)
    throw new Violation('L2', `${what} stands among ${rules.names.get(row.entityId)}.`);
  if (row.rev !== cut.rev) throw new Violation('L2', `${what} is at revision ${row.rev} and should be at ${cut.rev}.`);
  if (
    !sameSet(new Set(row.rights.read), cut.read) ||
    !sameSet(new Set(row.rights.write), cut.write) ||
    row.rights.delete !== cut.delete
  ) {
    throw new Violation('L2', `${what} has other rights than its user: ${JSON.stringify(row.rights)}.`);
  }
  for (const member of shape?.columns ?? []) {
    if (!running?.columns.has(member)) continue;
    const expected = cut.read.has(member) ? (cut.cells[member] ?? null) : null;
    const cell = row.cells[member] ?? null;
    if (cell === expected) continue;
    if (!cut.read.has(member)) throw new Violation('L3', `${what} keeps the withheld member ${member} = ${cell}.`);
    throw new Violation('L2', `${what} has ${member} = ${cell} and should have ${expected}.`);
  }
  for (const association of shape?.sets ?? []) {
    if (!running?.sets.has(association)) continue;
    const expected = cut.read.has(association) ? (cut.links[association] ?? []) : [];
    if (!sameSet(new Set(row.links[association] ?? []), new Set(expected)))
      throw new Violation('L2', `${what} has other links over ${association} than the service.`);
  }
}
