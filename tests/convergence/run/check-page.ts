import type { Cell } from '@skerry/shared/base/cell';
import type { DownloadAnswer, RowBatch, WireRights } from '@skerry/shared/protocol/download';
import type { AppRules } from '../oracle/app-rules.ts';
import { type Cut, type Shape, type Snapshot, scopeOf, shapesOf } from '../oracle/scope.ts';
import type { DeviceSetup } from '../world/device-host.ts';
import { firstId } from '../world/first-data.ts';
import { Violation } from './violation.ts';

export interface PageToCheck {
  readonly device: string;
  readonly setup: DeviceSetup;
  readonly served: { readonly snapshot: Snapshot };
  readonly answer: DownloadAnswer;
  /** Of the device. */
  readonly bundle: AppRules;
  /** Ids of objects that were in the device's scope once. */
  readonly told: ReadonlySet<string>;
}

const scopes = new WeakMap<Snapshot, Map<string, ReadonlyMap<string, Cut>>>();

/** scopeOf, remembered: one snapshot is looked at again and again. */
export function scopeAt(snapshot: Snapshot, bundle: AppRules, setup: DeviceSetup): ReadonlyMap<string, Cut> {
  const known = scopes.get(snapshot) ?? new Map<string, ReadonlyMap<string, Cut>>();
  scopes.set(snapshot, known);
  const key = `${bundle.version} ${setup.profile} ${setup.user}`;
  let scope = known.get(key);
  if (!scope) {
    scope = scopeOf(snapshot, bundle, setup.profile, firstId(setup.user));
    known.set(key, scope);
  }
  return scope;
}

/** Every row, cell, right, link and id of a page against what the user may have (laws L2 and L3). */
export function checkPage({ device, setup, served, answer, bundle, told }: PageToCheck): void {
  const scope = scopeAt(served.snapshot, bundle, setup);
  const shapes = shapesOf(bundle, setup.profile);
  for (const batch of answer.upserts) {
    const entity = bundle.names.get(batch.entityId) ?? batch.entityId;
    const shape = shapes.get(entity);
    if (!shape) throw new Violation('L3', `${device}: rows of ${entity} were sent, which is not in its scope.`);
    if (!sameSet(new Set(batch.columns), shape.columns)) {
      throw new Violation(
        'L2',
        `${device}: the columns of ${entity} are ${batch.columns.join(' ')} and should be ${[...shape.columns].join(' ')}.`,
      );
    }
    for (const row of batch.rows) checkRow(device, entity, scope, batch, row, answer.rights);
    checkLinks(device, entity, scope, batch, shape);
  }
  for (const { entityId, ids } of answer.removals) {
    for (const id of ids) {
      if (scope.has(id))
        throw new Violation('L2', `${device}: ${bundle.names.get(entityId)} ${id} was removed and is in its scope.`);
      if (!told.has(id))
        throw new Violation(
          'L3',
          `${device}: ${bundle.names.get(entityId)} ${id} was removed and never was in its scope.`,
        );
    }
  }
  for (const { ids } of answer.reconciled) {
    for (const id of ids)
      if (!scope.has(id)) throw new Violation('L3', `${device}: ${id} was listed and is not in its scope.`);
  }
  const covers = served.snapshot.covers.get(device) ?? 0;
  if (answer.checkpoint && answer.checkpoint.coversSequence !== covers) {
    throw new Violation(
      'L5',
      `${device}: the checkpoint says to contain number ${answer.checkpoint.coversSequence} and contains ${covers}.`,
    );
  }
}

function checkRow(
  device: string,
  entity: string,
  scope: ReadonlyMap<string, Cut>,
  batch: RowBatch,
  row: readonly Cell[],
  rights: readonly WireRights[],
): void {
  const id = String(row[0]);
  const cut = scope.get(id);
  if (!cut || cut.entity !== entity)
    throw new Violation('L3', `${device}: ${entity} ${id} was sent and is not in its scope.`);
  if (row[1] !== cut.rev)
    throw new Violation('L2', `${device}: ${entity} ${id} was sent at revision ${row[1]} and stands at ${cut.rev}.`);
  const told = rights[Number(row[2])];
  if (
    !told ||
    !sameSet(new Set(told.read), cut.read) ||
    !sameSet(new Set(told.write), cut.write) ||
    told.delete !== cut.delete
  ) {
    throw new Violation(
      'L2',
      `${device}: the rights in ${entity} ${id} are ${JSON.stringify(told)} and should be read ${[...cut.read]} write ${[...cut.write]} delete ${cut.delete}.`,
    );
  }
  batch.columns.forEach((member, at) => {
    const cell = row[at + 3] ?? null;
    if (!cut.read.has(member)) {
      if (cell !== null)
        throw new Violation('L3', `${device}: ${entity} ${id} came with the withheld member ${member}.`);
    } else if (cell !== (cut.cells[member] ?? null)) {
      throw new Violation(
        'L2',
        `${device}: ${entity} ${id} came with ${member} = ${cell}, which is ${cut.cells[member]}.`,
      );
    }
  });
}

function checkLinks(
  device: string,
  entity: string,
  scope: ReadonlyMap<string, Cut>,
  batch: RowBatch,
  shape: Shape,
): void {
  const linked = new Map<string, readonly string[]>();
  for (const { associationId, sets } of batch.links ?? []) {
    for (const [owner, targets] of sets) {
      if (!scope.get(owner)?.read.has(associationId))
        throw new Violation('L3', `${device}: ${entity} ${owner} came with the withheld set ${associationId}.`);
      linked.set(`${owner} ${associationId}`, targets);
    }
  }
  for (const row of batch.rows) {
    const cut = scope.get(String(row[0]));
    for (const association of shape.sets) {
      if (!cut?.read.has(association)) continue;
      const told = [...(linked.get(`${row[0]} ${association}`) ?? [])].sort().join(' ');
      const expected = (cut.links[association] ?? []).join(' ');
      if (told !== expected)
        throw new Violation(
          'L2',
          `${device}: the set ${association} of ${entity} ${row[0]} came as ${told} and is ${expected}.`,
        );
    }
  }
}

export function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
