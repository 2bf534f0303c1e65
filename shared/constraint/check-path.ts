import type { Span } from '../base/diagnostic.ts';
import type { ElementId } from '../base/ids.ts';
import { suggestion } from '../expression/nearest.ts';
import { typeOfAttribute } from '../expression/type.ts';
import type { AssociationEnd, AttributeMember } from '../metamodel/domain-view.ts';
import type { Condition, ConstraintSegment } from './ast.ts';
import type { Findings } from './findings.ts';
import { BROKEN, comparisonTypeOf, type Judged } from './judged.ts';
import type { ResolvedCondition, ResolvedStep, VariableStep } from './resolved.ts';

/** What a path leads to: the objects at its end, or a member of theirs. */
interface Walked {
  readonly ends: readonly {
    readonly end: AssociationEnd;
    readonly entity: string;
    readonly named: boolean;
    readonly filters: readonly ResolvedCondition[];
  }[];
  readonly entity: string;
  readonly attribute?: AttributeMember;
}

export type CheckFilter = (condition: Condition, entity: string) => ResolvedCondition;

/** A path from an object of `entity`. */
export function checkPath(
  segments: readonly ConstraintSegment[],
  entity: string,
  findings: Findings,
  checkFilter: CheckFilter,
): Judged {
  const walked = walk(segments, entity, findings, checkFilter);
  if (!walked) return BROKEN;
  const steps = walked.ends.map(
    ({ end, entity: reached, named, filters }): ResolvedStep => ({
      association: end.id,
      direction: end.direction,
      entity: entityId(findings, reached),
      entities: entityIds(findings, reached),
      named,
      single: end.single,
      filters,
    }),
  );
  if (!walked.attribute) return { kind: 'objects', objects: { kind: 'objects', steps }, entity: walked.entity };
  const type = typeOfAttribute(walked.attribute.type);
  const comparison = type && comparisonTypeOf(type);
  if (!type || !comparison) return BROKEN;
  return {
    kind: 'value',
    value: {
      kind: 'member',
      steps,
      entity: entityId(findings, walked.entity),
      member: walked.attribute.id,
      type: comparison,
    },
    type,
    ...(walked.attribute.type.kind === 'DateTime' && !walked.attribute.type.localize ? { wallClock: true } : {}),
  };
}

/** A path from the object in a variable. */
export function checkVariablePath(
  variable: string,
  segments: readonly ConstraintSegment[],
  entity: string,
  findings: Findings,
): Judged {
  const filtered = segments.find((segment) => segment.reversed || segment.filters.length > 0);
  if (filtered) {
    findings.error(
      'filtered-variable',
      'A path from a variable takes no brackets. Retrieve the objects first, or start from the constrained object.',
      filtered.span,
    );
    return BROKEN;
  }
  const walked = walk(segments, entity, findings, () => ({ kind: 'always', value: true }));
  if (!walked) return BROKEN;
  const steps = walked.ends.map(
    ({ end, entity: reached }): VariableStep => ({ id: end.id, association: end.qualifiedName, entity: reached }),
  );
  if (!walked.attribute)
    return { kind: 'objects', objects: { kind: 'variable', name: variable, steps }, entity: walked.entity };
  const type = typeOfAttribute(walked.attribute.type);
  const comparison = type && comparisonTypeOf(type);
  if (!type || !comparison) return BROKEN;
  const { id, name } = walked.attribute;
  return {
    kind: 'value',
    value: { kind: 'variable', name: variable, steps, member: { id, name }, type: comparison },
    type,
  };
}

export function entityIds(findings: Findings, name: string): ElementId[] {
  return [name, ...findings.view.specialisations(name)].map((at) => entityId(findings, at));
}

function entityId(findings: Findings, name: string): ElementId {
  return findings.view.entity(name)!.id;
}

function walk(
  segments: readonly ConstraintSegment[],
  from: string,
  findings: Findings,
  checkFilter: CheckFilter,
): Walked | null {
  const ends: Walked['ends'][number][] = [];
  let entity = from;
  for (let at = 0; at < segments.length; at++) {
    const segment = segments[at]!;
    if (segment.name === '') return null;
    const isLast = at === segments.length - 1;
    if (isLast && !segment.name.includes('.') && segment.filters.length === 0 && !segment.reversed) {
      if (segment.name === 'id') return { ends, entity };
      const attribute = checkAttribute(segment, entity, findings);
      return attribute ? { ends, entity, attribute } : null;
    }
    const end = checkAssociation(segment, entity, findings);
    if (!end) return null;
    const next = segments[at + 1];
    if (!next) {
      ends.push({ end, entity: end.far, named: false, filters: [] });
      return { ends, entity: end.far };
    }
    const reached = checkEntity(next, end, findings);
    if (!reached) return null;
    const filters = next.filters.map((filter) => checkFilter(filter, reached));
    ends.push({ end, entity: reached, named: true, filters });
    entity = reached;
    at++;
  }
  return { ends, entity };
}

