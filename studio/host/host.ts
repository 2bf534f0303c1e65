import { userFault } from '@skerry/shared/base/fault';
import type { RandomBytes } from '@skerry/shared/metamodel/ids';
import type { Handlers } from '@skerry/studio/bridge/calls/index';
import type { ProjectState } from '@skerry/studio/bridge/calls/project-calls';
import type { Notification, NotificationName, Notify } from '@skerry/studio/bridge/notifications';
import type { HostContext, SessionView } from './host-context.ts';
import { ProjectDesk } from './project-desk.ts';
import { projectRoom } from './project-room.ts';
import { type MakeRoom, mergeHandlers } from './room.ts';
import type { ProjectTemplate } from './templates.ts';

export interface HostOptions {
  /** Absolute path of a folder of the user's for journals and recent projects. */
  readonly stateFolder: string;
  readonly random: RandomBytes;
  /** Epoch milliseconds. */
  now(): number;
  /** Hears everything that windows hear, from the beginning. */
  readonly notify?: Notify;
  /** What else answers calls. */
  readonly rooms?: readonly MakeRoom[];
  /** Beyond the built-in blank one. */
  readonly templates?: readonly ProjectTemplate[];
  /** Where choosing a folder begins; default: the user's home. */
  readonly homeFolder?: string;
  /** Whether files that others change are taken in at once; default true. */
  readonly watch?: boolean;
}

export type NotificationListener = <N extends NotificationName>(name: N, body: Notification<N>) => void;

/** The headless modeler: one project at a time, and everything a window may ask about it. */
export interface Host {
  /** One for each call; what they reject with is a Fault. */
  readonly handlers: Handlers;
  readonly context: HostContext;
  /** @returns how to stop listening */
  onNotify(listener: NotificationListener): () => void;
  /** @throws Fault `project/no-folder` */
  open(folder: string): Promise<ProjectState>;
  /** Leaves unsaved work in the journal. */
  close(): Promise<void>;
}

/** @throws Fault `host/two-handlers` when two rooms answer one call */
export function createHost(options: HostOptions): Host {
  const listeners = new Set<NotificationListener>(options.notify ? [options.notify] : []);
  const sessionListeners = new Set<(session: SessionView | undefined) => void>();
  const notify: Notify = (name, body) => {
    for (const listener of [...listeners]) listener(name, body);
  };
  const desk = new ProjectDesk({
    ...options,
    notify,
    onSwitch: (session) => {
      for (const listener of [...sessionListeners]) listener(session);
    },
  });
  const context: HostContext = {
    notify,
    session() {
      if (!desk.session) throw userFault('project/none-open', 'No project is open. Open one first.');
      return desk.session;
    },
    onSession(listener) {
      sessionListeners.add(listener);
      listener(desk.session);
      return () => sessionListeners.delete(listener);
    },
  };
  const rooms = [projectRoom(desk, options), ...(options.rooms ?? []).map((make) => make(context))];
  return {
    handlers: mergeHandlers(rooms),
    context,
    onNotify(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    open: (folder) => desk.open(folder),
    async close() {
      await desk.close();
      await Promise.all(rooms.map((room) => room.close()));
    },
  };
}
