import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { ObjectSnapshot } from '../../engine/device-face.ts';

/** Models give members and entities no captions; their names in words are the nearest. */
export function spelledOut(qualifiedName: string): string {
  const name = qualifiedName.split('.').at(-1) ?? qualifiedName;
  return (name.split('_').at(-1) ?? name).replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}

/** By what people call things. */
const NAMES: readonly string[] = ['Name', 'Title', 'Subject', 'Caption', 'Code', 'Number'];

/** What tells an object from others of its kind: a text that reads like a name, else the first one. */
export function nameOf(object: ObjectSnapshot, view: DomainView): string {
  const texts = [...view.attributes(object.entity).values()]
    .filter(({ type }) => type.kind === 'String' || type.kind === 'AutoNumber')
    .map(({ name }) => name);
  const known = [...NAMES.filter((name) => texts.includes(name)), ...texts];
  for (const name of known) {
    const cell = object.values[name];
    if (typeof cell === 'string' && cell.trim() !== '') return cell;
  }
  return '';
}
