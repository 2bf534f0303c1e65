import type { Span } from '../base/diagnostic.ts';
import type { ElementId } from '../base/ids.ts';
import type { AssociationEnd } from '../metamodel/domain-view.ts';
import type { ExpressionOf, PathSegment } from './ast.ts';
import type { ExpressionChecker } from './check.ts';
import { suggestion } from './nearest.ts';
import { describeType, type Type, typeOfAttribute, UNKNOWN } from './type.ts';

/** What an expression reads of an object in a variable, or of what is reached from it. */
export interface ExpressionDependency {
  /** Without `$`. */
  readonly variable: string;
  /** Qualified name of the variable's entity. */
  readonly entity: string;
  readonly steps: readonly {
    readonly association: ElementId;
    readonly direction: 'forward' | 'reverse';
    /** Qualified name of the entity reached. */
    readonly entity: string;
  }[];
  /** Absent where only the objects are used. */
  readonly member?: { readonly id: ElementId; readonly name: string };
}

interface PathType {
  readonly type: Type;
  readonly canBeEmpty: boolean;
}

const BROKEN: PathType = { type: UNKNOWN, canBeEmpty: false };

/** Follows a path by the model, reporting what is not there and noting what is read. */
export function checkPath(tree: ExpressionOf<'path'>, checker: ExpressionChecker): PathType {
  const start = checker.variables.get(tree.variable);
  if (!start) {
    if (tree.variable !== '')
      checker.error(
        'unknown-variable',
        `There is no variable $${tree.variable} here.${suggestion(tree.variable, checker.variables.keys())}`,
        tree.variableSpan,
      );
    return BROKEN;
  }
  checker.references.push({ kind: 'variable', name: tree.variable, span: tree.variableSpan });
  if (tree.segments.length === 0) return { type: start, canBeEmpty: start.kind !== 'List' };
  if (start.kind !== 'Object') {
    if (start.kind !== 'Unknown')
      checker.error(
        'not-an-object',
        `$${tree.variable} is ${describeType(start)}; only an object has members.`,
        tree.span,
      );
    return BROKEN;
  }
  return followSegments(tree, start.entity, checker);
}

function followSegments(tree: ExpressionOf<'path'>, start: string, checker: ExpressionChecker): PathType {
  const { view } = checker;
  const steps: ExpressionDependency['steps'][number][] = [];
  let entity = start;
  let isSingle = true;
  const depend = (member?: { id: ElementId; name: string }) =>
    checker.dependencies.push({ variable: tree.variable, entity: start, steps, ...(member ? { member } : {}) });
  for (let at = 0; at < tree.segments.length; at++) {
    const segment = tree.segments[at]!;
    if (segment.name === '') return BROKEN;
    if (at === tree.segments.length - 1 && !segment.name.includes('.'))
      return checkMember(segment, entity, isSingle, depend, checker);
    const end = checkAssociation(segment, entity, checker);
    if (!end) return BROKEN;
    const next = tree.segments[at + 1];
    const reached = next ? checkEntity(next, end, checker) : end.far;
    if (reached === null) return BROKEN;
    steps.push({ association: end.id, direction: end.direction, entity: reached });
    entity = reached;
    isSingle &&= end.single;
    at++;
  }
  depend();
  return view.entity(entity) ? { type: { kind: isSingle ? 'Object' : 'List', entity }, canBeEmpty: isSingle } : BROKEN;
}

function checkMember(
  segment: PathSegment,
  entity: string,
  isSingle: boolean,
  depend: (member: { id: ElementId; name: string }) => void,
  checker: ExpressionChecker,
): PathType {
  const { view } = checker;
  const attribute = view.attributes(entity).get(segment.name);
  if (!attribute) {
    const association = view.ends(entity).find((end) => end.name === segment.name);
    if (association)
      checker.error('short-name', `Write the association with its module: ${association.qualifiedName}.`, segment.span);
    else if (view.entity(entity)) {
      const members = [...view.attributes(entity).keys(), ...view.ends(entity).map((end) => end.qualifiedName)];
      checker.error(
        'unknown-member',
        `${entity} has no member "${segment.name}".${suggestion(segment.name, members)}`,
        segment.span,
      );
    }
    return BROKEN;
  }
  checker.references.push({
    kind: 'attribute',
    name: `${attribute.declaredBy}/${attribute.name}`,
    id: attribute.id,
    span: segment.span,
  });
  if (!isSingle) {
    checker.error(
      'over-many',
      `This path reaches several objects, and only one has a ${segment.name}. Retrieve the list and aggregate it.`,
      segment.span,
    );
    return BROKEN;
  }
  depend({ id: attribute.id, name: attribute.name });
  const type = typeOfAttribute(attribute.type);
  if (type) return { type, canBeEmpty: true };
  checker.error('unreadable-member', `${segment.name} is kept as a hash, which nothing can read.`, segment.span);
  return BROKEN;
}

function checkAssociation(segment: PathSegment, entity: string, checker: ExpressionChecker): AssociationEnd | null {
  const { view } = checker;
  const end = view.step(entity, segment.name);
  if (end) {
    checker.references.push({ kind: 'association', name: end.qualifiedName, id: end.id, span: segment.span });
    return end;
  }
  if (!view.entity(entity)) return null;
  const ends = view.ends(entity);
  const meant = ends.find((candidate) => candidate.name === segment.name);
  if (meant)
    checker.error('short-name', `Write the association with its module: ${meant.qualifiedName}.`, segment.span);
  else unknownAssociation(segment.name, segment.span, entity, checker);
  return null;
}

function unknownAssociation(name: string, span: Span, entity: string, checker: ExpressionChecker): void {
  const { view } = checker;
  const elsewhere = view.association(name);
  if (elsewhere)
    checker.error(
      'unrelated-association',
      `${name} joins ${elsewhere.from} and ${elsewhere.to}; it does not start at ${entity}.`,
      span,
    );
  else
    checker.error(
      'unknown-association',
      `No association "${name}" starts at ${entity}.${suggestion(
        name,
        view.ends(entity).map((end) => end.qualifiedName),
      )}`,
      span,
    );
}

function checkEntity(segment: PathSegment, end: AssociationEnd, checker: ExpressionChecker): string | null {
  const { view } = checker;
  if (segment.name === '') return null;
  const found = view.entity(segment.name);
  if (!found) {
    const related = [end.far, ...view.specialisations(end.far)];
    const meant = related.find((candidate) => candidate.split('.')[1] === segment.name);
    if (meant) checker.error('short-name', `Write the entity with its module: ${meant}.`, segment.span);
    else if (!segment.name.includes('.'))
      checker.error(
        'missing-entity',
        `Name the entity between: ${end.qualifiedName}/${end.far}/${segment.name}.`,
        segment.span,
      );
    else
      checker.error(
        'unknown-entity',
        `There is no entity "${segment.name}".${suggestion(segment.name, related)}`,
        segment.span,
      );
    return null;
  }
  checker.references.push({ kind: 'entity', name: segment.name, id: found.id, span: segment.span });
  if (view.isA(segment.name, end.far)) return segment.name;
  if (view.isA(end.far, segment.name)) return end.far;
  checker.error('unrelated-entity', `${end.qualifiedName} leads to ${end.far}, not to ${segment.name}.`, segment.span);
  return null;
}
