import { Worker } from 'node:worker_threads';
import { Fault, operationalFault } from '@skerry/shared/base/fault';
import { projectFile } from '@skerry/shared/metamodel/paths';
import type { ANALYSIS_CALLS } from '@skerry/studio/bridge/calls/analysis-calls';
import type { CallReply, Handlers } from '@skerry/studio/bridge/calls/index';
import type { Notification } from '@skerry/studio/bridge/notifications';
import type { HostContext, SessionStep, SessionView } from '../host-context.ts';
import type { AnalysisQuestion, FromAnalyst, ToAnalyst } from './messages.ts';
import { ToldLists } from './problem-lists.ts';

export interface AnalysisRoom {
  readonly handlers: Pick<Handlers, keyof typeof ANALYSIS_CALLS>;
  /** All problems as told so far, for a window that comes later; undefined before any were told. */
  problems(): Notification<'analysis/problems'> | undefined;
  /** For rooms of the host: an answer about the last revision. */
  ask(question: AnalysisQuestion): Promise<unknown>;
  close(): Promise<void>;
}

export interface AnalysisRoomOptions {
  /** Absent: the analyst's own file, in a thread. */
  readonly start?: () => Worker;
}

/** After so many deaths without a finished run between them it rests until the next step. */
const MOST_DEATHS = 3;

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Fault) => void;
}

/** The analyst in its thread beside the host: follows the open project, tells windows what it finds, answers questions. */
export function analysisRoom(context: HostContext, options: AnalysisRoomOptions = {}): AnalysisRoom {
  const room = new Room(context, options.start ?? (() => new Worker(new URL('./worker.ts', import.meta.url))));
  return {
    handlers: {
      'scope/view': (request) => room.ask({ call: 'scope/view', request }) as Promise<CallReply<'scope/view'>>,
      'scope/whatIf': (request) => room.ask({ call: 'scope/whatIf', request }) as Promise<CallReply<'scope/whatIf'>>,
    },
    problems: () => room.problems(),
    ask: (question) => room.ask(question),
    close: () => room.close(),
  };
}

