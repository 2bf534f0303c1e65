import type { JsonObject } from '@skerry/shared/base/json';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import { type Model, readModel } from '@skerry/shared/metamodel/model';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { checkName } from '@skerry/shared/refactoring/check-name';
import type { TargetKind } from '@skerry/shared/refactoring/target';
import { Refusal, refuse } from './command.ts';

const NOTHING = readModel(new Map());
const IN_DOMAIN = new Set<string>(['entity', 'enumeration', 'association']);

/** Names that are taken, in lower case: upper and lower case make no difference. */
export type TakenNames = Set<string>;

/** Of documents of a kind in a module; entities, associations and enumerations share theirs. */
export function documentNames(model: Model, kind: DocumentKind | 'association', module: string): TakenNames {
  const taken: TakenNames = new Set();
  const add = (name: string) => taken.add(name.toLowerCase());
  const kinds = IN_DOMAIN.has(kind) ? (['entity', 'enumeration'] as const) : [kind as DocumentKind];
  for (const each of kinds) {
    for (const document of model.all(each).values()) {
      if (kind !== 'module' && document.module !== module) continue;
      if ('name' in document.content) add(document.content.name);
      if (document.content.kind === 'entity') for (const { name } of document.content.associations) add(name);
    }
  }
  if (kind === 'module') add('System');
  return taken;
}

/** Of the members that objects of an entity, of its generalizations and of its specialisations have. */
export function memberNames(model: Model, document: string): TakenNames {
  const view = domainView(model);
  const own = model.documents.get(document)?.qualifiedName ?? '';
  const taken: TakenNames = new Set();
  for (const entity of [own, ...view.specialisations(own)]) {
    for (const name of view.attributes(entity).keys()) taken.add(name.toLowerCase());
    for (const { name } of view.owned(entity)) taken.add(name.toLowerCase());
  }
  return taken;
}

/** Of the elements of one kind in a document. */
export function innerNames(document: string, content: JsonObject, kind: string): TakenNames {
  const taken: TakenNames = new Set();
  for (const element of walkDocument(document, content).elements) {
    if (element.kind === kind && element.name !== undefined) taken.add(element.name.toLowerCase());
  }
  return taken;
}

/** The names that an element of a kind must not have in a document. */
export function namesBeside(model: Model, document: string, content: JsonObject, kind: string): TakenNames {
  const taken = innerNames(document, content, kind);
  if (kind !== 'attribute' && kind !== 'association') return taken;
  for (const name of memberNames(model, document)) taken.add(name);
  if (kind === 'association') {
    const module = model.documents.get(document)?.module ?? '';
    for (const name of documentNames(model, kind, module)) taken.add(name);
  }
  return taken;
}

/** The name itself, or with the lowest number from 2 on that makes it free. It is taken from then on. */
export function freeName(wanted: string, taken: TakenNames): string {
  const [, stem = wanted, digits] = /^(.*?)(\d*)$/.exec(wanted) ?? [];
  let name = wanted;
  for (let i = digits ? Number(digits) + 1 : 2; taken.has(name.toLowerCase()); i++) name = `${stem || wanted}${i}`;
  taken.add(name.toLowerCase());
  return name;
}

/** Refuses what is no name, has a meaning of its own, or is taken. */
export function mustBeFree(kind: string, name: string, taken: TakenNames, document: string): void {
  const declaration = { kind: kind as TargetKind, name, id: '', document, path: [], simpleName: '' };
  const problems = checkName(NOTHING, declaration, name);
  if (problems.length > 0)
    throw new Refusal(problems.map(({ code, severity, message }) => ({ code, severity, message, document })));
  if (taken.has(name.toLowerCase())) {
    const message = `${name} is taken already, and upper and lower case make no difference. Choose another name.`;
    refuse('rename/name-taken', message, { document });
  }
}
