import type { Cell } from '@skerry/shared/base/cell';
import { isObjectId } from '@skerry/shared/base/ids';
import type { Member, RunningApp } from './running-app.ts';

const INTEGER_LIMIT = 2 ** 31;
const LONG_LIMIT = 2n ** 63n;
const LATEST_MS = 8.64e15;

/** Why a cell cannot stand in a member, in words; null when it can. Values reach the engine from pages and flows. */
export function whyNot(app: RunningApp, member: Member, cell: Cell): string | null {
  if (cell === null) return null;
  if (member.kind !== 'attribute')
    return typeof cell === 'string' && isObjectId(cell) ? null : 'An object is expected.';
  const { type } = member;
  switch (type.kind) {
    case 'String':
    case 'HashedString':
      return whyNotText(cell, type.kind === 'String' ? type.length : null);
    case 'Integer':
      return Number.isInteger(cell) && Math.abs(cell as number) <= INTEGER_LIMIT - (Number(cell) > 0 ? 1 : 0)
        ? null
        : 'A whole number between -2147483648 and 2147483647 is expected.';
    case 'Long':
    case 'AutoNumber':
      return isLong(cell) ? null : 'A whole number of at most 64 bits is expected.';
    case 'Decimal':
      return typeof cell === 'string' && /^-?(0|[1-9]\d{0,19})(\.\d{0,7}[1-9])?$/.test(cell) && cell !== '-0'
        ? null
        : 'A decimal number of at most 20 digits before and 8 behind the point is expected.';
    case 'Boolean':
      return typeof cell === 'boolean' ? null : 'Yes or no is expected.';
    case 'DateTime':
      return Number.isInteger(cell) && Math.abs(cell as number) <= LATEST_MS ? null : 'A date and time is expected.';
    case 'Enumeration': {
      const values = app.bundle.model.find('enumeration', type.enumeration)?.content.values ?? [];
      return values.some((value) => value.id === cell) ? null : 'One of the listed values is expected.';
    }
    case 'Binary':
      return typeof cell === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(cell) ? null : 'Binary content is expected.';
  }
}

export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function whyNotText(cell: Cell, length: number | null): string | null {
  if (typeof cell !== 'string') return 'Text is expected.';
  if (!cell.isWellFormed() || cell.includes('\u0000')) return 'The text has characters that cannot be stored.';
  if (length !== null && codePoints(cell) > length) return `At most ${length} characters are possible.`;
  return null;
}

function isLong(cell: Cell): boolean {
  if (typeof cell !== 'string' || !/^(0|-?[1-9]\d{0,18})$/.test(cell)) return false;
  const value = BigInt(cell);
  return value >= -LONG_LIMIT && value < LONG_LIMIT;
}