function checkAttribute(segment: ConstraintSegment, entity: string, findings: Findings): AttributeMember | null {
  const { view } = findings;
  const attribute = view.attributes(entity).get(segment.name);
  if (!attribute) {
    const association = view.ends(entity).find((end) => end.name === segment.name);
    if (association) {
      findings.error(
        'short-name',
        `Write the association with its module: ${association.qualifiedName}.`,
        segment.span,
      );
    } else {
      const members = [...view.attributes(entity).keys(), ...view.ends(entity).map((end) => end.qualifiedName)];
      findings.error(
        'unknown-member',
        `${entity} has no member "${segment.name}".${suggestion(segment.name, members)}`,
        segment.span,
      );
    }
    return null;
  }
  findings.refer({
    kind: 'attribute',
    name: `${attribute.declaredBy}/${attribute.name}`,
    id: attribute.id,
    span: segment.span,
  });
  const problem = whyNotFilterable(attribute);
  if (problem) {
    findings.error('not-filterable', `${attribute.name} ${problem}, so no constraint can read it.`, segment.span);
    return null;
  }
  return attribute;
}

function whyNotFilterable({ type, attribute }: AttributeMember): string | null {
  if (type.kind === 'HashedString') return 'is kept as a hash';
  if (type.kind === 'Binary') return 'is binary';
  return attribute?.calculatedBy ? 'is calculated' : null;
}

function checkAssociation(segment: ConstraintSegment, entity: string, findings: Findings): AssociationEnd | null {
  const { view } = findings;
  if (segment.filters.length > 0) {
    findings.error('misplaced-filter', 'Brackets stand behind the entity: Association/Entity[…].', segment.span);
    return null;
  }
  const end = view.step(entity, segment.name, segment.reversed);
  if (end) {
    findings.refer({ kind: 'association', name: end.qualifiedName, id: end.id, span: segment.span });
    return end;
  }
  const ends = view.ends(entity);
  if (segment.reversed && view.step(entity, segment.name)) {
    findings.error(
      'not-reversible',
      `${segment.name} leads from ${entity} in one direction only: write it without [reversed()].`,
      segment.span,
    );
    return null;
  }
  const meant = ends.find((candidate) => candidate.name === segment.name);
  if (meant && !segment.name.includes('.')) {
    findings.error('short-name', `Write the association with its module: ${meant.qualifiedName}.`, segment.span);
  } else if (view.association(segment.name)) {
    const { from, to } = view.association(segment.name)!;
    findings.error(
      'unrelated-association',
      `${segment.name} joins ${from} and ${to}; it does not start at ${entity}.`,
      segment.span,
    );
  } else {
    const names = ends.map((candidate) => candidate.qualifiedName);
    findings.error(
      'unknown-association',
      `No association "${segment.name}" starts at ${entity}.${suggestion(segment.name, names)}`,
      segment.span,
    );
  }
  return null;
}

/** The entity a step names; a generalization of what is reached keeps all of it. */
function checkEntity(segment: ConstraintSegment, end: AssociationEnd, findings: Findings): string | null {
  const { view } = findings;
  if (segment.name === '') return null;
  if (segment.reversed) {
    findings.error(
      'misplaced-reversed',
      '[reversed()] stands behind the association, not behind the entity.',
      segment.span,
    );
    return null;
  }
  if (!view.entity(segment.name)) {
    entityProblem(segment.name, segment.span, end, findings);
    return null;
  }
  findings.refer({ kind: 'entity', name: segment.name, id: view.entity(segment.name)!.id, span: segment.span });
  if (view.isA(segment.name, end.far)) return segment.name;
  if (view.isA(end.far, segment.name)) return end.far;
  findings.error('unrelated-entity', `${end.qualifiedName} leads to ${end.far}, not to ${segment.name}.`, segment.span);
  return null;
}

function entityProblem(name: string, span: Span, end: AssociationEnd, findings: Findings): void {
  const { view } = findings;
  const related = [end.far, ...view.specialisations(end.far)];
  const meant = related.find((candidate) => candidate.split('.')[1] === name);
  if (meant) findings.error('short-name', `Write the entity with its module: ${meant}.`, span);
  else if (!name.includes('.') && view.attributes(end.far).has(name)) {
    findings.error('missing-entity', `Name the entity between: ${end.qualifiedName}/${end.far}/${name}.`, span);
  } else findings.error('unknown-entity', `There is no entity "${name}".${suggestion(name, related)}`, span);
}
