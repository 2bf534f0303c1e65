import type { Cell } from '@skerry/shared/base/cell';
import { parseDecimalText } from '@skerry/shared/expression/decimal';
import type { Text } from '@skerry/shared/metamodel/schema';
import { bound } from '../../base/column.ts';
import { quoted } from '../../base/quoted.ts';
import type { Sql } from '../../base/sql.ts';
import type { ActiveModel, EntityInfo } from '../../releases/index.ts';
import type { StoredObject } from '../object-rows.ts';

export interface Invalid {
  readonly code: string;
  readonly member: string;
  readonly message: string;
}

/** The entity's validation rules on an object as it will stand; the first that is broken. */
export async function validate(
  sql: Sql,
  model: ActiveModel,
  info: EntityInfo,
  object: StoredObject,
): Promise<Invalid | null> {
  for (const { rule, member, other } of info.rules) {
    const cell = object.cells[member] ?? null;
    const broken = (code: string): Invalid => ({ code: `sync/${code}`, member, message: words(model, rule.message) });
    switch (rule.kind) {
      case 'required':
        if (cell === null || cell === '') return broken('required');
        break;
      case 'unique':
        if (cell !== null && (await isTaken(sql, model, info, member, cell, object.id))) return broken('unique');
        break;
      case 'maxLength':
        if (typeof cell === 'string' && [...cell].length > rule.length) return broken('max-length');
        break;
      case 'regex': {
        const expression = model.model.find('regularExpression', rule.regularExpression)?.content.expression;
        if (
          typeof cell === 'string' &&
          expression !== undefined &&
          !new RegExp(`^(?:${expression})$`, 'u').test(cell)
        ) {
          return broken('regex');
        }
        break;
      }
      case 'range':
        if (cell !== null && !isWithin(info, member, cell, rule.min, rule.max)) return broken('range');
        break;
      case 'equals': {
        const expected =
          other !== undefined ? (object.cells[other] ?? null) : constantCell(model, info, member, rule.value ?? '');
        if (cell !== null && cell !== expected) return broken('equals');
        break;
      }
    }
  }
  return tooLong(model, info, object);
}

/** String lengths are part of the type. */
function tooLong(model: ActiveModel, info: EntityInfo, object: StoredObject): Invalid | null {
  for (const member of model.view.attributes(info.name).values()) {
    const cell = object.cells[member.id];
    const { type } = member;
    if (type.kind === 'Enumeration' && typeof cell === 'string') {
      const values = model.model.find('enumeration', type.enumeration)?.content.values ?? [];
      if (!values.some((value) => value.id === cell)) {
        return {
          code: 'sync/unknown-value',
          member: member.id,
          message: `${member.name} does not have this value any more.`,
        };
      }
    }
    if (type.kind !== 'String' || type.length === null || typeof cell !== 'string') continue;
    if ([...cell].length > type.length) {
      return {
        code: 'sync/max-length',
        member: member.id,
        message: `${member.name} holds at most ${type.length} characters.`,
      };
    }
  }
  return null;
}

/** Unique holds over the whole hierarchy that has the member. */
async function isTaken(
  sql: Sql,
  model: ActiveModel,
  info: EntityInfo,
  member: string,
  cell: Cell,
  self: string,
): Promise<boolean> {
  for (const at of model.entities.values()) {
    const column = at.columnOf.get(member);
    if (!column || !at.lineage.some((id) => info.lineage.includes(id))) continue;
    const found = await sql.all(
      `SELECT 1 AS "taken" FROM ${quoted(at.table)} WHERE ${quoted(column.name)} = ? AND "$id" <> ? LIMIT 1`,
      [bound(cell, column), self],
    );
    if (found.length > 0) return true;
  }
  return false;
}

function isWithin(
  info: EntityInfo,
  member: string,
  cell: Cell,
  min: string | undefined,
  max: string | undefined,
): boolean {
  const isMoment = info.columnOf.get(member)?.type === 'dateTime';
  // Moments are written as dates in the rule, as milliseconds in the cell.
  const limit = (text: string | undefined) =>
    text === undefined ? null : parseDecimalText(isMoment ? String(Date.parse(text)) : text);
  const [value, low, high] = [parseDecimalText(String(cell)), limit(min), limit(max)];
  return value === null || ((low === null || value.gte(low)) && (high === null || value.lte(high)));
}

function constantCell(model: ActiveModel, info: EntityInfo, member: string, text: string): Cell {
  const attribute = [...model.view.attributes(info.name).values()].find((one) => one.id === member);
  switch (attribute?.type.kind) {
    case 'Boolean':
      return text === 'true';
    case 'Integer':
      return Number(text);
    case 'DateTime':
      return Date.parse(text);
    case 'Enumeration': {
      const values = model.model.find('enumeration', attribute.type.enumeration)?.content.values ?? [];
      return values.find((value) => value.name === text.split('.').at(-1))?.id ?? null;
    }
    default:
      return text;
  }
}

function words(model: ActiveModel, text: Text): string {
  return text[model.model.app.defaultLanguage] ?? Object.values(text)[0] ?? 'A validation rule is broken.';
}
