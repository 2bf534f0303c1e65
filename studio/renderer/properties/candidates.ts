import type { JsonObject } from '@skerry/shared/base/json';
import type { Parameter } from '@skerry/shared/metamodel/data-type';
import type { DomainView } from '@skerry/shared/metamodel/domain-view';
import type { DocumentKind } from '@skerry/shared/metamodel/kinds';
import type { Model, ModelDocument } from '@skerry/shared/metamodel/model';
import type { NameKind, ReferenceKind } from '@skerry/shared/metamodel/role';
import { NO_CONTEXT } from '@skerry/shared/metamodel/text-context';
import { type DocumentPath, walkDocument } from '@skerry/shared/metamodel/walk';
import { documentScope } from '@skerry/shared/refactoring/document-scope';
import { contextAt } from './context-at.ts';
import { isJsonObject, valueAt } from './locate.ts';

/** Something a picker offers. */
export interface Candidate {
  /** What the file gets. */
  readonly value: string;
  readonly label: string;
  /** Dim words: the type, the module. */
  readonly detail?: string;
  readonly icon: string;
  /** Where it is declared, for going there. */
  readonly document?: string;
  readonly element?: string;
}

/** A place in a document whose value is to be chosen. */
export interface Site {
  readonly model: Model;
  readonly view: DomainView;
  readonly document: ModelDocument;
  readonly path: DocumentPath;
}

export const KIND_ICONS: { readonly [kind: string]: string } = {
  entity: 'symbol-class',
  association: 'arrow-right',
  attribute: 'symbol-field',
  enumeration: 'symbol-enum',
  enumerationValue: 'symbol-enum-member',
  page: 'browser',
  snippet: 'symbol-snippet',
  layout: 'layout',
  menu: 'list-tree',
  microflow: 'server-process',
  nanoflow: 'zap',
  regularExpression: 'regex',
  javaScriptAction: 'symbol-method',
  image: 'file-media',
  constant: 'symbol-constant',
  rule: 'law',
  moduleRole: 'shield',
  userRole: 'person',
  parameter: 'symbol-parameter',
  variable: 'symbol-variable',
  widget: 'symbol-interface',
  navigationProfile: 'device-mobile',
  module: 'package',
  app: 'home',
  security: 'shield',
  domain: 'type-hierarchy',
  evolution: 'history',
  opaque: 'question',
  validationRule: 'pass',
  accessRule: 'lock',
  eventHandler: 'zap',
  index: 'list-ordered',
  menuItem: 'menu',
  node: 'circle-outline',
  sequenceFlow: 'arrow-right',
  annotation: 'note',
  column: 'split-horizontal',
  tab: 'browser',
};

const DOCUMENTS: { readonly [K in ReferenceKind]?: readonly DocumentKind[] } = {
  entity: ['entity'],
  enumeration: ['enumeration'],
  page: ['page'],
  snippet: ['snippet'],
  layout: ['layout'],
  menu: ['menu'],
  microflow: ['microflow'],
  nanoflow: ['nanoflow'],
  flow: ['microflow', 'nanoflow'],
  regularExpression: ['regularExpression'],
  javaScriptAction: ['javaScriptAction'],
  image: ['image'],
  icon: ['image'],
  any: ['entity', 'enumeration', 'page', 'snippet', 'microflow', 'nanoflow', 'constant', 'image'],
};

/** Everything in the project that a reference of this kind may name, the document's own module first. */
export function referenceCandidates(to: ReferenceKind, site: Site): readonly Candidate[] {
  if (to === 'association') return associationCandidates(site);
  if (to === 'moduleRole') return moduleRoles(site.model, undefined);
  const found = (DOCUMENTS[to] ?? []).flatMap((kind) => [...site.model.all(kind).values()].map(ofDocument));
  return ownModuleFirst(found, site.document.module);
}

function ofDocument({ kind, qualifiedName, path, content }: ModelDocument): Candidate {
  const icon = KIND_ICONS[kind] ?? 'file';
  const element = 'id' in content ? { element: content.id as string } : {};
  return { value: qualifiedName, label: qualifiedName, icon, document: path, ...element };
}

