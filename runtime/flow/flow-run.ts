import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { err, ok, type Result } from '@skerry/shared/base/result';
import { toCell } from '@skerry/shared/expression/convert';
import type { ObjectValue, Value } from '@skerry/shared/expression/value';
import { driveFlow } from '@skerry/shared/flow/drive';
import type { Effect, EffectOf, FlowError, ValueChange, Values } from '@skerry/shared/flow/effect';
import type { FlowProgram } from '@skerry/shared/flow/program';
import { cellType } from '../engine/cell-type.ts';
import { changeObject, createObject, mustLoad } from '../engine/change-object.ts';
import type { FlowEffect, SyncResult } from '../engine/device-face.ts';
import { bindingEnvironment, type EnvironmentParts, flowEnvironment } from '../engine/environment.ts';
import { failureOf, Refused } from '../engine/failure.ts';
import { followObjects } from '../engine/follow.ts';
import { type CommitContext, LocalTransaction } from '../engine/local-transaction.ts';
import { findObjects } from '../engine/query.ts';
import type { LoadedObject } from '../engine/stored-object.ts';
import { handles, isList, isObject, toPlain } from '../engine/values.ts';
import type { WorkingObject } from '../engine/working-set.ts';
import type { OpenTransaction, SqlQueue, SqlTransaction } from '../store/sql-queue.ts';
import { type ObjectValues, objectValue } from './object-values.ts';

/** What a flow may ask of the device beyond its own transaction. */
export interface FlowHost {
  readonly queue: SqlQueue;
  readonly values: ObjectValues;
  /** Made anew for each transaction of the flow: its clock stands still inside one. */
  commitContext(): CommitContext;
  environmentParts(): EnvironmentParts;
  newId(): ObjectId;
  header(program: FlowProgram): ConstructorParameters<typeof LocalTransaction>[2];
  say(text: { readonly [language: string]: string }): string;
  synchronize(): Promise<SyncResult>;
  cancelSynchronization(): void;
  callMicroflow(
    name: string,
    args: Values,
  ): Promise<{ readonly value: Value; readonly effects: readonly FlowEffect[] }>;
  clear(
    transaction: OpenTransaction['transaction'],
    entity: string | null,
    objects: readonly ObjectId[],
  ): Promise<void>;
  committed(entities: readonly string[]): void;
  log(level: 'debug' | 'info' | 'warning' | 'error', message: string): void;
}

type Programs = (name: string) => FlowProgram | undefined;

interface Segment {
  readonly transaction: SqlTransaction;
  readonly local: LocalTransaction;
  /** Objects in memory at its beginning. */
  readonly saved: ReadonlyMap<ObjectId, WorkingObject>;
  readonly savepoints: Map<string, ReadonlyMap<ObjectId, WorkingObject>>;
  /** Number of effects before it. */
  readonly shown: number;
  /** Null for a transaction that is somebody else's to end. */
  readonly end: Pick<OpenTransaction, 'commit' | 'rollBack'> | null;
}

/**
 * Runs one nanoflow as one local transaction. What needs the world outside (a call of the service, synchronisation)
 * cannot wait inside a transaction that everybody else waits for: what was done before is committed first, and what
 * follows is a transaction of its own.
 */
export class FlowRun {
  readonly effects: FlowEffect[] = [];
  readonly #host: FlowHost;
  readonly #program: FlowProgram;
  #segment: Segment | null = null;
  #joined = false;

  constructor(host: FlowHost, program: FlowProgram) {
    this.#host = host;
    this.#program = program;
  }

  async run(args: Values, programs: Programs): Promise<Result<Value, FlowError>> {
    const saved = this.#host.commitContext().working.save();
    try {
      this.#host.values.clear();
      await this.#begin();
      const result = await this.#drive(args, programs, 0);
      if (result.ok) await this.#commit();
      else await this.#rollBack();
      return result;
    } catch (thrown) {
      await this.#rollBack();
      this.#host.commitContext().working.restore(saved);
      throw thrown;
    }
  }

