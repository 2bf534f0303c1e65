import { apply } from '../../metamodel/change/apply.ts';
import { type Documents, readModel } from '../../metamodel/model.ts';
import { isSystemPath } from '../../metamodel/system-module.ts';
import { rename } from '../rename.ts';
import { type Declaration, declarations } from '../target.ts';
import type { MergeConflict, Versions } from './conflict.ts';

type Names = ReadonlyMap<string, Declaration>;

/**
 * Makes the three versions speak of the same things by the same names, so that they can be compared: what one side
 * renamed is renamed in the other two as well, every reference in them included. Two different new names for one element,
 * and new elements of the same name, are told as conflicts and given an answer (ours; a number).
 */
export function alignNames(versions: Versions<Documents>, conflicts: MergeConflict[]): Versions<Documents> {
  let { base, ours, theirs } = versions;
  const tried = new Set<string>();
  for (;;) {
    const names = { base: namesOf(base), ours: namesOf(ours), theirs: namesOf(theirs) };
    const next = nextRename(names, tried);
    if (!next) break;
    tried.add(`${next.id} ${next.to}`);
    if (next.kind === 'bothRenamed') conflicts.push(bothRenamed(next));
    const before = renamed(base, names.base, next);
    const other = next.side === 'ours' ? renamed(theirs, names.theirs, next) : renamed(ours, names.ours, next);
    if (!before || !other) {
      conflicts.push(nameTaken(next));
      continue;
    }
    base = before;
    if (next.side === 'ours') theirs = other;
    else ours = other;
  }
  return { base, ours, theirs: withoutTwins({ base, ours, theirs }, conflicts) };
}

interface Renaming {
  readonly kind: 'renamed' | 'bothRenamed';
  readonly id: string;
  readonly declaration: Declaration;
  readonly to: string;
  /** Who gave the name. */
  readonly side: 'ours' | 'theirs';
  readonly theirs?: string;
}

/** One at a time: a renamed module or entity changes what the names of others are. Documents come before what is in them. */
function nextRename({ base, ours, theirs }: Versions<Names>, tried: ReadonlySet<string>): Renaming | undefined {
  for (const [id, was] of base) {
    const [mine, other] = [ours.get(id), theirs.get(id)];
    const mineNew = mine && mine.simpleName !== was.simpleName ? mine : undefined;
    const otherNew = other && other.simpleName !== was.simpleName ? other : undefined;
    if (mineNew && !tried.has(`${id} ${mineNew.simpleName}`)) {
      const both = otherNew && otherNew.simpleName !== mineNew.simpleName;
      return {
        kind: both ? 'bothRenamed' : 'renamed',
        id,
        declaration: mineNew,
        to: mineNew.simpleName,
        side: 'ours',
        ...(both ? { theirs: otherNew.simpleName } : {}),
      };
    }
    if (otherNew && !mineNew && !tried.has(`${id} ${otherNew.simpleName}`))
      return { kind: 'renamed', id, declaration: otherNew, to: otherNew.simpleName, side: 'theirs' };
  }
  return undefined;
}

/** The documents with the element renamed; unchanged when they have no such element, undefined when it cannot be. */
function renamed(documents: Documents, names: Names, { id, to }: Renaming): Documents | undefined {
  const declaration = names.get(id);
  if (!declaration || declaration.simpleName === to) return documents;
  const done = rename(readModel(documents), declaration, to);
  if (!done.ok) return undefined;
  const applied = apply(documents, done.value.edit);
  return applied.ok ? applied.value : undefined;
}

function namesOf(documents: Documents): Names {
  const model = readModel(documents);
  const names = new Map<string, Declaration>();
  for (const path of model.documents.keys()) {
    if (isSystemPath(path)) continue;
    for (const declaration of declarations(model, path)) names.set(declaration.id, declaration);
  }
  return names;
}

/** New elements of theirs whose name a new element of ours has too get a number. */
function withoutTwins({ base, ours, theirs }: Versions<Documents>, conflicts: MergeConflict[]): Documents {
  let result = theirs;
  const [old, mine] = [namesOf(base), namesOf(ours)];
  const taken = new Map([...mine.values()].map((one) => [keyOf(one), one]));
  for (const [id, added] of namesOf(theirs)) {
    const twin = taken.get(keyOf(added));
    if (old.has(id) || !twin || twin.id === id) continue;
    const now = namesOf(result).get(id);
    if (!now) continue;
    for (let number = 2; ; number++) {
      const name = `${added.simpleName}${number}`;
      if (taken.has(keyOf({ ...now, name: replaceLast(now, name) }))) continue;
      const done = rename(readModel(result), now, name);
      const applied = done.ok ? apply(result, done.value.edit) : undefined;
      if (!applied?.ok) {
        if (number < 100) continue;
        break;
      }
      result = applied.value;
      conflicts.push({
        code: 'merge/same-name',
        document: now.document,
        path: [],
        message: `Both branches added ${words(added)}. The other branch's is called ${name} now. Keep both, or remove one.`,
      });
      break;
    }
  }
  return result;
}

function keyOf({ kind, name }: Pick<Declaration, 'kind' | 'name'>): string {
  return `${kind} ${name.toLowerCase()}`;
}

function replaceLast({ name, simpleName }: Declaration, by: string): string {
  return name.slice(0, -simpleName.length) + by;
}

function words({ kind, name }: Declaration): string {
  return `${kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${name}`;
}

function bothRenamed({ declaration, to, theirs }: Renaming): MergeConflict {
  return {
    code: 'merge/both-renamed',
    document: declaration.document,
    path: [],
    message: `Your branch renamed ${words(declaration)} to ${to}, the other branch to ${theirs}. It is called ${to} now.`,
  };
}

function nameTaken({ declaration, to, side }: Renaming): MergeConflict {
  const who = side === 'ours' ? 'Your branch' : 'The other branch';
  return {
    code: 'merge/name-taken',
    document: declaration.document,
    path: [],
    message: `${who} called ${words(declaration)} ${to}, which means something else on the other side. Rename one of the two, then merge again.`,
  };
}