function ownModuleFirst(found: readonly Candidate[], module: string): readonly Candidate[] {
  const isOwn = (candidate: Candidate) => candidate.value.startsWith(`${module}.`);
  return module === '' ? found : [...found.filter(isOwn), ...found.filter((candidate) => !isOwn(candidate))];
}

/** Those of the entity in context where there is one, else all. */
function associationCandidates(site: Site): readonly Candidate[] {
  const entity = associationContext(site);
  const entities = entity === undefined ? [...site.model.all('entity').keys()] : [entity];
  const seen = new Map<string, Candidate>();
  for (const name of entities) {
    for (const end of site.view.ends(name)) {
      if (seen.has(end.qualifiedName)) continue;
      const document = site.view.document(end.from)?.path;
      seen.set(end.qualifiedName, {
        value: end.qualifiedName,
        label: end.qualifiedName,
        detail: end.far,
        icon: 'arrow-right',
        ...(document ? { document, element: end.id } : {}),
      });
    }
  }
  return [...seen.values()];
}

/** In a retrieval the variable's entity, else the entity of the object around. */
function associationContext({ document, path, model }: Site): string | undefined {
  const owner = valueAt(document.source, path.slice(0, -1));
  const scope = documentScope(model, document);
  const variable = isJsonObject(owner) && typeof owner.variable === 'string' ? owner.variable : undefined;
  const context = variable ? ({ kind: 'variable', variable } as const) : contextAt(document, path).current;
  return scope.entityOf(context).entities[0];
}

/** What a name may be by what stands around it. An empty list: nobody knows; any text is taken. */
export function nameCandidates(to: NameKind, site: Site): readonly Candidate[] {
  const { model, document, path } = site;
  switch (to) {
    case 'moduleRole':
      return moduleRoles(model, document.module);
    case 'userRole':
      return model.security.userRoles.map(({ id, name }) => ({
        value: name,
        label: name,
        icon: 'person',
        document: 'security.json',
        element: id,
      }));
    case 'member':
      return memberCandidates(site);
    case 'memberValue':
      return valueCandidates(site);
    case 'parameter':
      return calledParameters(site).map(({ id, name, type }) => ({
        value: name,
        label: name,
        detail: type.kind,
        icon: 'symbol-parameter',
        element: id,
      }));
    case 'widget':
      return [...walkDocument(document.path, document.source).selections.keys()].map((name) => ({
        value: name,
        label: name,
        icon: 'symbol-interface',
      }));
    case 'case':
      return caseCandidates(site, valueAt(document.source, path.slice(0, -1)));
  }
}

function moduleRoles(model: Model, module: string | undefined): readonly Candidate[] {
  return [...model.all('module').values()]
    .filter(({ qualifiedName }) => module === undefined || qualifiedName === module)
    .flatMap(({ qualifiedName, path, content }) =>
      content.moduleRoles.map(({ id, name }) => {
        const value = module === undefined ? `${qualifiedName}.${name}` : name;
        return { value, label: value, icon: 'shield', document: path, element: id };
      }),
    );
}

/** Members of the entity in context: attributes, then owned associations; inherited ones included. */
export function memberCandidates(site: Site): readonly Candidate[] {
  const { view, model, document, path } = site;
  const entity = documentScope(model, document).entityOf(contextAt(document, path).members).entities[0];
  return entity === undefined ? [] : membersOf(view, entity, document.module);
}

export function membersOf(view: DomainView, entity: string, module: string): readonly Candidate[] {
  const place = (declaredBy: string, id: string) => {
    const document = view.document(declaredBy)?.path;
    return document ? { document, element: id } : {};
  };
  return [
    ...[...view.attributes(entity).values()].map((member) => ({
      value: member.name,
      label: member.name,
      detail: member.type.kind === 'Enumeration' ? member.type.enumeration : member.type.kind,
      icon: 'symbol-field',
      ...place(member.declaredBy, member.id),
    })),
    ...view.owned(entity).map((end) => {
      const value = end.qualifiedName === `${module}.${end.name}` ? end.name : end.qualifiedName;
      return { value, label: value, detail: end.far, icon: 'arrow-right', ...place(end.from, end.id) };
    }),
  ];
}

