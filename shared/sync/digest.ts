import type { Cell, Cells } from '../base/cell.ts';
import { hashJson } from '../base/hash.ts';

/** An object as a device holds it: what it may show of it, and the right to. */
export interface DigestedObject {
  readonly rev: number;
  readonly rights: { readonly read: readonly string[]; readonly write: readonly string[]; readonly delete: boolean };
  /** Cells by member id; members outside `rights.read` do not count, an absent one is empty. */
  readonly cells: Cells;
  /** Reference sets the object owns, by association id; those outside `rights.read` do not count. */
  readonly links: { readonly [associationId: string]: readonly string[] };
}

export interface DigestedEntity {
  /** Members with a cell on the device. */
  readonly columns: readonly string[];
  /** Reference sets whose links stand on the device. */
  readonly sets: readonly string[];
}

/** SY27. */
export function objectDigest(object: DigestedObject, entity: DigestedEntity): string {
  const readable = new Set(object.rights.read);
  const cells: { [member: string]: Cell } = {};
  for (const member of entity.columns) if (readable.has(member)) cells[member] = object.cells[member] ?? null;
  const links: { [associationId: string]: readonly string[] } = {};
  for (const set of entity.sets) if (readable.has(set)) links[set] = (object.links[set] ?? []).toSorted();
  const { read, write } = object.rights;
  return hashJson({
    rev: object.rev,
    rights: { read: read.toSorted(), write: write.toSorted(), delete: object.rights.delete },
    cells,
    links,
  });
}
