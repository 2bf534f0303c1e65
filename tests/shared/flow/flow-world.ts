import { derivedElementId, type ElementId, type ObjectId } from '@skerry/shared/base/ids';
import { must } from '@skerry/shared/base/invariant';
import type { JsonObject } from '@skerry/shared/base/json';
import { err, ok, type Result } from '@skerry/shared/base/result';
import type { ListValue, ObjectValue, Value } from '@skerry/shared/expression/value';
import { compileFlow } from '@skerry/shared/flow/compile';
import type { Effect, FlowError } from '@skerry/shared/flow/effect';
import type { FlowEnvironment } from '@skerry/shared/flow/evaluate';
import type { FlowProgram } from '@skerry/shared/flow/program';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { type Model, readModel } from '@skerry/shared/metamodel/model';

export const id = (name: string): ElementId => derivedElementId(`flow.${name}`);

/** Node of a test flow; `id` is a readable name here. */
export interface TestNode {
  readonly id: string;
  readonly kind: string;
  readonly nodes?: readonly TestNode[];
  readonly flows?: readonly TestEdge[];
  readonly [key: string]: unknown;
}
/** `from to`, or with a case, or an error arrow. */
export type TestEdge = readonly [from: string, to: string, how?: string | { readonly error: true }];

function level(nodes: readonly TestNode[], flows: readonly TestEdge[]): { nodes: JsonObject[]; flows: JsonObject[] } {
  return {
    nodes: nodes.map((node) => ({
      ...(node as JsonObject),
      id: id(node.id),
      ...(node.kind === 'loop' ? level(node.nodes ?? [], node.flows ?? []) : {}),
    })),
    flows: flows.map(([from, to, how]) => ({
      id: id(`${from}>${to}>${JSON.stringify(how)}`),
      from: id(from),
      to: id(to),
      ...(typeof how === 'string' ? { case: how } : (how ?? {})),
    })),
  };
}

export function flowDocument(
  nodes: readonly TestNode[],
  flows: readonly TestEdge[],
  more: JsonObject = {},
): JsonObject {
  return { format: 1, kind: 'nanoflow', id: id('flow'), name: 'Flow', ...level(nodes, flows), ...more };
}

/** start → activities → end. */
export function chain(activities: readonly TestNode[], more: JsonObject = {}, result?: string): JsonObject {
  const nodes: readonly TestNode[] = [
    { id: 'start', kind: 'start' },
    ...activities,
    { id: 'end', kind: 'end', ...(result === undefined ? {} : { value: result }) },
  ];
  const flows = nodes.slice(1).map((node, place): TestEdge => [must(nodes[place], 'before').id, node.id]);
  return flowDocument(nodes, flows, more);
}

export const integer = { kind: 'Integer' };
export const boolean = { kind: 'Boolean' };
export const anItem = { kind: 'Object', entity: 'T.Item' };
export const items = { kind: 'List', entity: 'T.Item' };
export const parameter = (name: string, type: JsonObject, required = true): JsonObject => ({
  id: id(`parameter.${name}`),
  name,
  type,
  required,
});

const attribute = (name: string, type: JsonObject): JsonObject => ({ id: id(name), name, type });

