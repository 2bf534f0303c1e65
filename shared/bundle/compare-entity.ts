import { canonicalJson, type Json } from '../base/json.ts';
import { type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { Association, Attribute, Entity } from '../metamodel/entity.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { byId, nameChange } from './by-id.ts';
import { describeAttributeType, typeChange } from './compare-attribute.ts';
import type { Difference } from './finding.ts';

type EntityDocument = ModelDocument<'entity'>;
interface Owned<T> {
  readonly member: T;
  readonly owner: EntityDocument;
}

/** Differences of the domain model: entities and all that stands in their files. */
export function compareEntities(previous: Model, next: Model): readonly Difference[] {
  const before = byId(previous, 'entity');
  const after = byId(next, 'entity');
  const sides: Sides = {
    previous: domainView(previous),
    next: domainView(next),
    before,
    after,
    attributes: owned(after, ({ attributes }) => attributes),
    associations: owned(after, ({ associations }) => associations),
  };
  const differences: Difference[] = [];
  for (const old of before.values()) {
    const now = after.get(old.content.id);
    if (now) differences.push(...compareEntity(old, now, sides));
    else differences.push({ change: 'entity-removed', element: old.content.id, name: old.qualifiedName });
    // A member may have moved to another entity, so it is looked for by its id wherever it stands.
    for (const attribute of old.content.attributes) differences.push(...compareAttribute(attribute, old, now, sides));
    for (const association of old.content.associations)
      differences.push(...compareAssociation(association, old, now, sides));
  }
  return [...differences, ...additions(before, sides)];
}

interface Sides {
  readonly previous: DomainView;
  readonly next: DomainView;
  readonly before: ReadonlyMap<string, EntityDocument>;
  readonly after: ReadonlyMap<string, EntityDocument>;
  readonly attributes: ReadonlyMap<string, Owned<Attribute>>;
  readonly associations: ReadonlyMap<string, Owned<Association>>;
}

function owned<T extends { readonly id: string }>(
  entities: ReadonlyMap<string, EntityDocument>,
  members: (entity: Entity) => readonly T[],
): ReadonlyMap<string, Owned<T>> {
  return new Map(
    [...entities.values()].flatMap((owner) =>
      members(owner.content).map((member) => [member.id, { member, owner }] as const),
    ),
  );
}

function compareEntity(old: EntityDocument, now: EntityDocument, sides: Sides): readonly Difference[] {
  const element = old.content.id;
  const name = now.qualifiedName;
  const differences: Difference[] = [...nameChange(element, old.qualifiedName, name)];
  if (sides.previous.persistable(old.qualifiedName) && !sides.next.persistable(name))
    differences.push({ change: 'persistable-removed', element, name });
  const from = generalization(old, sides.previous);
  const to = generalization(now, sides.next);
  if (from !== to)
    differences.push({ change: from === undefined ? 'generalization-added' : 'generalization-changed', element, name });
  const rules = new Set<string>(old.content.validationRules.map((rule) => ruleText(rule)));
  for (const rule of now.content.validationRules) {
    const isOfOldAttribute = old.content.attributes.some(
      ({ id }) => id === now.content.attributes.find((one) => one.name === rule.attribute)?.id,
    );
    if (!rules.has(ruleText(rule)) && isOfOldAttribute)
      differences.push({ change: 'rule-added', element, name: `${name}/${rule.attribute}`, to: rule.kind });
  }
  if (accessText(old.content) !== accessText(now.content))
    differences.push({ change: 'access-changed', element, name });
  return differences;
}

function generalization(document: EntityDocument, view: DomainView): string | undefined {
  const name = document.content.generalization;
  return name === undefined ? undefined : (view.entity(name)?.id ?? name);
}

// A renamed attribute keeps its rules' ids; the words of a message change nothing for data.
function ruleText(rule: Entity['validationRules'][number]): string {
  const { message: _, attribute: __, ...rest } = rule;
  return canonicalJson(rest as unknown as Json);
}

function accessText(entity: Entity): string {
  return canonicalJson(entity.accessRules.map(({ documentation: _, ...rule }) => rule) as unknown as Json);
}

function compareAttribute(
  old: Attribute,
  owner: EntityDocument,
  entity: EntityDocument | undefined,
  sides: Sides,
): readonly Difference[] {
  const found = sides.attributes.get(old.id);
  const name = `${owner.qualifiedName}/${old.name}`;
  if (!found) return entity ? [{ change: 'attribute-removed', element: old.id, name }] : [];
  const now = `${found.owner.qualifiedName}/${found.member.name}`;
  const differences: Difference[] = [];
  if (found.owner.content.id !== owner.content.id) differences.push(moved(old, name, found, now, entity, sides));
  else if (old.name !== found.member.name)
    differences.push({ change: 'element-renamed', element: old.id, name: now, from: old.name, to: found.member.name });
  const { type: from } = old;
  const { type: to } = found.member;
  const same =
    from.kind === 'Enumeration' &&
    to.kind === 'Enumeration' &&
    enumerationId(from.enumeration, sides.previous) === enumerationId(to.enumeration, sides.next);
  const change = typeChange(from, to, same);
  if (change)
    differences.push({
      change,
      element: old.id,
      name: now,
      from: describeAttributeType(from),
      to: describeAttributeType(to),
    });
  return differences;
}

/** Up to an ancestor every row keeps its value; down, or sideways, some lose theirs. */
function moved(
  old: Attribute,
  from: string,
  found: Owned<Attribute>,
  to: string,
  entity: EntityDocument | undefined,
  { next }: Sides,
): Difference {
  const isUp = entity !== undefined && next.isA(entity.qualifiedName, found.owner.qualifiedName);
  return { change: isUp ? 'element-moved' : 'attribute-left-ancestor', element: old.id, name: to, from, to };
}

function enumerationId(name: string, view: DomainView): string {
  return view.model.find('enumeration', name)?.content.id ?? name;
}

function compareAssociation(
  old: Association,
  owner: EntityDocument,
  entity: EntityDocument | undefined,
  sides: Sides,
): readonly Difference[] {
  const found = sides.associations.get(old.id);
  const name = `${owner.module}.${old.name}`;
  if (!found) return entity ? [{ change: 'association-removed', element: old.id, name }] : [];
  const now = `${found.owner.module}.${found.member.name}`;
  const differences: Difference[] = [...nameChange(old.id, name, now)];
  const { member } = found;
  const target = sides.previous.entity(old.to)?.id;
  const targetNow = sides.next.byId(target ?? '')?.qualifiedName;
  const reachesAll = targetNow !== undefined && sides.next.isA(targetNow, member.to);
  const ownerKept = entity !== undefined && sides.next.isA(entity.qualifiedName, found.owner.qualifiedName);
  const isFewer = old.type === 'referenceSet' && member.type === 'reference';
  if (isFewer || !reachesAll || !ownerKept)
    differences.push({ change: 'association-narrowed', element: old.id, name: now });
  else if (old.type !== member.type) differences.push({ change: 'association-widened', element: old.id, name: now });
  return differences;
}

function additions(before: ReadonlyMap<string, EntityDocument>, sides: Sides): readonly Difference[] {
  const attributes = owned(before, (entity) => entity.attributes);
  const associations = owned(before, (entity) => entity.associations);
  return [...sides.after.values()].flatMap((now): readonly Difference[] => {
    const { content, qualifiedName: name } = now;
    if (!before.has(content.id)) return [{ change: 'entity-added', element: content.id, name }];
    const required = new Set(
      content.validationRules.filter(({ kind }) => kind === 'required').map(({ attribute }) => attribute),
    );
    return [
      ...content.attributes
        .filter(({ id }) => !attributes.has(id))
        .map((attribute): Difference => {
          const isEmpty =
            required.has(attribute.name) && attribute.default === undefined && !HAS_DEFAULT.has(attribute.type.kind);
          return {
            change: isEmpty ? 'required-attribute-added' : 'attribute-added',
            element: attribute.id,
            name: `${name}/${attribute.name}`,
          };
        }),
      ...content.associations
        .filter(({ id }) => !associations.has(id))
        .map(
          ({ id, name: own }): Difference => ({
            change: 'association-added',
            element: id,
            name: `${now.module}.${own}`,
          }),
        ),
    ];
  });
}

/** Types whose attributes are never empty by themselves. */
const HAS_DEFAULT: ReadonlySet<string> = new Set(['Boolean', 'AutoNumber']);
