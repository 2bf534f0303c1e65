import type { AssociationEnd, DomainView } from '../metamodel/domain-view.ts';
import type { DocumentKind } from '../metamodel/kinds.ts';
import type { ChangedMember, Reference } from './program.ts';

export function entityReference(name: string, view: DomainView): Reference | undefined {
  const document = view.document(name);
  return document && { id: document.content.id, name };
}

/** A document that is called or shown. */
export function documentReference(kind: DocumentKind, name: string, view: DomainView): Reference | undefined {
  const content = view.model.find(kind, name)?.content;
  return content && 'id' in content ? { id: content.id, name } : undefined;
}

/** Attributes by name; associations by qualified name, from the owner or, owned by both, from the far end. */
export function changedMember(entity: string, member: string, view: DomainView): ChangedMember | undefined {
  const attribute = view.attributes(entity).get(member);
  if (attribute) return { id: attribute.id, name: attribute.name, kind: 'attribute' };
  const end = ownedEnd(entity, member, view);
  return (
    end && { id: end.id, name: end.qualifiedName, kind: 'association', direction: end.direction, single: end.single }
  );
}

/** Why a flow may not write a member, or undefined when it may. */
export function readOnlyBecause(entity: string, member: string, view: DomainView): string | undefined {
  const found = view.attributes(entity).get(member);
  if (found?.system || ownedEnd(entity, member, view)?.system) return 'the store keeps it';
  if (found?.attribute?.calculatedBy) return 'it is calculated';
  if (found?.type.kind === 'AutoNumber') return 'the service numbers it';
  return undefined;
}

function ownedEnd(entity: string, association: string, view: DomainView): AssociationEnd | undefined {
  return view
    .ends(entity)
    .find((end) => end.qualifiedName === association && (end.direction === 'forward' || end.owner === 'both'));
}