export function flowModel(flow: JsonObject, more: { readonly [path: string]: JsonObject } = {}): Model {
  const place = flow.kind === 'microflow' ? 'microflows' : 'nanoflows';
  const model = readModel(
    new Map(
      Object.entries({
        'modules/T/module.json': { format: 1, kind: 'module', id: id('T'), name: 'T' },
        'modules/T/entities/Item.json': {
          format: 1,
          kind: 'entity',
          id: id('Item'),
          name: 'Item',
          attributes: [
            attribute('Name', { kind: 'String' }),
            attribute('Value', { kind: 'Integer' }),
            attribute('Price', { kind: 'Decimal' }),
            attribute('Color', { kind: 'Enumeration', enumeration: 'T.Color' }),
            attribute('Number', { kind: 'AutoNumber' }),
          ],
          associations: [
            { id: id('Item_Parent'), name: 'Item_Parent', to: 'T.Item' },
            { id: id('Item_Tags'), name: 'Item_Tags', to: 'T.Tag', type: 'referenceSet' },
          ],
        },
        'modules/T/entities/Special.json': {
          format: 1,
          kind: 'entity',
          id: id('Special'),
          name: 'Special',
          generalization: 'T.Item',
        },
        'modules/T/entities/Tag.json': { format: 1, kind: 'entity', id: id('Tag'), name: 'Tag' },
        'modules/T/entities/Note.json': { format: 1, kind: 'entity', id: id('Note'), name: 'Note', persistable: false },
        'modules/T/enumerations/Color.json': {
          format: 1,
          kind: 'enumeration',
          id: id('Color'),
          name: 'Color',
          values: [
            { id: id('Red'), name: 'Red', caption: { en: 'red!' } },
            { id: id('Blue'), name: 'Blue', caption: { en: 'blue!' } },
          ],
        },
        'modules/T/actions/Ask.json': {
          format: 1,
          kind: 'javaScriptAction',
          id: id('Ask'),
          name: 'Ask',
          returnType: integer,
          parameters: [{ id: id('Ask.Value'), name: 'Value', type: integer }],
        },
        'modules/T/layouts/Plain.json': { format: 1, kind: 'layout', id: id('Plain'), name: 'Plain' },
        'modules/T/pages/Item.json': {
          format: 1,
          kind: 'page',
          id: id('Page'),
          name: 'Item',
          layout: 'T.Plain',
          title: { en: 'Item' },
          parameters: [parameter('Item', anItem)],
        },
        [`modules/T/${place}/Flow.json`]: flow,
        ...more,
      } as { [path: string]: JsonObject }),
    ),
  );
  if (model.diagnostics.length > 0) throw new Error(JSON.stringify(model.diagnostics));
  return model;
}

export function compiled(
  flow: JsonObject,
  more: { readonly [path: string]: JsonObject } = {},
  name = 'T.Flow',
): FlowProgram {
  const model = flowModel(flow, more);
  const document = must(model.find('nanoflow', name) ?? model.find('microflow', name), name);
  const result = compileFlow(document, model);
  if (!result.ok) throw new Error(JSON.stringify(result.error, null, 1));
  // What is executed has been through JSON, as it will be in a bundle.
  return JSON.parse(JSON.stringify(result.value)) as FlowProgram;
}

export function codes(flow: JsonObject, more: { readonly [path: string]: JsonObject } = {}): readonly string[] {
  const model = flowModel(flow, more);
  const result = compileFlow(
    must(model.find('nanoflow', 'T.Flow') ?? model.find('microflow', 'T.Flow'), 'flow'),
    model,
  );
  return result.ok ? [] : result.error.map(({ code }) => code);
}

type Members = { readonly [member: string]: Value };

/** Objects in memory with savepoints, doing effects and keeping a trace of them. */
export class MemoryHost {
  rows = new Map<string, { readonly object: ObjectValue; readonly members: Members }>();
  readonly trace: string[] = [];
  /** Members not at hand until they are loaded, `id/member`. */
  readonly missing = new Set<string>();
  readonly #savepoints: { readonly name: string; readonly rows: MemoryHost['rows'] }[] = [];
  #count = 0;
  readonly #view = domainView(flowModel(chain([])));

  add(members: Members = {}, entity = 'T.Item'): ObjectValue {
    this.#count++;
    const object: ObjectValue = {
      kind: 'object',
      entity,
      id: `00000000-0000-7000-8000-${String(this.#count).padStart(12, '0')}` as ObjectId,
    };
    this.rows.set(object.id, { object, members });
    return object;
  }

  list(...objects: readonly ObjectValue[]): ListValue {
    return { kind: 'list', entity: 'T.Item', items: objects };
  }

  read(object: ObjectValue, member: string): Value {
    return this.rows.get(object.id)?.members[member] ?? null;
  }

