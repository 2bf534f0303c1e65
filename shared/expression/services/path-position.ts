import type { AssociationEnd, DomainView } from '../../metamodel/domain-view.ts';
import { type Type, typeOfAttribute } from '../type.ts';
import { type ItemList, shortType, suits } from './item.ts';

/** What may come next in a path: a member of `entity`, or the entity that `end` leads to. */
export type PathPosition =
  | { readonly kind: 'member'; readonly entity: string }
  | { readonly kind: 'entity'; readonly end: AssociationEnd };

export interface PathName {
  readonly name: string;
  readonly reversed?: boolean;
}

/** Where a path from an object of `start` has come to after `names`; undefined when one of them leads nowhere. */
export function pathPosition(start: string, names: readonly PathName[], view: DomainView): PathPosition | undefined {
  let entity = start;
  let end: AssociationEnd | undefined;
  for (const { name, reversed } of names) {
    if (end) {
      if (!view.entity(name)) return undefined;
      entity = view.isA(end.far, name) ? end.far : name;
      end = undefined;
      continue;
    }
    end = view.step(entity, name, reversed);
    if (!end) return undefined;
  }
  if (end) return { kind: 'entity', end };
  return view.entity(entity) ? { kind: 'member', entity } : undefined;
}

export interface MemberStyle {
  /** Attributes for which it holds are left out. */
  readonly omit?: (name: string) => boolean;
  /** An association from an entity to itself may be followed backwards. */
  readonly canReverse: boolean;
  /** Whether the entity may be named in the same go: not when the path goes on behind the caret. */
  readonly withEntity: boolean;
  readonly wanted?: Type | undefined;
  /** Added to all ranks. */
  readonly rank?: number;
  /** Written before each: `$Site/`. */
  readonly prefix?: string;
}

/** Members of an entity: attributes that suit first, then associations either way, then the other attributes. */
export function addMembers(entity: string, view: DomainView, style: MemberStyle, into: ItemList): void {
  const { prefix = '', rank = 0, wanted } = style;
  for (const attribute of view.attributes(entity).values()) {
    const type = typeOfAttribute(attribute.type);
    if (!type || style.omit?.(attribute.name)) continue;
    const inherited = attribute.declaredBy === entity ? '' : ` of ${attribute.declaredBy}`;
    const documentation = attribute.attribute?.documentation;
    into.add(rank + (suits(type, wanted, view) ? 0 : 2), {
      label: `${prefix}${attribute.name}`,
      insert: `${prefix}${attribute.name}`,
      kind: 'attribute',
      detail: `${shortType(type)}${inherited}`,
      ...(documentation ? { documentation } : {}),
    });
  }
  for (const end of view.ends(entity)) {
    const isBack = view.step(entity, end.qualifiedName) !== end && end.direction === 'reverse';
    if (isBack && !style.canReverse) continue;
    const written = `${prefix}${end.qualifiedName}${isBack ? '[reversed()]' : ''}`;
    const detail = `${end.single ? 'one' : 'many'} ${end.far}`;
    const type: Type = { kind: end.single ? 'Object' : 'List', entity: end.far };
    const own = suits(type, wanted, view) ? 0 : 1;
    const documentation = end.association?.documentation;
    const item = { kind: 'association', detail, ...(documentation ? { documentation } : {}) } as const;
    into.add(rank + own, { ...item, label: written, insert: written });
    if (style.withEntity)
      into.add(rank + 1, { ...item, label: `${written}/${end.far}`, insert: `${written}/${end.far}` });
  }
}

/** The entities that may be named behind an association: what it leads to, and its specialisations. */
export function addEntities(end: AssociationEnd, view: DomainView, into: ItemList): void {
  for (const [at, name] of [end.far, ...view.specialisations(end.far)].entries()) {
    const documentation = view.entity(name)?.documentation;
    into.add(at === 0 ? 0 : 1, {
      label: name,
      insert: name,
      kind: 'entity',
      detail: at === 0 ? (end.single ? 'one object' : 'many objects') : `specialisation of ${end.far}`,
      ...(documentation ? { documentation } : {}),
    });
  }
}
