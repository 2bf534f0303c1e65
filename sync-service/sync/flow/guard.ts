import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { ObjectValue } from '@skerry/shared/expression/value';
import {
  type Holding,
  judgeCreate,
  judgeDelete,
  judgeUpdate,
  type Refusal,
} from '@skerry/shared/sync/admission-access';
import type { EntityInfo, ResolvedGrant } from '../../releases/index.ts';
import { WriteRefused } from '../objects/write-refused.ts';
import { holdingGrants, judgedAfter } from '../rights.ts';
import type { Workspace } from './workspace.ts';

/** Asks for the user's rights in one object around its write, as admission does for a device's operation. */
export interface Guard {
  before(): Promise<void>;
  after(): Promise<void>;
  delete(): Promise<void>;
}

/** What is judged is what was changed when the commit began: what handlers add needs no right. */
export async function guardOf(workspace: Workspace, info: EntityInfo, object: ObjectValue): Promise<Guard> {
  const { unit, viewpoint } = workspace.parts;
  const at = { entityId: info.id, objectId: object.id };
  const working = workspace.data.working.get(object.id);
  const set: { [member: string]: Cell } = {};
  const before = working?.isNew ? null : await workspace.data.stored(object);
  for (const [member, cell] of Object.entries(working?.cells ?? {})) {
    if (info.kept.has(member) || (before && (before.cells[member] ?? null) === cell)) continue;
    if (
      !before &&
      (cell === null || (info.bornNow.some((born) => born === member) && cell === workspace.parts.author.atMs))
    )
      continue;
    set[member] = cell;
  }
  const add: { [association: string]: readonly ObjectId[] } = {};
  for (const [association, links] of Object.entries(working?.links ?? {})) {
    if (!before && links.length === 0) continue;
    add[association] = links;
  }
  const judge = (refusal: Refusal) => {
    if (!refusal) return;
    throw new WriteRefused(refusal.code, { ...at, ...(refusal.member ? { member: refusal.member as ElementId } : {}) });
  };
  const update = { kind: 'update', ...at, baseRev: 0, set, was: {}, add } as const;
  const create = { kind: 'create', ...at, set, add } as const;
  const touchesNothing = Object.keys(set).length === 0 && Object.keys(add).length === 0;
  let grants: readonly ResolvedGrant[] = [];
  return {
    async before() {
      if (working?.isNew || touchesNothing) return;
      grants = await holdingGrants(unit, viewpoint, info, object.id);
      judge(judgeUpdate(update, grants.map(holding)));
    },
    async after() {
      if (working?.isNew) {
        const after = await holdingGrants(unit, viewpoint, info, object.id);
        judge(judgeCreate(create, after.map(holding), info.defaults));
      } else if (!touchesNothing) {
        judge(judgeUpdate(update, await judgedAfter(unit, viewpoint, info, object.id, grants)));
      }
    },
    async delete() {
      const present = await holdingGrants(unit, viewpoint, info, object.id);
      judge(judgeDelete({ kind: 'delete', ...at, baseRev: 0 }, present.map(holding)));
    },
  };
}

export function holding({ grant }: ResolvedGrant): Holding {
  return { write: new Set<string>(grant.write), create: grant.create, delete: grant.delete, holdsAfter: true };
}
