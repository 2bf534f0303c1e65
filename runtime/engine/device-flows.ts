import type { ObjectId } from '@skerry/shared/base/ids';
import type { Value } from '@skerry/shared/expression/value';
import type { FlowProgram } from '@skerry/shared/flow/program';
import type { DataType } from '@skerry/shared/metamodel/data-type';
import { type FlowCallRequest, flowCallAnswer } from '@skerry/shared/protocol/flow-call';
import { quoteName } from '@skerry/shared/relational/dialect';
import { type FlowHost, FlowRun } from '../flow/flow-run.ts';
import { ObjectValues } from '../flow/object-values.ts';
import { writeMeta } from '../store/meta.ts';
import { isFault, OFFLINE, type ServiceClient } from '../sync/service-client.ts';
import type { SyncLoop } from '../sync/sync-loop.ts';
import type { FlowEffect, FlowOutcome, PlainValue, RetrieveRequest, RetrieveResult } from './device-face.ts';
import type { Engine } from './engine.ts';
import { failed, failureOf, refuse, succeeded } from './failure.ts';
import { loadObjects, snapshot } from './object-reader.ts';
import { fromPlain, toPlain } from './values.ts';

export interface DeviceFlowsParts {
  readonly engine: Engine;
  readonly client: ServiceClient;
  readonly profile: string;
  readonly loop: SyncLoop;
  /** Called after a flow's transaction has been committed. */
  readonly onWritten: () => Promise<void>;
}

type Arguments = { readonly [parameter: string]: PlainValue };

/** Flows that pages start: nanoflows here, microflows on the service. */
export class DeviceFlows {
  readonly #parts: DeviceFlowsParts;
  #running = 0;

  constructor(parts: DeviceFlowsParts) {
    this.#parts = parts;
    parts.engine.joinFlow = async (joined, program, args, depth) => {
      const run = new FlowRun(this.#host(), program);
      const result = await run.join(joined, args, (called) => parts.engine.app.bundle.programs.get(called), depth);
      return { result, effects: run.effects };
    };
  }

  get isRunning(): boolean {
    return this.#running > 0;
  }

  async callNanoflow(name: string, args: Arguments): Promise<FlowOutcome> {
    const { engine, onWritten } = this.#parts;
    const program = engine.runningApp?.bundle.programs.get(name);
    if (!program) return { result: failed('flow/unknown', `The app has no nanoflow ${name}.`), effects: [] };
    this.#running++;
    const run = new FlowRun(this.#host(), program);
    try {
      const values = await this.#values(program, args);
      const result = await run.run(values, (called) => engine.app.bundle.programs.get(called));
      await onWritten();
      if (!result.ok) return { result: failed(result.error.code, result.error.message), effects: run.effects };
      return { result: succeeded(result.value === null ? null : toPlain(result.value)), effects: run.effects };
    } catch (thrown) {
      return { result: { ok: false, error: failureOf(thrown) }, effects: run.effects };
    } finally {
      this.#running--;
    }
  }

  async callMicroflow(name: string, args: Arguments): Promise<FlowOutcome> {
    try {
      const called = await this.#call(name, args);
      return { result: succeeded(called.value), effects: called.effects };
    } catch (thrown) {
      return { result: { ok: false, error: failureOf(thrown) }, effects: [] };
    }
  }

  /** Objects that a flow answers with, as a data source. */
  async retrieve(
    source: Extract<RetrieveRequest['source'], { kind: 'nanoflow' | 'microflow' }>,
    variables: Arguments,
    { offset = 0, limit }: RetrieveRequest,
  ): Promise<RetrieveResult> {
    const { engine } = this.#parts;
    const name = source.kind === 'nanoflow' ? source.nanoflow : source.microflow;
    const { result } = await (source.kind === 'nanoflow'
      ? this.callNanoflow(name, variables)
      : this.callMicroflow(name, variables));
    if (!result.ok) return { objects: [], more: false, failure: result.error };
    const value = result.value;
    const ids = value?.kind === 'list' ? value.ids : value?.kind === 'object' && value.id ? [value.id] : [];
    const end = limit === undefined ? ids.length : offset + limit;
    const objects = await engine.queue.read((reader) => loadObjects(reader, engine.reader(), ids.slice(offset, end)));
    return { objects: objects.map(snapshot), more: ids.length > end };
  }

  /** Pending work goes first; the call is repeated under its id when the answer is lost, and then answered, not run again. */
  async #call(name: string, args: Arguments): Promise<{ value: PlainValue | null; effects: FlowEffect[] }> {
    const { engine, client, loop, profile } = this.#parts;
    const document = engine.app.bundle.model.find('microflow', name);
    if (!document) refuse('flow/unknown', `The app has no microflow ${name}.`);
    if ((await engine.count()).unanswered > 0) {
      const sent = await loop.synchronize();
      if (!sent.ok && sent.failure) refuse(sent.failure.code, sent.failure.message);
    }
    const { zone, locale, firstDayOfWeek } = engine.languageSession();
    const body: FlowCallRequest = {
      id: engine.newId(),
      profile,
      place: { zone, locale, firstDayOfWeek },
      microflow: document.content.id,
      arguments: Object.fromEntries(Object.entries(args).map(([parameter, value]) => [parameter, wireArgument(value)])),
    };
    const ask = () => client.ask({ path: '/api/flows/call', body, answer: flowCallAnswer });
    const answer = await ask().catch((thrown: unknown) => {
      if (isFault(thrown) && thrown.code === OFFLINE) return ask();
      throw thrown;
    });
    // What the flow did on the service is seen by who called it.
    await loop.synchronize();
    const { returnType } = document.content;
    return {
      value: plainResult(answer.result, returnType),
      effects: answer.messages.map(({ level, text }) => ({ kind: 'showMessage', level, text, blocking: false })),
    };
  }

  #values(program: FlowProgram, args: Arguments): Promise<{ [name: string]: Value }> {
    const { engine } = this.#parts;
    return engine.queue.read(async (reader) => {
      const values: { [name: string]: Value } = {};
      for (const { name, type } of program.parameters) {
        const given = args[name];
        if (given) values[name] = await fromPlain(reader, engine.reader(), given, type);
      }
      return values;
    });
  }

