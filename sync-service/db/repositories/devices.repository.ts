import type { Sql } from '../../base/sql.ts';
import { type Device, deviceEntity } from '../entities/index.ts';

export type { Device } from '../entities/index.ts';

export async function deviceById(sql: Sql, id: string): Promise<Device | null> {
  return sql.manager.getRepository(deviceEntity).findOneBy({ id });
}

export async function insertDevice(sql: Sql, device: Device): Promise<void> {
  await sql.manager.getRepository(deviceEntity).insert(device);
}

export async function updateDevice(sql: Sql, id: string, change: Partial<Device>): Promise<void> {
  await sql.manager.getRepository(deviceEntity).update({ id }, change);
}