class Room {
  readonly #context: HostContext;
  readonly #start: () => Worker;
  readonly #stopListening: () => void;
  readonly #pending = new Map<number, Pending>();
  readonly #told = new ToldLists();
  /** Told by a thread that is no more; what its successor does not find again is gone. */
  #unconfirmed = new Set<string>();
  #lastTold: Pick<Notification<'analysis/problems'>, 'revision' | 'isComplete'> | undefined;
  #stopFollowing: () => void = () => {};
  #session: SessionView | undefined;
  #reading: unknown;
  #worker: Worker | undefined;
  #deaths = 0;
  #nextId = 0;
  /** Texts are read one after the other, so that the analyst learns of them in order and before what is asked later. */
  #texts: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(context: HostContext, start: () => Worker) {
    this.#context = context;
    this.#start = start;
    this.#stopListening = context.onSession((session) => this.#follow(session));
  }

  async ask(question: AnalysisQuestion): Promise<unknown> {
    const session = this.#context.session();
    await this.#texts;
    if (this.#isClosed || session !== this.#session || !this.#worker)
      throw operationalFault(
        'analysis/not-running',
        'The analysis is not running. Change something to start it again.',
      );
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#post({ kind: 'ask', id, question });
    });
  }

  problems(): Notification<'analysis/problems'> | undefined {
    if (!this.#lastTold) return undefined;
    const documents = this.#told.lists() as Notification<'analysis/problems'>['documents'];
    return { ...this.#lastTold, documents };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    await this.#leave();
  }

  #follow(session: SessionView | undefined): void {
    void this.#leave();
    this.#session = session;
    this.#deaths = 0;
    if (!session) return;
    this.#stopFollowing = session.onStep((step) => this.#step(session, step));
    this.#open(session);
  }

  async #leave(): Promise<void> {
    this.#stopFollowing();
    this.#stopFollowing = () => {};
    this.#session = undefined;
    this.#told.clear();
    this.#lastTold = undefined;
    const worker = this.#worker;
    this.#worker = undefined;
    this.#refuseAll();
    await worker?.terminate();
  }

  #open(session: SessionView): void {
    this.#worker = this.#started();
    this.#unconfirmed = new Set(this.#told.documents());
    this.#reading = session.diagnostics;
    this.#post({
      kind: 'open',
      revision: session.revision,
      documents: [...session.documents],
      reading: session.diagnostics,
      texts: {},
    });
    this.#send(session, session.texts());
  }

  #step(session: SessionView, step: SessionStep): void {
    if (!this.#worker) {
      this.#open(session);
      return;
    }
    const isRead = session.diagnostics !== this.#reading;
    this.#reading = session.diagnostics;
    this.#post({
      kind: 'step',
      revision: step.revision,
      edit: step.edit,
      ...(isRead ? { reading: session.diagnostics } : {}),
    });
    this.#send(session, step.texts);
  }

  /** Sends texts of demo rows as they are now. */
  #send(session: SessionView, paths: Iterable<string>): void {
    const rows = [...paths].filter((path) => projectFile(path)?.role === 'demoRows');
    if (rows.length === 0) return;
    const worker = this.#worker;
    this.#texts = this.#texts.then(async () => {
      const texts: { [path: string]: string | null } = {};
      try {
        for (const path of rows) texts[path] = (await session.text(path)) ?? null;
      } catch (error) {
        this.#log('error', `Demo rows could not be read: ${messageOf(error)}. Counts leave them out.`);
      }
      if (worker === this.#worker) this.#post({ kind: 'texts', texts });
    });
  }

  #post(message: ToAnalyst): void {
    this.#worker?.postMessage(message);
  }

  #started(): Worker {
    const worker = this.#start();
    let reason = 'it ended by itself';
    worker.on('message', (message: FromAnalyst) => {
      if (worker === this.#worker) this.#hear(message);
    });
    worker.on('error', (error) => {
      reason = messageOf(error);
    });
    worker.on('exit', () => {
      if (worker === this.#worker) this.#revive(reason);
    });
    return worker;
  }

  #revive(reason: string): void {
    this.#worker = undefined;
    this.#deaths++;
    this.#refuseAll();
    const session = this.#session;
    if (!session) return;
    const again = this.#deaths < MOST_DEATHS;
    const next = again ? 'It is started again.' : 'It rests until the next change.';
    this.#log('error', `The analysis broke off: ${reason}. ${next}`);
    if (again) this.#open(session);
    else this.#deaths = 0;
  }

  #hear(message: FromAnalyst): void {
    switch (message.kind) {
      case 'problems':
        return this.#tell(message.body);
      case 'scope':
        return this.#context.notify('analysis/scope', message.body);
      case 'answer':
        this.#pending.get(message.id)?.resolve(message.answer);
        this.#pending.delete(message.id);
        return;
      case 'refusal': {
        const { code, message: words } = message.error;
        this.#pending.get(message.id)?.reject(new Fault('user', code, words));
        this.#pending.delete(message.id);
        return;
      }
      case 'lost': {
        const session = this.#session;
        this.#log('warn', `The analysis lost its copy of the project and takes a new one: ${message.message}`);
        if (!session) return;
        const worker = this.#worker;
        this.#worker = undefined;
        this.#refuseAll();
        void worker?.terminate();
        this.#open(session);
      }
    }
  }

  /** A thread that was started anew tells all it finds; windows are told what they do not know. */
  #tell({ revision, isComplete, documents: given }: Notification<'analysis/problems'>): void {
    const lists = new Map(Object.entries(given));
    for (const document of lists.keys()) this.#unconfirmed.delete(document);
    if (isComplete) {
      this.#deaths = 0;
      for (const document of this.#unconfirmed) lists.set(document, []);
      this.#unconfirmed.clear();
    }
    const documents = this.#told.differing(lists) as Notification<'analysis/problems'>['documents'];
    this.#lastTold = { revision, isComplete };
    this.#context.notify('analysis/problems', { revision, isComplete, documents });
  }

  #refuseAll(): void {
    for (const { reject } of this.#pending.values())
      reject(operationalFault('analysis/interrupted', 'The analysis was interrupted. Ask again.'));
    this.#pending.clear();
  }

  #log(level: 'warn' | 'error', message: string): void {
    this.#context.notify('host/log', { atMs: Date.now(), level, message });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
