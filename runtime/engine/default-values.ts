import type { Cell } from '@skerry/shared/base/cell';
import type { AttributeOfObject, RunningApp, RunningEntity } from './running-app.ts';

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Cells of a new object before anybody sets any: the members' defaults. @param now epoch milliseconds */
export function defaultCells(app: RunningApp, entity: RunningEntity, now: number): { [memberId: string]: Cell } {
  const cells: { [memberId: string]: Cell } = {};
  for (const member of entity.members.values()) {
    if (member.kind !== 'attribute' || member.owned) continue;
    const cell = defaultCell(app, member, now);
    if (cell !== null) cells[member.id] = cell;
  }
  return cells;
}

function defaultCell(app: RunningApp, member: AttributeOfObject, now: number): Cell {
  const { type } = member;
  const text = member.attribute?.default;
  if (text === undefined || text === '') return type.kind === 'Boolean' ? false : null;
  switch (type.kind) {
    case 'Boolean':
      return text === 'true';
    case 'Integer':
      return Number(text);
    case 'DateTime':
      return text === '[%CurrentDateTime%]' ? now : momentIn(text);
    case 'Decimal':
      return DECIMAL.test(text) ? trimmed(text) : null;
    case 'Enumeration': {
      const values = app.bundle.model.find('enumeration', type.enumeration)?.content.values ?? [];
      return values.find((value) => value.name === text.split('.').at(-1))?.id ?? null;
    }
    default:
      return text;
  }
}

function momentIn(text: string): Cell {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
