import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { err, ok, type Result } from '@skerry/shared/base/result';
import { assignValue, type CellType, toCell } from '@skerry/shared/expression/convert';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import { driveFlow, type EffectContext } from '@skerry/shared/flow/drive';
import type { Effect, FlowError, ValueChange, Values } from '@skerry/shared/flow/effect';
import { formatText } from '@skerry/shared/flow/message';
import type { FlowProgram } from '@skerry/shared/flow/program';
import type { Text } from '@skerry/shared/metamodel/schema';
import { microflowProgram } from '../../releases/index.ts';
import { checkCells } from '../objects/check-cells.ts';
import { flowEnvironment } from '../objects/environment.ts';
import type { WorkingObject } from '../objects/working-set.ts';
import { WriteRefused } from '../objects/write-refused.ts';
import { holdForDevice } from './hold-for-device.ts';
import { retrieve } from './retrieve.ts';
import { type Told, Workspace, type WorkspaceParts } from './workspace.ts';

/** A workspace whose handlers run by `runFlow`. */
export function openWorkspace(parts: WorkspaceParts): Workspace {
  return new Workspace(parts, runFlow);
}

/** Runs a microflow to its end. Taking back what a failed one wrote is for whoever handles its error. */
export async function runFlow(
  workspace: Workspace,
  program: FlowProgram,
  args: Values,
  depth: number,
): Promise<Result<Value, FlowError>> {
  const run = new FlowRun(workspace, program);
  return driveFlow(program, args, {
    environment: () => run.environment(),
    perform: (effect, context) => run.perform(effect, context),
    depth,
  });
}

type CallEffect = Extract<Effect, { readonly target: unknown }>;

interface Saved {
  readonly working: ReadonlyMap<ObjectId, WorkingObject>;
  readonly told: readonly Told[];
}

/** One flow's effects on the service. Flows that it calls are runs of their own: each has its own entity access. */
class FlowRun {
  readonly #workspace: Workspace;
  readonly #program: FlowProgram;
  readonly #savepoints = new Map<string, Saved>();

  constructor(workspace: Workspace, program: FlowProgram) {
    this.#workspace = workspace;
    this.#program = program;
  }

