import type { JsonObject } from '@skerry/shared/base/json';
import { checkConstraint } from '@skerry/shared/constraint/check';
import { parseConstraint } from '@skerry/shared/constraint/parse';
import type { ResolvedConstraint } from '@skerry/shared/constraint/resolved';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { type Documents, readModel } from '@skerry/shared/metamodel/model';
import { SYSTEM_DOCUMENTS, SYSTEM_MEMBERS } from '@skerry/shared/metamodel/system-module';

/**
 * The app as the reference model reads it: straight from the documents, with nothing of the engine in between but the
 * constraint language.
 */
export interface AppRules {
  readonly version: string;
  readonly entities: ReadonlyMap<string, EntityRules>;
  /** Names of entities by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly associations: ReadonlyMap<string, AssociationRules>;
  /** Profile name → entity name → constraint; null for everything. */
  readonly profiles: ReadonlyMap<string, ReadonlyMap<string, ResolvedConstraint | null>>;
  /** Enumeration values and such are never looked at: cells hold ids. */
  isA(entity: string, ancestor: string): boolean;
}

export interface EntityRules {
  readonly name: string;
  readonly qualifiedName: string;
  readonly id: string;
  /** Itself and its generalizations, by name. */
  readonly lineage: readonly string[];
  readonly attributes: ReadonlyMap<string, AttributeRules>;
  readonly associations: readonly AssociationRules[];
  readonly access: readonly Access[];
  readonly policy: string;
  readonly overlap: string | null;
  readonly unique: readonly string[];
}

export interface AttributeRules {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly policy: string;
  readonly default: string | undefined;
  /** Made by the service. */
  readonly kept: boolean;
}

export interface AssociationRules {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly isSet: boolean;
  readonly onOwnerDelete: string;
  readonly onTargetDelete: string;
}

export interface Access {
  readonly id: string;
  /** Names of user roles. */
  readonly roles: ReadonlySet<string>;
  readonly read: ReadonlySet<string>;
  readonly write: ReadonlySet<string>;
  readonly create: boolean;
  readonly delete: boolean;
  readonly before: ResolvedConstraint | null;
  readonly after: ResolvedConstraint | null;
}

type Json = { readonly [key: string]: unknown };

export function appRules(documents: Documents): AppRules {
  const view = domainView(readModel(documents));
  const files = [...SYSTEM_DOCUMENTS, ...documents].map(([path, source]) => ({ path, source: source as Json }));
  const raw = new Map(
    files
      .filter(({ source }) => source.kind === 'entity')
      .map(({ path, source }) => [String(source.name), { source, module: path.split('/')[1] ?? '' }]),
  );
  const lineage = (name: string): string[] => {
    const above = raw.get(name)?.source.generalization;
    return above === undefined ? [name] : [name, ...lineage(simple(above))];
  };
  const constraint = (entity: string, text: unknown): ResolvedConstraint | null => {
    if (typeof text !== 'string' || text === '') return null;
    const checked = checkConstraint(parseConstraint(text).tree, {
      view,
      entity: `${raw.get(entity)?.module}.${entity}`,
    });
    if (!checked.resolved)
      throw new Error(`${entity}: ${text}: ${checked.diagnostics.map((one) => one.message).join(' ')}`);
    return checked.resolved;
  };
  const security = files.find(({ path }) => path === 'security.json')?.source ?? {};
  const entities = new Map<string, EntityRules>();
  const associations = new Map<string, AssociationRules>();
  for (const [name, { source, module }] of raw) {
    const own = lineage(name).toReversed();
    const attributes = own
      .flatMap((at) => list(raw.get(at)?.source.attributes).map(attributeRules))
      .concat(keptAttributes(own.map((at) => raw.get(at)?.source ?? {})));
    const links = own.flatMap((at) => list(raw.get(at)?.source.associations).map((one) => associationRules(at, one)));
    const owners = (['owner', 'changedBy'] as const)
      .filter((member) => own.some((at) => (raw.get(at)?.source.systemMembers as Json | undefined)?.[member]))
      .map((member) => systemReference(name, member));
    for (const one of [...links, ...owners]) associations.set(one.id, one);
    const members: Member[] = [
      ...attributes.map(({ id, name: label, type, kept }) => ({
        id,
        name: label,
        secret: type === 'HashedString',
        kept,
      })),
      ...links.map((one) => ({ id: one.id, name: nameOfAssociation(raw, one), secret: false, kept: false })),
      ...owners.map((one) => ({
        id: one.id,
        name: one.id === SYSTEM_MEMBERS.owner ? 'owner' : 'changedBy',
        secret: false,
        kept: true,
      })),
    ];
    const policy = own
      .toReversed()
      .map((at) => raw.get(at)?.source.conflictPolicy as Json | undefined)
      .find((one) => one !== undefined);
    entities.set(name, {
      name,
      qualifiedName: `${module}.${name}`,
      id: String(source.id),
      lineage: own.toReversed(),
      attributes: new Map(attributes.map((one) => [one.id, one])),
      associations: [...links, ...owners],
      access: list(source.accessRules).map((rule) =>
        accessOf(rule, module, members, security, (text) => constraint(name, text)),
      ),
      policy: String(policy?.kind ?? 'lastWins'),
      overlap: policy?.kind === 'merge' ? String(policy.overlap ?? 'firstWins') : null,
      unique: own.flatMap((at) =>
        list(raw.get(at)?.source.validationRules)
          .filter((rule) => rule.kind === 'unique')
          .map((rule) => attributes.find((one) => one.name === rule.attribute)?.id ?? ''),
      ),
    });
  }
  const userRole = entities.get('UserRole');
  if (userRole) entities.set('UserRole', { ...userRole, access: [openToAll(userRole, security)] });
  return {
    version: String((documents.get('skerry.json') as Json).version),
    entities,
    names: new Map([...entities.values()].map((one) => [one.id, one.name])),
    associations,
    profiles: new Map(
      files
        .filter(({ source }) => source.kind === 'navigationProfile')
        .map(({ source }) => [String(source.name), profileOf(source, entities, constraint)]),
    ),
    isA: (entity, ancestor) => entities.get(simple(entity))?.lineage.includes(simple(ancestor)) ?? false,
  };
}

