import type { Cell } from '@skerry/shared/base/cell';

/** A change of an object that conflicts look at. */
export interface Change {
  readonly rev: number;
  readonly device: string | null;
  readonly members: readonly string[];
}

/** An object as the reference model keeps it: a plain value, replaced and never changed. Members go by id. */
export interface Held {
  readonly id: string;
  /** Name of its entity without the module. */
  readonly entity: string;
  readonly rev: number;
  readonly cells: { readonly [member: string]: Cell };
  readonly links: { readonly [association: string]: readonly string[] };
  readonly history: readonly Change[];
}

export type State = ReadonlyMap<string, Held>;

export function put(state: State, object: Held): State {
  return new Map(state).set(object.id, object);
}

export function without(state: State, id: string): State {
  const next = new Map(state);
  next.delete(id);
  return next;
}

/** The object with a change made to it: one revision up, remembered. */
export function changed(
  object: Held,
  by: string | null,
  members: readonly string[],
  cells: Held['cells'],
  links: Held['links'] = {},
): Held {
  const rev = object.rev + 1;
  return {
    ...object,
    rev,
    cells: { ...object.cells, ...cells },
    links: { ...object.links, ...links },
    history: [...object.history, { rev, device: by, members }],
  };
}

interface Backwards {
  /** Owners by association and target. */
  readonly owners: ReadonlyMap<string, readonly string[]>;
}
const indexes = new WeakMap<State, Backwards>();

/** Objects that refer to `target` over the association. */
export function ownersOf(state: State, association: string, target: string): readonly string[] {
  let index = indexes.get(state);
  if (!index) {
    index = { owners: backwards(state) };
    indexes.set(state, index);
  }
  return index.owners.get(`${association} ${target}`) ?? [];
}

export function targetsOf(object: Held | undefined, association: string): readonly string[] {
  const cell = object?.cells[association];
  if (typeof cell === 'string') return [cell];
  return object?.links[association] ?? [];
}

function backwards(state: State): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  const add = (association: string, target: string, owner: string) => {
    const key = `${association} ${target}`;
    const list = owners.get(key);
    if (list) list.push(owner);
    else owners.set(key, [owner]);
  };
  for (const object of state.values()) {
    // Ids are unique, so a text that is one is a reference.
    for (const [member, cell] of Object.entries(object.cells))
      if (typeof cell === 'string') add(member, cell, object.id);
    for (const [association, targets] of Object.entries(object.links))
      for (const target of targets) add(association, target, object.id);
  }
  return owners;
}
