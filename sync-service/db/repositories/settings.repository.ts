import type { Sql } from '../../base/sql.ts';
import { settingEntity } from '../entities/index.ts';

export async function readSetting(sql: Sql, key: string): Promise<string | null> {
  const found = await sql.manager.getRepository(settingEntity).findOneBy({ key });
  return found?.value ?? null;
}

export async function writeSetting(sql: Sql, key: string, value: string): Promise<void> {
  await sql.manager.getRepository(settingEntity).upsert({ key, value }, ['key']);
}
