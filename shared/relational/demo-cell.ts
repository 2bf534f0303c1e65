import type { Cell } from '../base/cell.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { AttributeType } from '../metamodel/entity.ts';
import type { Model } from '../metamodel/model.ts';

const INTEGER = /^-?\d+$/;
const DECIMAL = /^(-?)0*(\d{1,20})(?:\.(\d{1,8}))?$/;
const ISO = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** A demo file's text as the cell of an attribute; the error says what would be right. */
export function demoCell(text: string, type: AttributeType, model: Model): Result<Cell, string> {
  switch (type.kind) {
    case 'String': {
      const length = [...text].length;
      if (type.length !== null && length > type.length)
        return err(`${length} characters, but at most ${type.length} fit`);
      if (!text.isWellFormed() || text.includes('\0')) return err('text with a broken or forbidden character');
      return ok(text);
    }
    case 'HashedString':
      return ok(text);
    case 'Integer': {
      const value = Number(text);
      return INTEGER.test(text) && Math.abs(value) <= 2 ** 31 - 1 ? ok(value) : err('not a whole number of 32 bits');
    }
    case 'Long':
    case 'AutoNumber': {
      if (!INTEGER.test(text)) return err('not a whole number');
      const value = BigInt(text);
      return BigInt.asIntN(64, value) === value ? ok(String(value)) : err('not a whole number of 64 bits');
    }
    case 'Decimal':
      return decimal(text);
    case 'Boolean':
      return text === 'true' || text === 'false' ? ok(text === 'true') : err('neither true nor false');
    case 'DateTime': {
      const ms = ISO.test(text) ? Date.parse(text) : Number.NaN;
      return Number.isNaN(ms) ? err('not a moment as in 2026-11-23T07:00:00.000Z') : ok(ms);
    }
    case 'Enumeration': {
      const values = model.find('enumeration', type.enumeration)?.content.values ?? [];
      const found = values.find((value) => value.name === text);
      return found
        ? ok(found.id)
        : err(`no value of ${type.enumeration}; its values are ${values.map((value) => value.name).join(', ')}`);
    }
    case 'Binary':
      return BASE64.test(text) ? ok(text) : err('not base64');
  }
}

function decimal(text: string): Result<Cell, string> {
  const [matched, sign, whole, fraction = ''] = DECIMAL.exec(text) ?? [];
  if (matched === undefined) return err('not a decimal number of at most 20 digits before the point and 8 behind it');
  const digits = fraction.replace(/0+$/, '');
  const value = `${whole}${digits ? `.${digits}` : ''}`;
  return ok(sign && value !== '0' ? `-${value}` : value);
}