/** Values of an attribute by its type: of enumerations and Booleans. */
function valueCandidates({ model, view, document, path }: Site): readonly Candidate[] {
  const owner = valueAt(document.source, path.slice(0, -1));
  if (!isJsonObject(owner) || document.kind !== 'entity') return [];
  const name = String(owner.attribute ?? owner.name);
  const type = view.attributes(document.qualifiedName).get(name)?.type;
  if (type?.kind === 'Boolean') return words(['true', 'false']);
  if (type?.kind === 'DateTime') return words(['[%CurrentDateTime%]']);
  return type?.kind === 'Enumeration' ? valuesOf(model, type.enumeration) : [];
}

function valuesOf(model: Model, enumeration: string): readonly Candidate[] {
  const found = model.find('enumeration', enumeration);
  return (found?.content.values ?? []).map(({ id, name, caption }) => ({
    value: name,
    label: name,
    detail: Object.values(caption)[0] ?? '',
    icon: 'symbol-enum-member',
    ...(found ? { document: found.path, element: id } : {}),
  }));
}

function words(values: readonly string[]): readonly Candidate[] {
  return values.map((value) => ({ value, label: value, icon: 'symbol-value' }));
}

/** Parameters of what the object at the site's owner calls. */
export function calledParameters({ model, document, path }: Site): readonly Parameter[] {
  // Below `arguments` the owner is the map's own owner.
  const at = path.lastIndexOf('arguments');
  const owner = valueAt(document.source, at < 0 ? path.slice(0, -1) : path.slice(0, at));
  if (!isJsonObject(owner)) return [];
  const name = (key: string) => (typeof owner[key] === 'string' ? (owner[key] as string) : '');
  const called =
    model.find('page', name('page')) ??
    model.find('snippet', name('snippet')) ??
    model.find('microflow', name('microflow')) ??
    model.find('nanoflow', name('nanoflow')) ??
    model.find('javaScriptAction', name('action'));
  return called?.content.parameters ?? [];
}

/** Which ways a sequence flow may go, by the node it leaves. Values of an enumeration are typed in. */
function caseCandidates({ model, view, document }: Site, flow: unknown): readonly Candidate[] {
  if (!isJsonObject(flow)) return [];
  const { elements } = walkDocument(document.path, document.source);
  const at = elements.find(({ id }) => id === flow.from)?.path;
  const node = at && valueAt(document.source, at);
  if (!isJsonObject(node) || node.kind !== 'typeSplit') return words(['true', 'false', 'empty']);
  const { variables } = documentScope(model, document).at(NO_CONTEXT);
  const entity = variables.get(String(node.variable))?.entities[0];
  return entity === undefined ? [] : words([entity, ...view.specialisations(entity), 'empty']);
}

/** Variables that something in the document may read. */
export function variableCandidates({ model, document }: Site): readonly Candidate[] {
  const types = documentScope(model, document).at(NO_CONTEXT).variables;
  return [...types].map(([name, type]) => ({
    value: name,
    label: `$${name}`,
    ...(type.entities[0] === undefined ? {} : { detail: type.entities.join(', ') }),
    icon: 'symbol-variable',
  }));
}

/** Elements of the document that a pointer may lead to. */
export function pointerCandidates({ document }: Site): readonly Candidate[] {
  return walkDocument(document.path, document.source).elements.flatMap(({ id, kind, name, path }) => {
    if (kind !== 'node') return [];
    const node = valueAt(document.source, path) as JsonObject | undefined;
    return [{ value: id, label: name ?? String(node?.kind ?? id), detail: id, icon: 'circle-outline', element: id }];
  });
}