  #host(): FlowHost {
    const { engine, loop } = this.#parts;
    const values = new ObjectValues();
    return {
      queue: engine.queue,
      values,
      commitContext: () => engine.commitContext(),
      environmentParts: () => engine.parts({}, values),
      newId: () => engine.newId(),
      header: (program) => engine.header(program.id),
      say: (text) => engine.app.say(text, engine.locale()),
      synchronize: () => loop.synchronize(),
      cancelSynchronization: () => loop.cancel(),
      callMicroflow: async (name, args) => {
        const plain = Object.fromEntries(Object.entries(args).map(([parameter, value]) => [parameter, toPlain(value)]));
        const { value, effects } = await this.#call(name, plain);
        const type = engine.app.bundle.model.find('microflow', name)?.content.returnType;
        const result = value && (await engine.queue.read((reader) => fromPlain(reader, engine.reader(), value, type)));
        return { value: result, effects };
      },
      clear: async (transaction, entity, objects) => {
        const { tables, view } = engine.app;
        const names = entity === null ? [] : [entity, ...view.specialisations(entity)];
        for (const name of names) {
          const table = tables.table(engine.app.entity(name)?.id ?? '');
          if (!table) continue;
          await transaction.run(
            `DELETE FROM ${quoteName(table.name)} WHERE "$id" NOT IN (SELECT "object" FROM "$base")`,
          );
        }
        for (const [objectId, entityId] of await tables.entitiesOf(transaction, objects as ObjectId[])) {
          if (await transaction.first('SELECT 1 FROM "$base" WHERE "object" = ?', [objectId])) continue;
          await tables.remove(transaction, entityId, [objectId]);
        }
        // What is mirrored comes again with the next download, which has to compare the whole to know.
        await writeMeta(transaction, 'cursor', null);
      },
      committed: (entities) => {
        if (entities.length > 0) engine.announce({ kind: 'data', entities });
      },
      log: (level, message) => engine.ports.log.write(level, message),
    };
  }
}

function wireArgument(value: PlainValue): FlowCallRequest['arguments'][string] {
  if (value.kind === 'cell') return value;
  return value.kind === 'object' ? { kind: 'object', id: value.id } : { kind: 'list', ids: [...value.ids] };
}

function plainResult(result: FlowCallRequest['arguments'][string], type: DataType): PlainValue | null {
  const entity = type.kind === 'Object' || type.kind === 'List' ? type.entity : '';
  if (result.kind === 'cell') return type.kind === 'Nothing' ? null : result;
  if (result.kind === 'object') return { kind: 'object', entity, id: result.id as ObjectId | null };
  return { kind: 'list', entity, ids: result.ids as ObjectId[] };
}
