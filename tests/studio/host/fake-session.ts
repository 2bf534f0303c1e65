import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { userFault } from '@skerry/shared/base/fault';
import { diff } from '@skerry/shared/metamodel/change/diff';
import { type Documents, type Model, readModel } from '@skerry/shared/metamodel/model';
import type { Notification, NotificationName, Notify } from '@skerry/studio/bridge/notifications';
import type { HostContext, SessionStep, SessionView } from '../../../studio/host/host-context.ts';

type Said = {
  readonly [N in NotificationName]: { readonly name: N; readonly body: Notification<N> };
}[NotificationName];

/** A project that tests edit by giving its documents anew. */
export class FakeSession implements SessionView {
  readonly folder = '/fake';
  revision = 1;
  content: Documents;
  diagnostics: readonly Diagnostic[] = [];
  readonly rows = new Map<string, string>();
  readonly #listeners = new Set<(step: SessionStep) => void>();

  constructor(documents: Documents) {
    this.content = documents;
  }

  get documents(): Documents {
    return new Map([...this.content].filter(([path]) => !path.endsWith('.layout.json')));
  }

  get model(): Model {
    return readModel(this.documents);
  }

  async text(path: string): Promise<string | undefined> {
    return this.rows.get(path);
  }

  texts(): Iterable<string> {
    return this.rows.keys();
  }

  onStep(listener: (step: SessionStep) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  change(after: Documents, texts: readonly string[] = []): void {
    const edit = diff(this.content, after);
    this.content = after;
    this.revision++;
    for (const listener of this.#listeners)
      listener({ revision: this.revision, edit, origin: 'command', label: 'Edit', texts });
  }

  /** Replaces one document. */
  put(path: string, by: (content: ReturnType<typeof JSON.parse>) => object): void {
    const after = new Map(this.content);
    after.set(path, by(structuredClone(this.content.get(path))) as never);
    this.change(after);
  }
}

/** A host with one project, which remembers what it says and lets tests wait for it. */
export class FakeContext implements HostContext {
  readonly said: Said[] = [];
  #session: FakeSession | undefined;
  readonly #followers = new Set<(session: SessionView | undefined) => void>();
  readonly #waiting = new Set<() => void>();

  constructor(session?: FakeSession) {
    this.#session = session;
  }

  readonly notify: Notify = (name, body) => {
    this.said.push({ name, body } as Said);
    for (const check of [...this.#waiting]) check();
  };

  session(): SessionView {
    if (!this.#session) throw userFault('project/none-open', 'No project is open.');
    return this.#session;
  }

  onSession(listener: (session: SessionView | undefined) => void): () => void {
    this.#followers.add(listener);
    listener(this.#session);
    return () => this.#followers.delete(listener);
  }

  open(session: FakeSession | undefined): void {
    this.#session = session;
    for (const follower of this.#followers) follower(session);
  }

  bodies<N extends NotificationName>(name: N): Notification<N>[] {
    return this.said.filter((one) => one.name === name).map((one) => one.body as Notification<N>);
  }

  /** The first that fits, said already or later. */
  until<N extends NotificationName>(name: N, fits: (body: Notification<N>) => boolean): Promise<Notification<N>> {
    return new Promise((resolve) => {
      const check = () => {
        const found = this.bodies(name).find(fits);
        if (!found) return;
        this.#waiting.delete(check);
        resolve(found);
      };
      this.#waiting.add(check);
      check();
    });
  }
}
