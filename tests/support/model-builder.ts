import { derivedElementId } from '@skerry/shared/base/ids';
import type { Json, JsonObject } from '@skerry/shared/base/json';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';

/** JSON in which ids and names may be left out: the builder makes them from the place. */
export type Loose = { readonly [key: string]: Json | undefined };

export interface RuleShape {
  /** Module roles; absent: every user role has the module's role `User`. */
  readonly roles?: readonly string[];
  readonly read?: readonly string[] | 'all';
  readonly write?: readonly string[] | 'all';
  readonly create?: boolean;
  readonly delete?: boolean;
  readonly constraint?: string;
  readonly constraintAfter?: string;
}

export interface EntityShape {
  readonly generalization?: string;
  readonly persistable?: boolean;
  /** Type by name: 'String', 'Enumeration(M.E)', or the attribute's JSON. */
  readonly attributes?: { readonly [name: string]: string | Loose };
  /** Target by name: 'M.Other', 'M.Other*' for a reference set, or the association's JSON. */
  readonly associations?: { readonly [name: string]: string | Loose };
  readonly systemMembers?: readonly string[];
  /** Absent: one rule that lets everybody read and write everything. */
  readonly rules?: readonly RuleShape[];
  readonly more?: Loose;
}

/** Builds small app models for tests, as documents, so that they pass through the same reading as real ones. */
export function anApp(): AppBuilder {
  return new AppBuilder();
}

export class AppBuilder {
  private readonly documents = new Map<string, JsonObject>();
  private readonly userRoles: JsonObject[] = [];
  private readonly modules = new Map<string, Set<string>>();
  private security: Loose = {};

  withUserRole(name: string, moduleRoles: readonly string[], more: Loose = {}): this {
    for (const role of moduleRoles) this.moduleRole(role.split('.')[0] ?? '', role.split('.')[1] ?? '');
    this.userRoles.push({ id: derivedElementId(`role/${name}`), name, moduleRoles, ...more });
    return this;
  }

  withSecurity(more: Loose): this {
    this.security = { ...this.security, ...more };
    return this;
  }

  withEntity(qualifiedName: string, shape: EntityShape = {}): this {
    const [module, name] = split(qualifiedName);
    const rules = shape.rules ?? [{ read: 'all', write: 'all', create: true, delete: true }];
    const attributes = Object.entries(shape.attributes ?? {}).map(([attribute, type]) => ({
      id: idOf(`${qualifiedName}/${attribute}`),
      name: attribute,
      ...(typeof type === 'string' ? { type: attributeType(type) } : type),
    }));
    const associations = Object.entries(shape.associations ?? {}).map(([association, to]) => ({
      id: idOf(`${module}.${association}`),
      name: association,
      ...(typeof to === 'string' ? associationTo(to) : to),
    }));
    return this.put(`modules/${module}/entities/${name}.json`, {
      format: 1,
      kind: 'entity',
      id: idOf(qualifiedName),
      name,
      ...(shape.persistable === undefined ? {} : { persistable: shape.persistable }),
      ...(shape.generalization ? { generalization: shape.generalization } : {}),
      ...(shape.systemMembers
        ? { systemMembers: Object.fromEntries(shape.systemMembers.map((member) => [member, true])) }
        : {}),
      attributes,
      associations,
      accessRules: rules.map((rule, index) => this.rule(module, `${qualifiedName}/rule/${index}`, rule)),
      ...shape.more,
    });
  }

  withEnumeration(qualifiedName: string, values: readonly string[]): this {
    return this.document('enumeration', 'enumerations', qualifiedName, {
      values: values.map((value) => ({ id: idOf(`${qualifiedName}.${value}`), name: value, caption: { en: value } })),
    });
  }

  withPage(qualifiedName: string, widgets: readonly Loose[], more: Loose = {}): this {
    const [module] = split(qualifiedName);
    this.moduleRole(module, 'User');
    return this.document('page', 'pages', qualifiedName, {
      layout: `${module}.Layout`,
      title: { en: qualifiedName },
      allowedModuleRoles: ['User'],
      widgets: withIds(widgets as readonly Json[], qualifiedName),
      ...parametersIn(more, qualifiedName),
    });
  }

