import type { Span } from '../base/diagnostic.ts';
import type { DomainView } from '../metamodel/domain-view.ts';
import { type Mention, mentionsOfQualified } from './mention.ts';
import { NO_TYPE, ofEntity, type ValueType } from './value-type.ts';

export interface Segment {
  readonly name: string;
  readonly span: Span;
  readonly reversed?: boolean;
}

export interface Followed {
  /** What the path gives. */
  readonly type: ValueType;
  /** Mentions of each segment, and the entity that stands behind it, for what is in its brackets. */
  readonly mentions: readonly Mention[];
  readonly entities: readonly ValueType[];
}

/** Follows a path of associations, entities and at the end a member. Stops where a name means nothing. */
export function followPath(segments: readonly Segment[], start: ValueType, view: DomainView): Followed {
  const mentions: Mention[] = [];
  const entities: ValueType[] = [];
  let type = start;
  for (const segment of segments) {
    const step = followSegment(segment, type, view);
    mentions.push(...step.mentions);
    type = step.type;
    entities.push(type);
  }
  return { type, mentions, entities };
}

/** The member of an entity that a simple or qualified name stands for. */
export function mentionsOfMember(name: string, span: Span, type: ValueType, view: DomainView): readonly Mention[] {
  return followSegment({ name, span }, type, view).mentions;
}

interface Step {
  readonly type: ValueType;
  readonly mentions: readonly Mention[];
}
const NOWHERE: Step = { type: NO_TYPE, mentions: [] };

function followSegment(segment: Segment, from: ValueType, view: DomainView): Step {
  if (segment.name === '' || segment.name === 'id') return NOWHERE;
  return segment.name.includes('.') ? followQualified(segment, from, view) : followShort(segment, from, view);
}

function followQualified({ name, span, reversed }: Segment, from: ValueType, view: DomainView): Step {
  for (const entity of from.entities) {
    const end = view.step(entity, name, reversed ?? false);
    if (end) return { type: ofEntity(end.far), mentions: mentionsOfQualified('association', name, span.start) };
  }
  if (view.entity(name)) return { type: ofEntity(name), mentions: mentionsOfQualified('entity', name, span.start) };
  // From an unknown start the name alone says what it is, but not which way it leads.
  const association = view.association(name);
  if (!association) return NOWHERE;
  return {
    type: { entities: [association.to, association.from] },
    mentions: mentionsOfQualified('association', name, span.start),
  };
}

function followShort({ name, span }: Segment, from: ValueType, view: DomainView): Step {
  for (const entity of from.entities) {
    const member = view.attributes(entity).get(name);
    if (member) {
      const { type } = member;
      const given = type.kind === 'Enumeration' ? { entities: [], enumeration: type.enumeration } : NO_TYPE;
      // Members that every entity may have belong to none and keep their names.
      return {
        type: given,
        mentions: member.system ? [] : [{ kind: 'attribute', name: `${member.declaredBy}/${name}`, span }],
      };
    }
    const end = view.owned(entity).find((owned) => owned.name === name);
    if (end) return { type: ofEntity(end.far), mentions: [{ kind: 'association', name: end.qualifiedName, span }] };
  }
  return NOWHERE;
}
