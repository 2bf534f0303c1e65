import type { Cell } from '@skerry/shared/base/cell';
import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { AttributeType } from '@skerry/shared/metamodel/entity';

/**
 * Values a new object has without anybody setting them, by member id. A default that is a moment depends on when the
 * object was made and is left out.
 */
export function defaultCells(view: DomainView, entity: string): { readonly [member: string]: Cell } {
  const cells: { [member: string]: Cell } = {};
  for (const member of view.attributes(entity).values()) {
    const text = member.attribute?.default;
    const cell = text === undefined ? typeDefault(member.type) : textDefault(view, member.type, text);
    if (cell !== null) cells[member.id] = cell;
  }
  return cells;
}

/** A Boolean is never empty; everything else begins empty. */
function typeDefault(type: AttributeType): Cell {
  return type.kind === 'Boolean' ? false : null;
}

function textDefault(view: DomainView, type: AttributeType, text: string): Cell {
  switch (type.kind) {
    case 'Boolean':
      return text === 'true';
    case 'Integer':
      return Number(text);
    case 'DateTime': {
      const ms = Date.parse(text);
      return Number.isNaN(ms) ? null : ms;
    }
    case 'Enumeration': {
      const values = view.model.find('enumeration', type.enumeration)?.content.values ?? [];
      return values.find((value) => value.name === text.split('.').at(-1))?.id ?? null;
    }
    default:
      return text;
  }
}