interface Member {
  readonly id: string;
  readonly name: string;
  readonly secret: boolean;
  readonly kept: boolean;
}

function accessOf(
  rule: Json,
  module: string,
  members: readonly Member[],
  security: Json,
  constraint: (text: unknown) => ResolvedConstraint | null,
): Access {
  const moduleRoles = new Set((rule.moduleRoles as string[]).map((role) => `${module}.${role}`));
  const stated = (rule.members ?? {}) as Json;
  // An association may be named with its module.
  const rightOf = (name: string) =>
    stated[name] ??
    stated[Object.keys(stated).find((key) => key.endsWith(`.${name}`)) ?? ''] ??
    rule.defaultMemberRights ??
    'none';
  const readable = members.filter((one) => !one.secret && rightOf(one.name) !== 'none');
  return {
    id: String(rule.id),
    roles: new Set(
      list(security.userRoles)
        .filter((role) => (role.moduleRoles as string[]).some((one) => moduleRoles.has(one)))
        .map((role) => String(role.name)),
    ),
    read: new Set(readable.map((one) => one.id)),
    write: new Set(readable.filter((one) => !one.kept && rightOf(one.name) === 'readWrite').map((one) => one.id)),
    create: rule.create === true,
    delete: rule.delete === true,
    before: constraint(rule.constraint),
    after: constraint(rule.constraintAfter),
  };
}

/** Everybody may know the names of the roles. */
function openToAll(entity: EntityRules, security: Json): Access {
  return {
    id: '',
    roles: new Set(list(security.userRoles).map((role) => String(role.name))),
    read: new Set(entity.attributes.keys()),
    write: new Set(),
    create: false,
    delete: false,
    before: null,
    after: null,
  };
}

function profileOf(
  source: Json,
  entities: ReadonlyMap<string, EntityRules>,
  constraint: (entity: string, text: unknown) => ResolvedConstraint | null,
) {
  const { additional = [], entities: settings = {} } = (source.synchronization ?? {}) as {
    additional?: string[];
    entities?: { [name: string]: Json };
  };
  return new Map(
    additional
      .map(simple)
      .filter((name) => entities.has(name))
      .map((name) => [
        name,
        constraint(name, Object.entries(settings).find(([full]) => simple(full) === name)?.[1].constraint),
      ]),
  );
}

function attributeRules(one: Json): AttributeRules {
  const type = one.type as Json;
  return {
    id: String(one.id),
    name: String(one.name),
    type: String(type.kind),
    policy: String(one.conflictPolicy ?? 'inherit'),
    default: one.default as string | undefined,
    kept: type.kind === 'AutoNumber',
  };
}

function keptAttributes(lineage: readonly Json[]): AttributeRules[] {
  return (['createdDate', 'changedDate'] as const)
    .filter((name) => lineage.some((one) => (one.systemMembers as Json | undefined)?.[name]))
    .map((name) => ({
      id: SYSTEM_MEMBERS[name],
      name,
      type: 'DateTime',
      policy: 'inherit',
      default: undefined,
      kept: true,
    }));
}

function associationRules(from: string, one: Json): AssociationRules {
  const behavior = (one.deleteBehavior ?? {}) as Json;
  return {
    id: String(one.id),
    from,
    to: simple(one.to),
    isSet: one.type === 'referenceSet',
    onOwnerDelete: String(behavior.from ?? 'keep'),
    onTargetDelete: String(behavior.to ?? 'keep'),
  };
}

function systemReference(from: string, member: 'owner' | 'changedBy'): AssociationRules {
  const id = SYSTEM_MEMBERS[member];
  return { id, from, to: 'User', isSet: false, onOwnerDelete: 'keep', onTargetDelete: 'keep' };
}

function nameOfAssociation(raw: ReadonlyMap<string, { source: Json }>, association: AssociationRules): string {
  return String(list(raw.get(association.from)?.source.associations).find((one) => one.id === association.id)?.name);
}

function list(value: unknown): readonly Json[] {
  return (value ?? []) as readonly JsonObject[];
}

/** A qualified name without its module. */
export function simple(name: unknown): string {
  return String(name).split('.').at(-1) ?? '';
}
