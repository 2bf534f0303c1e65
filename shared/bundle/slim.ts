import { must } from '../base/invariant.ts';
import type { Json, JsonObject } from '../base/json.ts';
import { domainView } from '../metamodel/domain-view.ts';
import type { DocumentKind } from '../metamodel/kinds.ts';
import type { Model, ModelDocument } from '../metamodel/model.ts';
import { isSystemPath } from '../metamodel/system-module.ts';
import type { ScopePlan } from '../scope/plan.ts';
import { documentsNamedIn } from './reach.ts';
import { deviceDomain, slimEntity } from './slim-entity.ts';

/** What of a model goes onto the devices of one profile. */
export interface SlimModel {
  /** By path, as readModel reads them; images stand apart, as bytes. */
  readonly documents: ReadonlyMap<string, JsonObject>;
  readonly images: readonly ModelDocument<'image'>[];
  readonly actions: readonly ModelDocument<'javaScriptAction'>[];
}

/**
 * Takes the documents a profile reaches, each cut down to what a device needs and may know (docs/decisions/0002).
 * @param runs flows whose programs go along, by qualified name
 */
export function slimModel(
  model: Model,
  profile: ModelDocument<'navigationProfile'>,
  plan: ScopePlan,
  runs: ReadonlySet<string>,
): SlimModel {
  const view = domainView(model);
  const domain = deviceDomain(plan, view, (flow) => runs.has(flow));
  const slim = (document: ModelDocument): JsonObject => cut(document, (entity) => slimEntity(entity, domain));
  const taken = new Map<string, { readonly document: ModelDocument; readonly content: JsonObject }>();
  const work: ModelDocument[] = roots(model, profile, plan, [...domain.planned]);
  for (let document = work.pop(); document; document = work.pop()) {
    if (taken.has(document.path) || isSystemPath(document.path)) continue;
    const content = slim(document);
    taken.set(document.path, { document, content });
    // A flow that runs here goes as a program, which needs what its nodes name.
    const runsHere =
      (document.kind === 'nanoflow' || document.kind === 'microflow') && runs.has(document.qualifiedName);
    work.push(...documentsNamedIn(runsHere ? document : { ...document, source: content }, model));
    const module = document.module === '' ? undefined : model.find('module', document.module);
    if (module) work.push(module as ModelDocument);
  }
  const all = [...taken.values()];
  const ofKind = <K extends DocumentKind>(kind: K) =>
    all.filter(({ document }) => document.kind === kind).map(({ document }) => document as ModelDocument<K>);
  return {
    documents: new Map(
      all.filter(({ document }) => document.kind !== 'image').map(({ document, content }) => [document.path, content]),
    ),
    images: ofKind('image'),
    actions: ofKind('javaScriptAction'),
  };
}

function roots(
  model: Model,
  profile: ModelDocument<'navigationProfile'>,
  plan: ScopePlan,
  entities: readonly string[],
): ModelDocument[] {
  const shipped = new Set<string>([...plan.pages, ...plan.nanoflows, ...plan.actions, ...plan.microflowCalls]);
  const roots: ModelDocument[] = [profile as ModelDocument];
  for (const document of model.documents.values()) {
    if (document.kind === 'app' || document.kind === 'security') roots.push(document);
    else if ('id' in document.content && shipped.has(document.content.id)) roots.push(document);
  }
  for (const name of entities)
    roots.push(must(model.find('entity', name), 'the plan is of this model') as ModelDocument);
  const view = domainView(model);
  for (const name of view.specialisations('System.User')) {
    const user = model.find('entity', name);
    if (user) roots.push(user as ModelDocument);
  }
  return roots;
}

/** One document without what is not for devices. */
function cut(document: ModelDocument, entity: (document: ModelDocument<'entity'>) => JsonObject): JsonObject {
  const { source } = document;
  switch (document.kind) {
    case 'entity':
      return entity(document as ModelDocument<'entity'>);
    case 'microflow':
    case 'nanoflow':
      return pick(source, ['format', 'kind', 'id', 'name', 'parameters', 'returnType', 'allowedModuleRoles']);
    case 'module':
      return {
        ...pick(source, ['format', 'kind', 'id', 'name']),
        moduleRoles: entries(source.moduleRoles, ['id', 'name']),
      };
    case 'security':
      return {
        ...pick(source, ['format', 'kind', 'anonymousRole', 'passwordPolicy']),
        userRoles: entries(source.userRoles, ['id', 'name', 'moduleRoles']),
      };
    case 'navigationProfile': {
      const synchronization = (source.synchronization ?? {}) as JsonObject;
      return { ...undocumented(source), synchronization: { ...synchronization, entities: {}, additional: [] } };
    }
    case 'image':
      return pick(source, ['format', 'kind', 'id', 'name', 'mediaType']);
    default:
      return withoutRaw(undocumented(source)) as JsonObject;
  }
}

function pick(source: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => source[key] !== undefined).map((key) => [key, source[key]]));
}

function entries(list: Json | undefined, keys: readonly string[]): readonly JsonObject[] {
  return Array.isArray(list) ? (list as readonly JsonObject[]).map((entry) => pick(entry, keys)) : [];
}

function undocumented({ documentation: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** What an import could not map is kept as a place holder, without its original. */
function withoutRaw(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item: Json) => withoutRaw(item) as Json);
  if (value === null || typeof value !== 'object') return value;
  const object = value as JsonObject;
  const isRaw = (key: string) => object.kind === 'opaque' && key === 'raw';
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, isRaw(key) ? null : withoutRaw(item)]));
}