  readonly environment = (): FlowEnvironment => ({
    session: {
      user: null,
      userEntity: 'System.User',
      roles: [],
      zone: 'UTC',
      transitions: [{ fromMs: 0, offsetMs: 0 }],
      locale: 'en',
      firstDayOfWeek: 1,
      now: 0,
    },
    variable: () => undefined,
    read: (object, member) => (this.missing.has(`${object.id}/${member}`) ? undefined : this.read(object, member)),
    follow: (object, association) => this.read(object, association),
    constant: () => null,
    enumeration: (name) => this.#view.model.find('enumeration', name)?.content,
    isA: (entity, ancestor) => this.#view.isA(entity, ancestor),
    status: () => false,
    userRole: () => undefined,
    random: () => 0.5,
  });

  readonly perform = (effect: Effect): Promise<Result<Value, FlowError>> => Promise.resolve(this.answer(effect));

  answer(effect: Effect): Result<Value, FlowError> {
    switch (effect.kind) {
      case 'load':
        this.trace.push(`load ${effect.reads.length}`);
        for (const { object, member } of effect.reads) this.missing.delete(`${object.id}/${member}`);
        return ok(null);
      case 'log':
        this.trace.push(`log ${effect.message}`);
        return ok(null);
      case 'create': {
        const object = this.add({}, effect.entity.name);
        this.#change(object, effect.changes);
        this.trace.push(`create ${effect.entity.name}`);
        return ok(object);
      }
      case 'change':
        this.#change(effect.object, effect.changes);
        this.trace.push('change');
        return ok(null);
      case 'delete':
        for (const object of effect.objects) this.rows.delete(object.id);
        this.trace.push(`delete ${effect.objects.length}`);
        return ok(null);
      case 'retrieve': {
        const found = [...this.rows.values()]
          .map(({ object }) => object)
          .filter(({ entity }) => this.#view.isA(entity, effect.entity.name));
        this.trace.push(`retrieve ${effect.entity.name}${effect.constraint} ${JSON.stringify(effect.variables)}`);
        return ok(
          effect.range.kind === 'first'
            ? (found[0] ?? null)
            : { kind: 'list', entity: effect.entity.name, items: found },
        );
      }
      case 'follow':
        return ok(this.read(effect.object, effect.association.name));
      case 'callAction': {
        const value = Number(effect.arguments.Value);
        this.trace.push(`ask ${value}`);
        // Writes before it fails, so that savepoints have something to undo.
        this.add({ Value: value });
        return value % 2 === 0 ? ok(value / 2) : err({ code: 'test/odd', message: `${value} is odd` });
      }
      case 'setSavepoint':
        this.#savepoints.push({ name: effect.savepoint, rows: new Map(this.rows) });
        this.trace.push(`set ${effect.savepoint}`);
        return ok(null);
      case 'rollBackToSavepoint': {
        const place = this.#savepoints.findLastIndex(({ name }) => name === effect.savepoint);
        this.rows = new Map(must(this.#savepoints[place], 'a savepoint that was set').rows);
        this.#savepoints.splice(place + 1);
        this.trace.push(`back ${effect.savepoint}`);
        return ok(null);
      }
      case 'releaseSavepoint': {
        const place = this.#savepoints.findLastIndex(({ name }) => name === effect.savepoint);
        must(this.#savepoints[place], 'a savepoint that was set');
        this.#savepoints.splice(place);
        this.trace.push(`release ${effect.savepoint}`);
        return ok(null);
      }
      default:
        this.trace.push(JSON.stringify(effect));
        return ok(null);
    }
  }

  get openSavepoints(): number {
    return this.#savepoints.length;
  }

  #change(
    object: ObjectValue,
    changes: readonly { readonly member: { readonly name: string }; readonly value: Value }[],
  ): void {
    const row = must(this.rows.get(object.id), 'a row');
    const members = Object.fromEntries(changes.map(({ member, value }) => [member.name, value]));
    this.rows.set(object.id, { object, members: { ...row.members, ...members } });
  }
}
