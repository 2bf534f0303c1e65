import type { DomainView } from '../metamodel/domain-view.ts';
import type { DocumentKind } from '../metamodel/kinds.ts';
import type { Model } from '../metamodel/model.ts';
import type { CheckContext } from './check.ts';

/**
 * What a check asked of the model beside the document it looks at:
 * `nanoflow:Field.Save` one document · `all:page` the documents of a kind · `domain:Field.Site` what inheritance and
 * associations say of an entity · `association:Field.Site_Region` · `id:…` · `security`, `app`, `documents`.
 */
export type Question = string;

export const question = {
  document: (kind: DocumentKind, name: string): Question => `${kind}:${name}`,
  all: (kind: DocumentKind): Question => `all:${kind}`,
  domain: (entity: string): Question => `domain:${entity}`,
  association: (name: string): Question => `association:${name}`,
  id: (id: string): Question => `id:${id}`,
} as const;

export interface AskedContext extends CheckContext {
  /** Where questions are noted from now on. */
  note(into: Set<Question>): void;
}

/** A model and view that answer as the given ones do and note what they are asked. */
export function askedContext(model: Model, view: DomainView): AskedContext {
  let asked = new Set<Question>();
  const of =
    <R>(answer: (name: string) => R) =>
    (name: string): R => {
      asked.add(question.domain(name));
      return answer(name);
    };
  const askedModel: Model = {
    get app() {
      asked.add('app');
      return model.app;
    },
    get security() {
      asked.add('security');
      return model.security;
    },
    get documents() {
      asked.add('documents');
      return model.documents;
    },
    get diagnostics() {
      asked.add('documents');
      return model.diagnostics;
    },
    all: (kind) => {
      asked.add(question.all(kind));
      return model.all(kind);
    },
    find: (kind, name) => {
      asked.add(question.document(kind, name));
      return model.find(kind, name);
    },
  };
  const askedView: DomainView = {
    model: askedModel,
    entity: of(view.entity),
    document: of(view.document),
    lineage: of(view.lineage),
    specialisations: of(view.specialisations),
    persistable: of(view.persistable),
    attributes: of(view.attributes),
    ends: of(view.ends),
    owned: of(view.owned),
    isA: (name, ancestor) => {
      asked.add(question.domain(name));
      return view.isA(name, ancestor);
    },
    step: (entity, association, reversed) => {
      asked.add(question.domain(entity));
      return view.step(entity, association, reversed);
    },
    association: (name) => {
      asked.add(question.association(name));
      return view.association(name);
    },
    byId: (id) => {
      asked.add(question.id(id));
      return view.byId(id);
    },
  };
  return {
    model: askedModel,
    view: askedView,
    note: (into) => {
      asked = into;
    },
  };
}
