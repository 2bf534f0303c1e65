import type { DomainView } from '../../metamodel/domain-view.ts';
import type { Reference } from '../reference.ts';
import { type Completion, ItemList } from './item.ts';
import { type Hover, hoverOf, referenceAt } from './meaning.ts';
import { addEntities, addMembers, pathPosition } from './path-position.ts';

interface Part {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function partsOf(text: string): readonly Part[] {
  let start = 0;
  return text.split('/').map((name) => {
    const part = { name, start, end: start + name.length };
    start = part.end + 1;
    return part;
  });
}

/** What may stand at the caret of a member path: `Status`, or `Field.Inspection_Site/Field.Site/Name`. */
export function completeMemberPath(text: string, offset: number, entity: string, view: DomainView): Completion {
  const parts = partsOf(text);
  const at = parts.findIndex((part) => offset <= part.end);
  const part = parts[at] ?? { name: '', start: offset, end: offset };
  const into = new ItemList();
  const position = pathPosition(entity, parts.slice(0, Math.max(0, at)), view);
  if (position?.kind === 'entity') addEntities(position.end, view, into);
  else if (position)
    addMembers(position.entity, view, { canReverse: false, withEntity: at === parts.length - 1 }, into);
  return { span: { start: part.start, end: part.end }, items: into.sorted() };
}

export function hoverMemberPath(text: string, offset: number, entity: string, view: DomainView): Hover | null {
  const reference = memberPathReference(text, offset, entity, view);
  return reference ? hoverOf(reference, { view, variables: new Map(), functionNamed: () => undefined }) : null;
}

/** The name at the caret that stands for something. */
export function memberPathReference(
  text: string,
  offset: number,
  entity: string,
  view: DomainView,
): Reference | undefined {
  const references: Reference[] = [];
  const parts = partsOf(text);
  for (const [at, { name, start, end }] of parts.entries()) {
    const position = pathPosition(entity, parts.slice(0, at), view);
    const span = { start, end };
    if (position?.kind === 'entity') {
      const id = view.entity(name)?.id;
      if (id) references.push({ kind: 'entity', name, id, span });
    } else if (position) {
      const attribute = view.attributes(position.entity).get(name);
      const step = view.step(position.entity, name);
      if (attribute) {
        const declared = `${attribute.declaredBy}/${attribute.name}`;
        references.push({ kind: 'attribute', name: declared, id: attribute.id, span });
      } else if (step) references.push({ kind: 'association', name: step.qualifiedName, id: step.id, span });
    }
  }
  return referenceAt(references, offset);
}
