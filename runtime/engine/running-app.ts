import type { ElementId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import type { BundleContent } from '@skerry/shared/bundle/content';
import type { Expression } from '@skerry/shared/expression/ast';
import { checkExpression } from '@skerry/shared/expression/check';
import { parseExpression } from '@skerry/shared/expression/parse';
import type { FlowProgram } from '@skerry/shared/flow/program';
import { type AssociationEnd, type DomainView, domainView } from '@skerry/shared/metamodel/domain-view';
import type { Attribute, AttributeType, Entity, EventHandler } from '@skerry/shared/metamodel/entity';
import type { PlanEntity } from '@skerry/shared/scope/plan';
import { AppTables } from '../store/app-tables.ts';

/** A member of an object as the face names it: an attribute's name, or an association's qualified name. */
export type Member = AttributeOfObject | AssociationOfObject;

export interface AttributeOfObject {
  readonly kind: 'attribute';
  readonly id: ElementId;
  readonly name: string;
  readonly type: AttributeType;
  /** Absent for createdDate and changedDate. */
  readonly attribute?: Attribute;
  /** The server makes its values. */
  readonly owned: boolean;
}

/** A calculated attribute that the device evaluates. */
export interface CalculatedAttribute extends AttributeOfObject {
  /** Checked, and so ready to be evaluated with `$currentObject`. */
  readonly calculation: Expression;
}

/** An event handler whose flow runs on the device. */
export interface EntityHandler {
  readonly handler: EventHandler;
  readonly program: FlowProgram;
}

export interface AssociationOfObject {
  /** `link`: a single reference that is stored in a table of its own. */
  readonly kind: 'reference' | 'link' | 'set';
  readonly id: ElementId;
  readonly name: string;
  readonly end: AssociationEnd;
  readonly owned: boolean;
}

/** An entity as the engine works with it; persistable ones on the device have a table. */
export interface RunningEntity {
  readonly id: ElementId;
  readonly name: string;
  readonly entity: Entity;
  readonly persistable: boolean;
  /** Absent for non-persistable entities and those that hold no local rows. */
  readonly scope?: PlanEntity;
  readonly members: ReadonlyMap<string, Member>;
  readonly membersById: ReadonlyMap<string, Member>;
  readonly calculated: readonly CalculatedAttribute[];
  /** Inherited ones first. */
  readonly handlers: readonly EntityHandler[];
}

/** The bundle that runs, prepared for answering by name and by id. Made once per bundle. */
export class RunningApp {
  readonly bundle: BundleContent;
  readonly view: DomainView;
  readonly tables: AppTables;
  readonly #byName = new Map<string, RunningEntity>();
  readonly #byId = new Map<string, RunningEntity>();
  /** Entities by those that their calculated attributes read. */
  readonly #readers = new Map<string, Set<string>>();

  constructor(bundle: BundleContent) {
    this.bundle = bundle;
    this.view = domainView(bundle.model);
    this.tables = new AppTables(bundle.relational);
    const scope = new Map(bundle.scope.entities.map((entity) => [entity.entity, entity]));
    for (const [name, document] of bundle.model.all('entity')) {
      const entity = this.#prepare(name, document.content, scope.get(name));
      this.#byName.set(name, entity);
      this.#byId.set(entity.id, entity);
    }
  }

  entity(name: string): RunningEntity | undefined {
    return this.#byName.get(name);
  }

  entityById(id: string): RunningEntity | undefined {
    return this.#byId.get(id);
  }

  /** Qualified name of an entity of a stored row. */
  nameOf(entityId: string): string {
    return must(this.#byId.get(entityId), `entity ${entityId} is part of the bundle`).name;
  }

  /** The entities, and those whose calculated attributes read their objects, directly or over others. */
  withReaders(entities: readonly string[]): readonly string[] {
    const all = new Set(entities);
    // Grows while it is walked, until nothing new is found.
    for (const entity of all) for (const reader of this.#readers.get(entity) ?? []) all.add(reader);
    return [...all];
  }

  language(): string {
    return this.bundle.model.app.defaultLanguage;
  }

  /** Words for the user out of a text of the model. */
  say(text: { readonly [language: string]: string }, locale: string): string {
    const language = locale.split('-')[0] ?? '';
    return text[locale] ?? text[language] ?? text[this.language()] ?? Object.values(text)[0] ?? '';
  }

  #prepare(name: string, entity: Entity, scope: PlanEntity | undefined): RunningEntity {
    const table = this.tables.table(entity.id);
    const members: Member[] = [];
    const calculated: CalculatedAttribute[] = [];
    for (const attribute of this.view.attributes(name).values()) {
      const calculation = this.#calculation(name, attribute.attribute);
      const stands = calculation !== null || (table?.columns.some(({ memberId }) => memberId === attribute.id) ?? true);
      if (attribute.type.kind === 'HashedString' || !stands) continue;
      const member: AttributeOfObject = {
        kind: 'attribute',
        id: attribute.id,
        name: attribute.name,
        type: attribute.type,
        ...(attribute.attribute ? { attribute: attribute.attribute } : {}),
        owned:
          attribute.system !== undefined ||
          attribute.type.kind === 'AutoNumber' ||
          attribute.attribute?.calculatedBy !== undefined,
      };
      members.push(member);
      if (calculation) calculated.push({ ...member, calculation });
    }
    for (const end of this.view.owned(name)) {
      const kind = this.#kindOf(end, table !== undefined);
      if (kind) members.push({ kind, id: end.id, name: end.qualifiedName, end, owned: end.system !== undefined });
    }
    return {
      id: entity.id,
      name,
      entity,
      persistable: this.view.persistable(name),
      ...(scope ? { scope } : {}),
      members: new Map(members.map((member) => [member.name, member])),
      membersById: new Map(members.map((member) => [member.id, member])),
      calculated,
      handlers: this.#handlers(name),
    };
  }

  /** Those whose flow is in the bundle; the service runs all. */
  #handlers(entity: string): readonly EntityHandler[] {
    const declared = this.view
      .lineage(entity)
      .toReversed()
      .flatMap((name) => this.view.entity(name)?.eventHandlers ?? []);
    return declared.flatMap((handler) => {
      const program = this.bundle.programs.get(handler.flow);
      return program ? [{ handler, program }] : [];
    });
  }

  #calculation(entity: string, attribute: Attribute | undefined): Expression | null {
    if (attribute?.calculatedBy?.kind !== 'expression') return null;
    const { tree, diagnostics } = parseExpression(attribute.calculatedBy.expression);
    if (diagnostics.some(({ severity }) => severity === 'error')) return null;
    const checked = checkExpression(tree, {
      view: this.view,
      variables: new Map([['currentObject', { kind: 'Object', entity }]]),
    });
    for (const read of checked.dependencies.flatMap((one) => [one.entity, ...one.steps.map((step) => step.entity)])) {
      for (const name of [read, ...this.view.specialisations(read)]) {
        const readers = this.#readers.get(name) ?? new Set();
        this.#readers.set(name, readers.add(entity));
      }
    }
    return checked.tree;
  }

  #kindOf(end: AssociationEnd, isStored: boolean): AssociationOfObject['kind'] | null {
    if (end.type === 'referenceSet') return isStored && !this.tables.association(end.id) ? null : 'set';
    if (!isStored || end.system) return 'reference';
    const planned = this.tables.association(end.id);
    if (!planned) return null;
    return planned.storage.kind === 'column' ? 'reference' : 'link';
  }
}
