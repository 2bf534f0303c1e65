import type { DataType } from '@skerry/shared/metamodel/data-type';
import { shortName } from './node-words.ts';

/** A data type in a word: `Inspection`, `list of Answer`. */
export function dataTypeWord(type: DataType): string {
  switch (type.kind) {
    case 'Object':
      return shortName(type.entity);
    case 'List':
      return `list of ${shortName(type.entity)}`;
    case 'Enumeration':
      return shortName(type.enumeration);
    default:
      return type.kind;
  }
}
