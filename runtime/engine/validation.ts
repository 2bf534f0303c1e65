import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { ValidationRule } from '@skerry/shared/metamodel/entity';
import { toBind } from '@skerry/shared/relational/bind';
import { quoteName } from '@skerry/shared/relational/dialect';
import type { SqlValue } from '../platform/ports.ts';
import type { SqlReader } from '../store/sql-queue.ts';
import { codePoints, whyNot } from './check-cell.ts';
import type { Failure } from './device-face.ts';
import type { AttributeOfObject, RunningApp, RunningEntity } from './running-app.ts';

export interface Validated {
  readonly id: ObjectId;
  readonly entity: RunningEntity;
  /** The state to be committed, by member id. */
  readonly cell: (memberId: string) => Cell;
  /** Members that the user may not read are empty here and prove nothing. */
  readonly isWithheld: (memberId: string) => boolean;
}

type Findings = NonNullable<Failure['members']>;

/** What is wrong with an object's state by the model's validation rules and its members' types; nothing when it may be stored. */
export async function validate(
  reader: SqlReader,
  app: RunningApp,
  object: Validated,
  locale: string,
): Promise<Findings> {
  const findings: { object: ObjectId; member: string; message: string }[] = [];
  const report = (member: string, message: string) => {
    if (!findings.some((finding) => finding.member === member)) findings.push({ object: object.id, member, message });
  };
  for (const declaring of app.view.lineage(object.entity.name).toReversed()) {
    for (const rule of app.view.entity(declaring)?.validationRules ?? []) {
      const member = object.entity.members.get(rule.attribute);
      if (member?.kind !== 'attribute' || object.isWithheld(member.id)) continue;
      const holds = await keepsRule(reader, app, object, { rule, member, declaring });
      if (!holds) report(member.name, app.say(rule.message, locale) || `${member.name} is not valid.`);
    }
  }
  for (const member of object.entity.members.values()) {
    if (member.kind !== 'attribute' || member.owned) continue;
    const problem = whyNot(app, member, object.cell(member.id));
    if (problem) report(member.name, problem);
  }
  return findings;
}

interface RuleInPlace {
  readonly rule: ValidationRule;
  readonly member: AttributeOfObject;
  readonly declaring: string;
}

async function keepsRule(reader: SqlReader, app: RunningApp, object: Validated, place: RuleInPlace): Promise<boolean> {
  const { rule, member } = place;
  const cell = object.cell(member.id);
  if (rule.kind === 'required') return cell !== null && cell !== '';
  // Only `required` has something to say about empty.
  if (cell === null || cell === '') return true;
  switch (rule.kind) {
    case 'unique':
      return !(await isTaken(reader, app, object, place, cell));
    case 'equals': {
      const other = rule.other === undefined ? undefined : object.entity.members.get(rule.other);
      if (other) return sameCell(member, cell, object.cell(other.id));
      return rule.value === undefined || sameCell(member, cell, cellOfText(app, member, rule.value));
    }
    case 'range':
      return (
        (rule.min === undefined || compareCells(member, cell, cellOfText(app, member, rule.min)) >= 0) &&
        (rule.max === undefined || compareCells(member, cell, cellOfText(app, member, rule.max)) <= 0)
      );
    case 'regex': {
      const expression = app.bundle.model.find('regularExpression', rule.regularExpression)?.content.expression;
      return expression === undefined || new RegExp(`^(?:${expression})$`, 'u').test(String(cell));
    }
    case 'maxLength':
      return codePoints(String(cell)) <= rule.length;
  }
}

async function isTaken(
  reader: SqlReader,
  app: RunningApp,
  object: Validated,
  { member, declaring }: RuleInPlace,
  cell: Cell,
): Promise<boolean> {
  for (const name of [declaring, ...app.view.specialisations(declaring)]) {
    const entity = app.entity(name);
    const table = entity && app.tables.table(entity.id);
    const column = table?.columns.find(({ memberId }) => memberId === member.id);
    if (!table || !column) continue;
    const sql = `SELECT 1 FROM ${quoteName(table.name)} WHERE ${quoteName(column.name)} = ? AND "$id" <> ? LIMIT 1`;
    if (await reader.first(sql, [toBind(cell, column.type, 'sqlite') as SqlValue, object.id])) return true;
  }
  return false;
}

/** A value as rules write it, as a cell of the member's type. */
function cellOfText(app: RunningApp, member: AttributeOfObject, text: string): Cell {
  switch (member.type.kind) {
    case 'Integer':
      return Number(text);
    case 'Boolean':
      return text === 'true';
    case 'DateTime':
      return Date.parse(text);
    case 'Enumeration': {
      const values = app.bundle.model.find('enumeration', member.type.enumeration)?.content.values ?? [];
      return values.find((value) => value.name === text.split('.').at(-1))?.id ?? null;
    }
    default:
      return text;
  }
}

function sameCell(member: AttributeOfObject, a: Cell, b: Cell): boolean {
  return b !== null && compareCells(member, a, b) === 0;
}

/** Order of two cells that are not empty; numbers that JSON writes as text compare as the numbers they are. */
function compareCells(member: AttributeOfObject, a: Cell, b: Cell): number {
  if (a === b) return 0;
  switch (member.type.kind) {
    case 'Long':
    case 'AutoNumber':
      return compare(BigInt(String(a)), BigInt(String(b)));
    case 'Decimal': {
      const [x, y] = [String(a), String(b)].map((text) => toBind(text, 'decimal', 'sqlite')) as [string, string];
      return compare(x, y);
    }
    default:
      return compare(a as string | number, b as string | number);
  }
}

function compare<T extends string | number | bigint>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