  withSnippet(qualifiedName: string, widgets: readonly Loose[], more: Loose = {}): this {
    return this.document('snippet', 'snippets', qualifiedName, {
      widgets: withIds(widgets as readonly Json[], qualifiedName),
      ...parametersIn(more, qualifiedName),
    });
  }

  withLayout(qualifiedName: string, widgets: readonly Loose[] = [{ kind: 'placeholder' }]): this {
    return this.document('layout', 'layouts', qualifiedName, {
      widgets: withIds(widgets as readonly Json[], qualifiedName),
    });
  }

  /** A flow through `activities` in a row, from a start to an end with `returns`; give `nodes` and `flows` for others. */
  withNanoflow(qualifiedName: string, activities: readonly Loose[], more: Loose = {}): this {
    return this.flow('nanoflow', qualifiedName, activities, more);
  }

  withMicroflow(qualifiedName: string, activities: readonly Loose[], more: Loose = {}): this {
    return this.flow('microflow', qualifiedName, activities, more);
  }

  withProfile(name: string, shape: Loose & { readonly home?: string }): this {
    const { home, menu, ...more } = shape;
    return this.put(`navigation/${name}.json`, {
      format: 1,
      kind: 'navigationProfile',
      id: idOf(`profile/${name}`),
      name,
      profile: 'offlineWeb',
      homePage: home ? { page: home } : {},
      ...(menu ? { menu: withIds(menu as readonly Json[], `profile/${name}`, true) } : {}),
      ...more,
    });
  }

  /** Any other document, by its path. */
  withDocument(path: string, content: Loose): this {
    return this.put(path, content as JsonObject);
  }

  document(kind: string, folder: string, qualifiedName: string, more: Loose): this {
    const [module, name] = split(qualifiedName);
    const content = { format: 1, kind, id: idOf(`${kind}/${qualifiedName}`), name, ...more };
    return this.put(`modules/${module}/${folder}/${name}.json`, content as JsonObject);
  }

  build(): Documents {
    const documents = new Map(this.documents);
    for (const [module, roles] of this.modules) {
      documents.set(`modules/${module}/module.json`, {
        format: 1,
        kind: 'module',
        id: idOf(`module/${module}`),
        name: module,
        moduleRoles: [...roles].map((role) => ({ id: idOf(`${module}.${role}`), name: role })),
      });
      if (!documents.has(`modules/${module}/layouts/Layout.json`)) {
        documents.set(`modules/${module}/layouts/Layout.json`, {
          format: 1,
          kind: 'layout',
          id: idOf(`layout/${module}`),
          name: 'Layout',
          widgets: [{ id: idOf(`layout/${module}/placeholder`), name: 'content', kind: 'placeholder' }],
        });
      }
    }
    const everything = [...this.modules.keys()].map((module) => `${module}.User`);
    const userRoles =
      this.userRoles.length > 0
        ? this.userRoles
        : [{ id: derivedElementId('role/Tech'), name: 'Tech', moduleRoles: everything }];
    documents.set('security.json', { format: 1, kind: 'security', userRoles, ...this.security } as JsonObject);
    documents.set('skerry.json', {
      format: 1,
      kind: 'app',
      id: idOf('app'),
      name: 'Test',
      version: '1.0.0',
      languages: [{ tag: 'en', name: 'English', firstDayOfWeek: 1 }],
      defaultLanguage: 'en',
    });
    return documents;
  }

  model(): Model {
    return readModel(this.build());
  }

  private flow(kind: 'nanoflow' | 'microflow', qualifiedName: string, activities: readonly Loose[], more: Loose): this {
    const { returns, ...rest } = more;
    const nodes = withIds(
      [
        { kind: 'start' },
        ...(activities as readonly Json[]),
        { kind: 'end', ...(returns === undefined ? {} : { value: returns }) },
      ],
      qualifiedName,
    ) as readonly { readonly id: string }[];
    const flows = nodes.slice(1).map((node, index) => ({
      id: idOf(`${qualifiedName}/edge/${index}`),
      from: nodes[index]?.id ?? '',
      to: node.id,
    }));
    const [module] = split(qualifiedName);
    this.moduleRole(module, 'User');
    return this.document(kind, `${kind}s`, qualifiedName, {
      allowedModuleRoles: ['User'],
      nodes: nodes as unknown as Json,
      flows,
      ...parametersIn(rest, qualifiedName),
    });
  }