  /** Runs it as a part of a transaction that somebody else began and ends, whatever comes of it. */
  async join(
    { transaction, local }: { readonly transaction: SqlTransaction; readonly local: LocalTransaction },
    args: Values,
    programs: Programs,
    depth: number,
  ): Promise<Result<Value, FlowError>> {
    const { working } = this.#host.commitContext();
    this.#joined = true;
    this.#segment = { transaction, local, saved: working.save(), savepoints: new Map(), shown: 0, end: null };
    return this.#drive(args, programs, depth);
  }

  #drive(args: Values, programs: Programs, depth: number): Promise<Result<Value, FlowError>> {
    return driveFlow(this.#program, args, {
      depth,
      environment: () => flowEnvironment(this.#host.environmentParts()),
      perform: (effect) => this.#perform(effect),
      program: ({ kind, name }) => (kind === 'callNanoflow' || this.#isOnDevice(kind) ? programs(name) : undefined),
    });
  }

  /** What a microflow calls runs where it runs itself. */
  #isOnDevice(kind: 'callNanoflow' | 'callMicroflow'): boolean {
    return kind === 'callMicroflow' && this.#program.kind === 'microflow';
  }

  async #begin(): Promise<Segment> {
    const context = this.#host.commitContext();
    const open = await this.#host.queue.open();
    const { transaction } = open;
    const local = new LocalTransaction(transaction, context, this.#host.header(this.#program));
    const shown = this.effects.length;
    this.#segment = { transaction, local, saved: context.working.save(), savepoints: new Map(), shown, end: open };
    return this.#segment;
  }

  async #commit(): Promise<void> {
    const segment = this.#segment;
    if (!segment) return;
    this.#segment = null;
    await segment.end?.commit();
    this.#host.committed(segment.local.touched);
  }

  async #rollBack(): Promise<void> {
    const segment = this.#segment;
    if (!segment) return;
    this.#segment = null;
    await segment.end?.rollBack();
    // Of what the user does not get to see only the reasons are told: what is wrong with which field.
    const undone = this.effects.splice(segment.shown);
    this.effects.push(...undone.filter(({ kind }) => kind === 'validationFeedback'));
    const { working, rights } = this.#host.commitContext();
    working.restore(segment.saved);
    rights.forget();
    this.#host.values.clear();
  }

  /** Does what has to happen outside every transaction. */
  async #outside<T>(body: () => Promise<T>): Promise<T> {
    if (this.#joined)
      throw refusal({
        code: 'flow/inside-commit',
        message: 'A flow that runs while objects are saved cannot wait for the service.',
      });
    await this.#commit();
    try {
      return await body();
    } finally {
      this.#host.values.clear();
      await this.#begin();
    }
  }

  async #perform(effect: Effect): Promise<Result<Value, FlowError>> {
    try {
      return ok(await this.#do(effect));
    } catch (thrown) {
      const { code, message } = failureOf(thrown);
      return err({ code, message });
    }
  }

  async #do(effect: Effect): Promise<Value> {
    const segment = this.#segment ?? (await this.#begin());
    const { transaction } = segment;
    const context = this.#host.commitContext();
    const { values } = this.#host;
    switch (effect.kind) {
      case 'load':
        await values.load(transaction, context, effect.reads);
        return null;
      case 'retrieve':
        return this.#retrieve(segment, effect);
      case 'follow': {
        const reached =
          (
            await followObjects(
              transaction,
              context,
              [effect.object.id],
              effect.association.name,
              effect.direction === 'reverse',
            )
          ).get(effect.object.id) ?? [];
        const items = reached
          .filter((object) => context.app.view.isA(object.entity.name, effect.entity.name))
          .map(objectValue);
        return effect.single ? (items[0] ?? null) : { kind: 'list', entity: effect.entity.name, items };
      }
      case 'create': {
        const { id, entity } = createObject(context, effect.entity.name, this.#host.newId(), context.now);
        await this.#change(segment, id, effect.changes);
        if (effect.commit) await this.#write(segment, (local) => local.commit([id]));
        return { kind: 'object', entity, id };
      }
      case 'change':
        await this.#change(segment, effect.object.id, effect.changes);
        if (effect.commit) await this.#write(segment, (local) => local.commit([effect.object.id]));
        return null;
      case 'commit':
        await this.#write(segment, (local) => local.commit(idsOf(effect.objects), effect.withEvents));
        return null;
      case 'delete':
        await this.#write(segment, (local) => local.delete(idsOf(effect.objects)));
        return null;
      case 'rollback':
        await this.#write(segment, (local) => local.rollback(idsOf(effect.objects)));
        return null;
      case 'setSavepoint':
        segment.savepoints.set(effect.savepoint, context.working.save());
        await transaction.exec(`SAVEPOINT ${quoted(effect.savepoint)}`);
        return null;
      case 'releaseSavepoint':
        // A savepoint of an earlier transaction of this flow is committed and cannot be undone any more.
        if (segment.savepoints.delete(effect.savepoint)) await transaction.exec(`RELEASE ${quoted(effect.savepoint)}`);
        return null;
      case 'rollBackToSavepoint': {
        const saved = segment.savepoints.get(effect.savepoint) ?? segment.saved;
        if (segment.savepoints.has(effect.savepoint)) await transaction.exec(`ROLLBACK TO ${quoted(effect.savepoint)}`);
        context.working.restore(saved);
        context.rights.forget();
        values.clear();
        return null;
      }
      case 'clearFromDevice':
        await this.#host.clear(transaction, effect.entity?.name ?? null, idsOf(effect.objects ?? []));
        values.clear();
        return null;
      default:
        return this.#tell(effect);
    }
  }

  async #tell(
    effect: Exclude<
      Effect,
      {
        kind:
          | 'load'
          | 'retrieve'
          | 'follow'
          | 'create'
          | 'change'
          | 'commit'
          | 'delete'
          | 'rollback'
          | 'clearFromDevice';
      }
    >,
  ): Promise<Value> {
    const { effects } = this;
    switch (effect.kind) {
      case 'showPage':
        effects.push({
          kind: 'showPage',
          page: effect.page.name,
          arguments: Object.fromEntries(
            Object.entries(effect.arguments).map(([name, value]) => [name, toPlain(value)]),
          ),
        });
        return null;
      case 'closePage':
      case 'showHomePage':
      case 'signOut':
        effects.push({ kind: effect.kind });
        return null;
      case 'showMessage':
        effects.push({
          kind: 'showMessage',
          level: effect.level,
          text: this.#words(effect),
          blocking: effect.blocking,
        });
        return null;
      case 'validationFeedback':
        effects.push({
          kind: 'validationFeedback',
          object: effect.object.id,
          member: effect.member.name,
          text: this.#words(effect),
        });
        return null;
      case 'openUrl':
        effects.push({ kind: 'openUrl', url: effect.url });
        return null;
      case 'log':
        this.#host.log(effect.level, effect.message);
        return null;
      case 'cancelSynchronization':
        this.#host.cancelSynchronization();
        return null;
      case 'synchronize': {
        const result = await this.#outside(() => this.#host.synchronize());
        if (!result.ok && result.failure) throw refusal(result.failure);
        return null;
      }
      case 'callMicroflow': {
        const called = await this.#outside(() => this.#host.callMicroflow(effect.target.name, effect.arguments));
        effects.push(...called.effects);
        return called.value;
      }
      case 'callNanoflow':
        throw refusal({ code: 'flow/unknown', message: `The app has no nanoflow ${effect.target.name}.` });
      default:
        throw refusal({ code: 'flow/not-on-device', message: `A device cannot do "${effect.kind}" yet.` });
    }
  }

  async #retrieve(segment: Segment, effect: EffectOf<'retrieve'>): Promise<Value> {
    const context = this.#host.commitContext();
    const { range } = effect;
    const { transaction } = segment;
    const environment = bindingEnvironment({ ...this.#host.environmentParts(), variables: effect.variables });
    const ids = await findObjects(
      { reader: transaction, context, values: this.#host.values, environment },
      {
        entity: effect.entity.name,
        constraint: effect.constraint,
        sort: effect.sort,
        variables: effect.variables,
        ...(range.kind === 'first' ? { limit: 1 } : {}),
        ...(range.kind === 'custom' ? { limit: range.limit, offset: range.offset } : {}),
      },
    );
    const items = await handles(transaction, context, ids);
    return range.kind === 'first' ? (items[0] ?? null) : { kind: 'list', entity: effect.entity.name, items };
  }

  async #change(segment: Segment, id: ObjectId, changes: readonly ValueChange[]): Promise<void> {
    const context = this.#host.commitContext();
    const { transaction } = segment;
    for (const change of changes) {
      const object = await mustLoad(transaction, context, id);
      const { member, operation, value } = change;
      if (member.kind === 'attribute') {
        const attribute = object.entity.members.get(member.name);
        const type = attribute?.kind === 'attribute' ? cellType(attribute.type) : undefined;
        await changeObject(transaction, context, id, { [member.name]: toCell(value, type) });
        continue;
      }
      const given = isList(value) ? idsOf(value.items) : isObject(value) ? [value.id] : [];
      const present = operation === 'set' ? [] : await this.#linked(segment, object, member.name);
      const wanted =
        operation === 'remove' ? present.filter((one) => !given.includes(one)) : [...new Set([...present, ...given])];
      const isSingle = member.single && member.direction === 'forward';
      await changeObject(transaction, context, id, {
        [member.name]: isSingle ? ((wanted[0] ?? null) as Cell) : wanted,
      });
    }
    this.#host.values.clear();
  }

  /** All that an association leads to now, the ids of what is not on the device among them: they stay in the set. */
  async #linked({ transaction }: Segment, object: LoadedObject, association: string): Promise<readonly ObjectId[]> {
    const member = object.entity.members.get(association);
    if (member?.kind === 'set') return object.links[member.id] ?? [];
    const found = await followObjects(transaction, this.#host.commitContext(), [object.id], association, !member);
    return (found.get(object.id) ?? []).map(({ id }) => id);
  }

  /** A write that is refused leaves the flow's transaction as it was before it. */
  async #write(segment: Segment, write: (local: LocalTransaction) => Promise<void>): Promise<void> {
    const { transaction } = segment;
    const { working, rights } = this.#host.commitContext();
    const saved = working.save();
    const shown = segment.local.effects.length;
    await transaction.exec('SAVEPOINT "$write"');
    try {
      await write(segment.local);
      this.effects.push(...segment.local.effects.splice(shown));
    } catch (thrown) {
      const undone = segment.local.effects.splice(shown);
      this.effects.push(...undone.filter(({ kind }) => kind === 'validationFeedback'));
      await transaction.exec('ROLLBACK TO "$write"');
      await transaction.exec('RELEASE "$write"');
      working.restore(saved);
      rights.forget();
      throw thrown;
    } finally {
      this.#host.values.clear();
    }
    await transaction.exec('RELEASE "$write"');
  }

  #words({
    text,
    parameters,
  }: {
    readonly text: { readonly [language: string]: string };
    readonly parameters: readonly string[];
  }): string {
    return this.#host
      .say(text)
      .replace(/\{(\d+)\}/g, (whole, number: string) => parameters[Number(number) - 1] ?? whole);
  }
}

function idsOf(objects: readonly ObjectValue[]): readonly ObjectId[] {
  return objects.map((object) => object.id);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '')}"`;
}

function refusal(failure: { readonly code: string; readonly message: string }): Refused {
  return new Refused(failure);
}
