import { resolve } from 'node:path';
import { userFault } from '@skerry/shared/base/fault';
import type { RandomBytes } from '@skerry/shared/metamodel/ids';
import type { ProjectState } from '@skerry/studio/bridge/calls/project-calls';
import type { Notify } from '@skerry/studio/bridge/notifications';
import { followProject, type ProjectFollower } from './files/follow-project.ts';
import type { SessionView } from './host-context.ts';
import { rememberProject } from './recent-projects.ts';
import { openSession } from './session/open-session.ts';
import type { ProjectSession } from './session/project-session.ts';

export interface DeskParts {
  readonly stateFolder: string;
  readonly random: RandomBytes;
  now(): number;
  readonly notify: Notify;
  onSwitch(session: SessionView | undefined): void;
  readonly watch?: boolean;
}

/** Where the one open project lies: opens it, closes it, and tells windows what happens to it. */
export class ProjectDesk {
  readonly #parts: DeskParts;
  #session: ProjectSession | undefined;
  #follower: ProjectFollower | undefined;
  #recovered: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  get session(): ProjectSession | undefined {
    return this.#session;
  }

  /** @throws Fault `project/none-open` */
  mustSession(): ProjectSession {
    if (!this.#session) throw userFault('project/none-open', 'No project is open. Open one first.');
    return this.#session;
  }

  /** Closes the project that is open and opens another; the one that is open already stays as it is. */
  open(folder: string): Promise<ProjectState> {
    return this.#inTurn(async () => {
      const path = resolve(folder);
      if (this.#session?.folder !== path) await this.#switch(path);
      const state = this.state();
      if (!state) throw userFault('project/none-open', 'No project is open. Open one first.');
      return state;
    });
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      if (!this.#session) return;
      await this.#leave();
      this.#parts.onSwitch(undefined);
      this.#parts.notify('project/switched', { folder: null });
    });
  }

  /** What a window has been told of recovery is not said again. */
  forgetRecovery(): void {
    this.#recovered = undefined;
  }

  /** What a window needs to know of the project. */
  state(): ProjectState | null {
    const session = this.#session;
    if (!session) return null;
    const recovered = this.#recovered;
    const branch = this.#follower?.branch;
    return {
      folder: session.folder,
      name: session.model.app.name,
      revision: session.revision,
      documents: Object.fromEntries(session.content),
      unparsed: [...session.unparsed.keys()],
      diagnostics: session.diagnostics.map((found) => structuredClone(found)) as ProjectState['diagnostics'],
      dirty: [...session.dirty],
      history: session.history(),
      ...(recovered === undefined ? {} : { recovered }),
      ...(branch === undefined ? {} : { branch }),
    };
  }

  async #switch(folder: string): Promise<void> {
    const { notify, onSwitch, stateFolder, now } = this.#parts;
    const ready = Promise.withResolvers<ProjectSession>();
    ready.promise.catch(() => undefined);
    // Follows the files before they are read, so that nothing comes in between.
    const follower = this.#parts.watch === false ? undefined : await this.#follow(folder, ready.promise);
    try {
      const opened = await openSession({ ...this.#parts, folder });
      if (this.#session) await this.#leave();
      this.#session = opened.session;
      this.#recovered = opened.recovered;
    } catch (error) {
      ready.reject(error);
      await follower?.close();
      throw error;
    }
    this.#follower = follower;
    const session = this.#session;
    session.onStep(({ revision, edit, origin, label }) => {
      const history = session.history();
      notify('project/changed', { revision, edit, origin, label, history, dirty: [...session.dirty] });
    });
    ready.resolve(session);
    await rememberProject(stateFolder, { folder, name: session.model.app.name, openedMs: now() });
    onSwitch(session);
    notify('project/switched', { folder });
  }

  #follow(folder: string, session: Promise<ProjectSession>): Promise<ProjectFollower> {
    const { notify, now } = this.#parts;
    return followProject(folder, {
      changed: async (paths) => (await session).absorb(paths),
      branch: (branch) => notify('project/branch', { branch }),
      failed: (message) => notify('host/log', { atMs: now(), level: 'warn', message }),
    });
  }

  async #leave(): Promise<void> {
    await this.#follower?.close();
    await this.#session?.close();
    this.#follower = undefined;
    this.#session = undefined;
    this.#recovered = undefined;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work, work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
