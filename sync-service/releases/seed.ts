import type { Cells } from '@skerry/shared/base/cell';
import { must } from '@skerry/shared/base/invariant';
import { userRoleObjectId } from '@skerry/shared/expression/user-role';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import { bound } from '../base/column.ts';
import { quoted } from '../base/quoted.ts';
import type { Sql } from '../base/sql.ts';
import type { ActiveModel } from './active-model.ts';
import type { EntityInfo } from './entity-info.ts';

/** Writes objects as they are, without rights, validation or log: for data that was there before any device. */
export async function seedObjects(sql: Sql, model: ActiveModel, objects: Iterable<DemoObject>): Promise<number> {
  const byName = new Map([...model.entities.values()].map((info) => [info.name, info]));
  let count = 0;
  for (const object of objects) {
    const info = must(byName.get(object.entity), `${object.entity} has a table`);
    await seedObject(sql, info, object);
    count++;
  }
  return count;
}

async function seedObject(sql: Sql, info: EntityInfo, { id, cells, links }: DemoObject): Promise<void> {
  const all: Cells = { ...info.defaults, ...cells };
  const columns = info.columns.filter((column) => Object.hasOwn(all, column.memberId));
  const names = ['"$id"', '"$rev"', ...columns.map((column) => quoted(column.name))];
  const values = [id, 1, ...columns.map((column) => bound(all[column.memberId] ?? null, column))];
  await sql.run(
    `INSERT INTO ${quoted(info.table)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING`,
    values,
  );
  for (const [association, targets] of Object.entries(links)) {
    const table = info.sets.get(association)?.table;
    if (!table) continue;
    for (const target of targets) {
      await sql.run(`INSERT INTO ${quoted(table)} ("$owner", "$target") VALUES (?, ?) ON CONFLICT DO NOTHING`, [
        id,
        target,
      ]);
    }
  }
}

/** One object of System.UserRole for each user role, as security.json has them now. */
export async function seedUserRoles(sql: Sql, model: ActiveModel): Promise<void> {
  const info = must(
    [...model.entities.values()].find((one) => one.name === 'System.UserRole'),
    'System.UserRole has a table',
  );
  const memberOf = (name: string) => must(model.view.attributes(info.name).get(name), `System.UserRole has ${name}`).id;
  for (const role of model.model.security.userRoles) {
    const cells = { [memberOf('Name')]: role.name, [memberOf('Description')]: role.documentation ?? null };
    await seedObject(sql, info, { id: userRoleObjectId(role.id), entity: info.name, cells, links: {} });
  }
}