  private rule(module: string, place: string, shape: RuleShape): JsonObject {
    const roles = shape.roles ?? ['User'];
    for (const role of roles) this.moduleRole(module, role);
    const write = shape.write ?? [];
    const read = shape.read ?? [];
    const everything = write === 'all' ? 'readWrite' : read === 'all' ? 'read' : 'none';
    const named = [
      ...(read === 'all' ? [] : read.map((member) => [member, 'read'])),
      ...(write === 'all' ? [] : write.map((member) => [member, 'readWrite'])),
    ];
    return {
      id: idOf(place),
      moduleRoles: roles,
      create: shape.create ?? false,
      delete: shape.delete ?? false,
      defaultMemberRights: everything,
      members: Object.fromEntries(named),
      constraint: shape.constraint ?? '',
      ...(shape.constraintAfter ? { constraintAfter: shape.constraintAfter } : {}),
    };
  }

  private moduleRole(module: string, role: string): void {
    const roles = this.modules.get(module) ?? new Set();
    this.modules.set(module, roles.add(role));
  }

  private put(path: string, content: JsonObject): this {
    const module = /^modules\/([^/]+)\//.exec(path)?.[1];
    if (module && !this.modules.has(module)) this.modules.set(module, new Set());
    this.documents.set(path, content);
    return this;
  }
}

/** The id the builder gives to what stands at `place`: `M.Entity`, `M.Entity/Attribute`, `M.Association`. */
export function idOf(place: string): string {
  return derivedElementId(`test/${place}`);
}

function split(qualifiedName: string): [module: string, name: string] {
  const [module = '', name = ''] = qualifiedName.split('.');
  return [module, name];
}

function attributeType(text: string): JsonObject {
  const [, kind = text, argument] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  if (kind === 'Enumeration') return { kind, enumeration: argument ?? '' };
  if (kind === 'String' && argument) return { kind, length: argument === 'unlimited' ? null : Number(argument) };
  return { kind };
}

function associationTo(to: string): JsonObject {
  return to.endsWith('*') ? { to: to.slice(0, -1), type: 'referenceSet' } : { to };
}

function parametersIn(more: Loose, place: string): Loose {
  const { parameters, ...rest } = more;
  if (!parameters || Array.isArray(parameters)) return more;
  const list = Object.entries(parameters as JsonObject).map(([name, type]) => ({
    id: idOf(`${place}/parameter/${name}`),
    name,
    type: typeof type === 'string' ? parameterType(type) : type,
  }));
  return { ...rest, parameters: list as unknown as Json };
}

function parameterType(text: string): JsonObject {
  if (text.endsWith('*')) return { kind: 'List', entity: text.slice(0, -1) };
  return text.includes('.') ? { kind: 'Object', entity: text } : { kind: text };
}

const NESTED = new Set(['widgets', 'nodes', 'columns', 'tabs', 'items']);

/** Gives ids and names to widgets, nodes and menu items that have none. */
function withIds(items: readonly Json[], place: string, unnamed = false): readonly JsonObject[] {
  return items.map((item, index) => {
    const object = item as JsonObject;
    const kind = typeof object.kind === 'string' ? object.kind : 'item';
    const name = typeof object.name === 'string' ? object.name : `${kind}${index + 1}`;
    const at = `${place}/${name}`;
    const nested = Object.entries(object).map(([key, value]) =>
      NESTED.has(key) && Array.isArray(value) ? [key, withIds(value, `${at}/${key}`, unnamed)] : [key, value],
    );
    return { id: idOf(at), ...(unnamed ? {} : { name }), ...Object.fromEntries(nested) };
  });
}
