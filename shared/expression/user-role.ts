import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ElementId, ObjectId } from '../base/ids.ts';

/**
 * The System.UserRole object that stands for a user role of security.json. It follows from the role's id, so that
 * `'[%UserRole_Planner%]'` means the same object on every device and the service without asking anybody.
 */
export function userRoleObjectId(role: ElementId): ObjectId {
  const hex = bytesToHex(sha256(utf8ToBytes(`System.UserRole:${role}`)));
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}` as ObjectId;
}
