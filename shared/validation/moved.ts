import { type DomainView, domainView } from '../metamodel/domain-view.ts';
import type { Entity } from '../metamodel/entity.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import { type Question, question } from './asked.ts';

export interface Moved {
  /** Paths of documents that are new or not what they were. */
  readonly changed: readonly string[];
  /** Paths of documents that are there no more. */
  readonly removed: readonly string[];
  /** Questions that may have another answer now. Never too few; a few too many cost time only. */
  readonly questions: ReadonlySet<Question>;
}

/** What an edit changed for those who asked the model before it. */
export function movedBetween(before: Model, after: Model): Moved {
  const changed: string[] = [];
  const removed: string[] = [];
  const questions = new Set<Question>();
  const touch = (old: ModelDocument | undefined, now: ModelDocument | undefined) => {
    for (const document of [old, now]) {
      if (!document) continue;
      questions.add(question.document(document.kind, document.qualifiedName)).add(question.all(document.kind));
    }
    touchEntity(old, before, questions, now);
    touchEntity(now, after, questions, old);
  };
  for (const [path, now] of after.documents) {
    const old = before.documents.get(path);
    if (old === now || isSystemPath(path)) continue;
    changed.push(path);
    touch(old, now);
  }
  for (const [path, old] of before.documents) {
    if (after.documents.has(path)) continue;
    removed.push(path);
    touch(old, undefined);
  }
  // Of two documents of one name only the first counts: which one that is depends on all of them.
  if (changed.length + removed.length > 0) questions.add('documents');
  if (before.security !== after.security) questions.add('security');
  if (before.app !== after.app) questions.add('app');
  return { changed, removed, questions };
}

/** The entities whose members, ends or place in the hierarchy the document had a part in. */
function touchEntity(
  document: ModelDocument | undefined,
  model: Model,
  questions: Set<Question>,
  other: ModelDocument | undefined,
): void {
  if (document?.kind !== 'entity') return;
  const view = domainView(model);
  const { content, qualifiedName, module } = document as ModelDocument<'entity'>;
  const family = (name: string) => {
    for (const one of [name, ...view.specialisations(name)]) questions.add(question.domain(one));
  };
  family(qualifiedName);
  questions.add(question.id(content.id));
  for (const association of content.associations) questions.add(question.association(`${module}.${association.name}`));
  if (other?.kind === 'entity' && other.qualifiedName === qualifiedName && sameLinks(content, other.content as Entity))
    return;
  for (const ancestor of lineageOf(qualifiedName, view)) questions.add(question.domain(ancestor));
  for (const association of content.associations) family(association.to);
}

/** Ancestors, also beyond one that is missing. */
function lineageOf(name: string, view: DomainView): readonly string[] {
  const above = view.entity(name)?.generalization;
  return above ? [...view.lineage(name), above] : view.lineage(name);
}

function sameLinks(a: Entity, b: Entity): boolean {
  const links = ({ generalization, associations }: Entity) => JSON.stringify([generalization, associations]);
  return links(a) === links(b);
}