  environment() {
    const { data, parts } = this.#workspace;
    const random = () => (parts.random(4).reduce((sum, byte) => sum * 256 + byte, 0) >>> 0) / 2 ** 32;
    return flowEnvironment({ viewpoint: parts.viewpoint, data, guarded: this.#guarded, random });
  }

  async perform(effect: Effect, { calledDepth }: EffectContext): Promise<Result<Value, FlowError>> {
    try {
      if (effect.kind === 'callMicroflow') return await this.#call(effect, calledDepth);
      return ok(await this.#do(effect, calledDepth - 1));
    } catch (thrown) {
      if (thrown instanceof WriteRefused) return err({ code: thrown.code, message: thrown.message });
      throw thrown;
    }
  }

  get #guarded(): boolean {
    return this.#program.applyEntityAccess;
  }

  async #call({ target, arguments: args }: CallEffect, depth: number): Promise<Result<Value, FlowError>> {
    const found = microflowProgram(this.#workspace.parts.viewpoint.model.model, target.name);
    if (found && 'program' in found) return runFlow(this.#workspace, found.program, args, depth);
    const because = found?.problem ?? 'It is not in the app.';
    return err({ code: 'flow/not-runnable', message: `${target.name} cannot run: ${because}` });
  }

  async #do(effect: Effect, depth: number): Promise<Value> {
    const workspace = this.#workspace;
    const { data, parts } = workspace;
    const guarded = this.#guarded;
    const commit = (objects: readonly ObjectValue[], withEvents = true) =>
      workspace.commit(objects, { withEvents, guarded, check: true, depth });
    switch (effect.kind) {
      case 'load':
        await data.load(effect.reads, guarded);
        return null;
      case 'retrieve':
        return retrieve(workspace, effect, guarded);
      case 'follow': {
        const reversed = effect.direction === 'reverse';
        const reached = await data.reach(effect.object, effect.association.name, reversed, guarded);
        const items = reached.filter((object) => parts.viewpoint.model.view.isA(object.entity, effect.entity.name));
        return effect.single ? (items[0] ?? null) : { kind: 'list', entity: effect.entity.name, items };
      }
      case 'create': {
        const object = workspace.create(effect.entity.name, workspace.newId(), {}, {});
        await this.#change(object, effect.changes);
        if (!(await workspace.arrive(object, depth))) return null;
        if (effect.commit) await commit([object]);
        return object;
      }
      case 'change':
        await this.#change(effect.object, effect.changes);
        if (effect.commit) await commit([effect.object]);
        return null;
      case 'commit':
        await commit(effect.objects, effect.withEvents);
        return null;
      case 'delete':
        await workspace.delete(effect.objects, { withEvents: true, guarded, depth });
        return null;
      case 'rollback':
        await workspace.rollBack(effect.objects, depth);
        return null;
      case 'synchronizeToDevice':
        await holdForDevice(parts.unit, parts.viewpoint.model, effect.objects, parts.author);
        return null;
      case 'setSavepoint':
        this.#savepoints.set(effect.savepoint, { working: data.working.save(), told: workspace.told });
        await parts.unit.run(`SAVEPOINT "${effect.savepoint}"`);
        return null;
      case 'releaseSavepoint':
        this.#savepoints.delete(effect.savepoint);
        await parts.unit.run(`RELEASE "${effect.savepoint}"`);
        return null;
      case 'rollBackToSavepoint': {
        await parts.unit.run(`ROLLBACK TO "${effect.savepoint}"`);
        const saved = this.#savepoints.get(effect.savepoint);
        if (saved) data.working.restore(saved.working);
        workspace.told = saved?.told ?? workspace.told;
        data.clear();
        return null;
      }
      case 'log':
        parts.log(effect.level, effect.message, this.#program.name);
        return null;
      case 'showMessage':
        workspace.told = [...workspace.told, { level: effect.level, text: this.#words(effect) }];
        return null;
      case 'validationFeedback': {
        const { object, member } = effect;
        const told = { level: 'error', text: this.#words(effect), object: object.id, member: member.id } as const;
        workspace.told = [...workspace.told, told];
        return null;
      }
      case 'callRest':
        throw new WriteRefused('flow/not-on-service', {}, 'This service calls no other services yet.');
      default:
        throw new WriteRefused('flow/not-on-service', {}, `A service cannot do "${effect.kind}".`);
    }
  }

  async #change(object: ObjectValue, changes: readonly ValueChange[]): Promise<void> {
    for (const change of changes) {
      if (change.member.kind === 'attribute') await this.#changeAttribute(object, change);
      else await this.#changeAssociation(object, change);
    }
  }

  async #changeAttribute(object: ObjectValue, { member, value }: ValueChange): Promise<void> {
    const { data, parts } = this.#workspace;
    const attribute = parts.viewpoint.model.view.attributes(object.entity).get(member.name);
    const at = { objectId: object.id, member: member.id };
    if (!attribute) throw new WriteRefused('flow/unknown-member', at, `${object.entity} has no member ${member.name}.`);
    const assigned = assignValue(value, attribute.type as CellType);
    if (assigned !== null && typeof assigned === 'object' && 'kind' in assigned && assigned.kind === 'error') {
      throw new WriteRefused(assigned.code, at, `${member.name}: ${assigned.message}`);
    }
    const cell = toCell(assigned, attribute.type as CellType);
    const info = data.info(object.entity);
    const bad = info && checkCells(info, { [attribute.id]: cell });
    if (bad) throw new WriteRefused('sync/bad-value', at, `${member.name} ${bad.problem}.`);
    await this.#set(object, attribute.id, cell);
  }

  async #changeAssociation(object: ObjectValue, { member, operation, value }: ValueChange): Promise<void> {
    const { data, parts } = this.#workspace;
    const isReverse = member.kind === 'association' && member.direction === 'reverse';
    const end = parts.viewpoint.model.view.step(object.entity, member.name, isReverse);
    const at = { objectId: object.id, member: member.id };
    if (!end) throw new WriteRefused('flow/unknown-member', at, `${object.entity} has no member ${member.name}.`);
    const given = objectsIn(value);
    const present = operation === 'set' && !isReverse ? [] : await data.reach(object, member.name, isReverse, false);
    const kept = operation === 'set' ? [] : present;
    const ids = new Set(given.map(({ id }) => id));
    const wanted = operation === 'remove' ? kept.filter(({ id }) => !ids.has(id)) : distinct([...kept, ...given]);
    if (!isReverse) {
      const isColumn = data.info(object.entity)?.columnOf.has(end.id) ?? end.type === 'reference';
      await this.#set(object, end.id, isColumn ? (wanted[0]?.id ?? null) : wanted.map(({ id }) => id));
      return;
    }
    // Owned by both: set from here, it stands at the other side.
    for (const owner of present)
      if (!wanted.some(({ id }) => id === owner.id)) await this.#point(owner, end.id, object, false);
    for (const owner of wanted) await this.#point(owner, end.id, object, true);
  }

  async #point(owner: ObjectValue, association: string, target: ObjectValue, on: boolean): Promise<void> {
    const { data } = this.#workspace;
    const info = data.info(owner.entity);
    if (info?.columnOf.has(association)) return this.#set(owner, association, on ? target.id : null);
    const isSingle = info?.sets.get(association)?.single ?? false;
    const others = (await data.set(owner, association)).filter((id) => id !== target.id && !isSingle);
    await this.#set(owner, association, on ? [...others, target.id] : others);
  }

  async #set(object: ObjectValue, member: string, value: Cell | readonly ObjectId[]): Promise<void> {
    const { data } = this.#workspace;
    const working = data.working.get(object.id);
    if (!working && !(await data.stored(object))) throw new WriteRefused('sync/object-gone', { objectId: object.id });
    const from = working ?? { id: object.id, entity: object.entity, isNew: false, cells: {}, links: {} };
    this.#workspace.put(
      Array.isArray(value)
        ? { ...from, links: { ...from.links, [member]: value as readonly ObjectId[] } }
        : { ...from, cells: { ...from.cells, [member]: value as Cell } },
    );
  }

  #words({ text, parameters }: { readonly text: Text; readonly parameters: readonly string[] }): string {
    const { environment, model } = this.#workspace.parts.viewpoint;
    return formatText(text, parameters, [environment.session.locale, model.model.app.defaultLanguage]);
  }
}

function objectsIn(value: Value): readonly ObjectValue[] {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return [];
  return value.kind === 'object' ? [value] : value.kind === 'list' ? value.items : [];
}

function distinct(objects: readonly ObjectValue[]): readonly ObjectValue[] {
  return [...new Map(objects.map((object) => [object.id, object])).values()];
}
