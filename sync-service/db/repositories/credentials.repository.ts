import type { Sql } from '../../base/sql.ts';
import { type Credential, credentialEntity, type RefreshFamily, refreshFamilyEntity } from '../entities/index.ts';

export async function credentialByName(sql: Sql, name: string): Promise<Credential | null> {
  return sql.manager.getRepository(credentialEntity).findOneBy({ name });
}

export async function saveCredential(sql: Sql, credential: Credential): Promise<void> {
  await sql.manager.getRepository(credentialEntity).upsert(credential, ['userId']);
}

export async function credentialByUser(sql: Sql, userId: string): Promise<Credential | null> {
  return sql.manager.getRepository(credentialEntity).findOneBy({ userId });
}

export async function familyById(sql: Sql, id: string): Promise<RefreshFamily | null> {
  return sql.manager.getRepository(refreshFamilyEntity).findOneBy({ id });
}

export async function saveFamily(sql: Sql, family: RefreshFamily): Promise<void> {
  await sql.manager.getRepository(refreshFamilyEntity).upsert(family, ['id']);
}

export async function revokeFamily(sql: Sql, id: string): Promise<void> {
  await sql.manager.getRepository(refreshFamilyEntity).update({ id }, { revoked: 1 });
}
