import { createHash } from 'node:crypto';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import { userRoleObjectId } from '@skerry/shared/expression/user-role';
import { quoted } from '../base/quoted.ts';
import type { WriteUnit } from '../base/sql.ts';
import { saveCredential } from '../db/repositories/credentials.repository.ts';
import { type ActiveModel, type EntityInfo, seedObjects } from '../releases/index.ts';
import { hashPassword } from './password.ts';

type DemoUser = ActiveModel['model']['security']['demoUsers'][number];

/** Passwords take time to hash: beforehand, so that the database is not held meanwhile. */
export async function hashDemoPasswords(model: ActiveModel): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  for (const user of model.model.security.demoUsers) hashes.set(user.name, await hashPassword(user.password));
  return hashes;
}

/** Makes the demo users able to sign in: their object where there is none yet, their roles, their credential. */
export async function seedDemoUsers(
  unit: WriteUnit,
  model: ActiveModel,
  hashes: ReadonlyMap<string, string>,
): Promise<void> {
  for (const user of model.model.security.demoUsers) {
    const { id, info } = await objectOf(unit, model, user);
    const roles = model.model.security.userRoles.filter((role) => user.userRoles.includes(role.name));
    for (const role of roles) {
      await unit.run(
        `INSERT INTO ${quoted(model.userRolesTable)} ("$owner", "$target") VALUES (?, ?) ON CONFLICT DO NOTHING`,
        [id, userRoleObjectId(role.id)],
      );
    }
    await unit.run(`UPDATE ${quoted(info.table)} SET "Active" = 1, "Name" = coalesce("Name", ?) WHERE "$id" = ?`, [
      user.name,
      id,
    ]);
    const passwordHash = must(hashes.get(user.name), 'every demo password is hashed');
    await saveCredential(unit, { userId: id, entityId: info.id as ElementId, name: user.name, passwordHash });
  }
}

async function objectOf(
  unit: WriteUnit,
  model: ActiveModel,
  user: DemoUser,
): Promise<{ id: ObjectId; info: EntityInfo }> {
  const users = [...model.entities.values()].filter((info) => model.view.isA(info.name, 'System.User'));
  for (const info of user.object ? users : []) {
    const found = await unit.all(`SELECT 1 AS "there" FROM ${quoted(info.table)} WHERE "$id" = ?`, [user.object ?? '']);
    if (found.length > 0) return { id: user.object as ObjectId, info };
  }
  const info = must(
    users.find((one) => one.name === 'System.User'),
    'System.User has a table',
  );
  const id = (user.object ?? derivedUserId(user.name)) as ObjectId;
  const member = (name: string) => must(model.view.attributes(info.name).get(name), `System.User has ${name}`).id;
  const cells = { [member('Name')]: user.name, [member('Active')]: true };
  await seedObjects(unit, model, [{ entity: info.name, id, cells, links: {} }]);
  return { id, info };
}

/** The same at each seeding, so that a demo user stays one. */
function derivedUserId(name: string): ObjectId {
  const hex = createHash('sha256').update(`demo user ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}` as ObjectId;
}
