import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { type Fault, userFault } from '@skerry/shared/base/fault';
import { must } from '@skerry/shared/base/invariant';
import type { Model } from '@skerry/shared/metamodel/model';
import { actionSourcePath } from '@skerry/shared/metamodel/paths';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import type { Ask, CallReply, CallRequest, Handlers } from '@skerry/studio/bridge/calls/index';
import type { RELEASE_CALLS } from '@skerry/studio/bridge/calls/release-calls';
import type { Notification } from '@skerry/studio/bridge/notifications';
import type { HostContext, SessionStep, SessionView } from '../host-context.ts';
import { acceptLosses } from './accept-losses.ts';
import { HotPreview, type HotState } from './hot-preview.ts';
import { modelChanges } from './model-changes.ts';
import type { BuildAnswer, ReleaseQuestion, ReviewAnswer } from './questions.ts';
import type { KnownRelease, ReleaseTarget } from './release-target.ts';
import { compatibility } from './review.ts';

export interface ReleaseRoomPorts {
  /**
   * The service of a project, started when it is asked for the first time; the one of the project before may end then.
   * Rejects with a Fault that says why there is none.
   */
  readonly target: (session: SessionView) => Promise<ReleaseTarget>;
  /** The analyst's thread. */
  readonly ask: (question: ReleaseQuestion) => Promise<unknown>;
  /** Calls of the other rooms: commands and saving. */
  readonly call: Ask;
  readonly now: () => number;
  readonly delay: (run: () => void, ms: number) => () => void;
}

export interface ReleaseRoom {
  readonly handlers: Pick<Handlers, keyof typeof RELEASE_CALLS>;
  close(): Promise<void>;
}

/** Publishing, and the preview that follows every edit. */
export function releaseRoom(context: HostContext, ports: ReleaseRoomPorts): ReleaseRoom {
  const room = new Room(context, ports);
  return {
    handlers: {
      'publish/review': () => room.review(),
      'publish/run': (request) => room.publish(request.version, request.accepted ?? []),
      'preview/state': () => room.previewState(),
    },
    async close() {
      room.close();
    },
  };
}

class Room {
  readonly #context: HostContext;
  readonly #ports: ReleaseRoomPorts;
  readonly #stopListening: () => void;
  #followed: Followed | undefined;

  constructor(context: HostContext, ports: ReleaseRoomPorts) {
    this.#context = context;
    this.#ports = ports;
    this.#stopListening = context.onSession((session) => this.#follow(session));
  }

  async review(): Promise<ReviewAnswer> {
    const published = await (await this.#target()).published();
    const request = { published: published && { version: published.version, documents: documentsOf(published.model) } };
    return (await this.#ports.ask({ call: 'release/review', request })) as ReviewAnswer;
  }

  async publish(version: string, accepted: readonly { readonly element: string; readonly reason: string }[]) {
    const { call } = this.#ports;
    const target = await this.#target();
    const published = await target.published();
    if (accepted.length > 0) await call('command/run', acceptLosses(this.#context.session(), version, accepted));
    if (published) refuseUndecided(published.model, this.#context.session().model, version);
    const { model } = this.#context.session();
    if (model.app.version !== version) await call('command/run', setVersion(version));
    const { errors, release } = await this.#build(target, version);
    if (!release) throw notBuilt(errors);
    await call('project/save', {});
    const { sentParts, warnings } = await target.send(release);
    this.#followed?.hot?.shows(version);
    return { version, sentParts, warnings: [...warnings] };
  }

  async previewState(): Promise<CallReply<'preview/state'>> {
    const target = await this.#target();
    return {
      url: target.previewUrl,
      ...stateOf(target, this.#followed?.hot?.state ?? { version: null, heldBy: null }),
    };
  }

  close(): void {
    this.#stopListening();
    this.#leave();
  }

  /** Rejects while no project is open, and when its service does not start. */
  async #target(): Promise<ReleaseTarget> {
    this.#context.session();
    return must(this.#followed, 'an open project is followed').target;
  }

  #follow(session: SessionView | undefined): void {
    this.#leave();
    if (!session) return;
    const followed: Followed = { target: this.#ports.target(session), stops: [] };
    this.#followed = followed;
    followed.target.then(
      (target) => this.#begin(followed, session, target),
      (error: unknown) => this.#log(error),
    );
  }

  async #begin(followed: Followed, session: SessionView, target: ReleaseTarget): Promise<void> {
    if (this.#followed !== followed) return;
    const hot = new HotPreview({
      target,
      build: (version) => this.#build(target, version),
      delay: this.#ports.delay,
      tell: (state) => this.#context.notify('preview/changed', stateOf(target, state)),
      log: (message) => this.#log(message),
    });
    followed.hot = hot;
    followed.stops.push(
      () => hot.close(),
      target.onDevices(() => this.#context.notify('preview/changed', stateOf(target, hot.state))),
      session.onStep((step) => {
        if (concernsDevices(step)) hot.edited();
      }),
    );
    try {
      // The preview may stand at an older state: work that was recovered, or edited without the studio.
      const active = await target.active();
      if (this.#followed !== followed) return;
      hot.shows(active?.version ?? null);
      if (differs(active, session)) hot.edited();
    } catch (error) {
      this.#log(error);
    }
  }

  async #build({ signer }: ReleaseTarget, version: string): Promise<BuildAnswer> {
    const actionSources = await sourcesOf(this.#context.session());
    const request = { version, signer, nowMs: this.#ports.now(), actionSources };
    return (await this.#ports.ask({ call: 'release/build', request })) as BuildAnswer;
  }

  #leave(): void {
    for (const stop of this.#followed?.stops ?? []) stop();
    this.#followed = undefined;
  }

  #log(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#context.notify('host/log', { atMs: this.#ports.now(), level: 'warn', message });
  }
}

interface Followed {
  readonly target: Promise<ReleaseTarget>;
  readonly stops: (() => void)[];
  hot?: HotPreview;
}

function stateOf(target: ReleaseTarget, { version, heldBy }: HotState): Notification<'preview/changed'> {
  return {
    version,
    heldBy: heldBy as Notification<'preview/changed'>['heldBy'],
    devices: target.devices().map((device) => ({ ...device })),
  };
}

function concernsDevices({ edit, texts }: SessionStep): boolean {
  return edit.some(({ path }) => !path.endsWith('.layout.json')) || texts.some((path) => path.endsWith('.ts'));
}

function setVersion(version: string): CallRequest<'command/run'> {
  const changes = [{ document: 'skerry.json', path: ['version'], value: version }];
  return { command: 'element.set', arguments: { changes, label: `Version ${version}` } };
}

function notBuilt([first, ...more]: readonly Diagnostic[]): Fault {
  const rest = more.length > 0 ? ` ${more.length} more stand in Problems.` : '';
  return userFault('publish/errors', `Correct this first: ${first?.message ?? 'the model does not build.'}${rest}`);
}

function differs(active: KnownRelease | null, session: SessionView): boolean {
  if (!active) return true;
  return modelChanges(new Map(documentsOf(active.model)), session.documents).length > 0;
}

function documentsOf(model: Model) {
  return [...model.documents.values()]
    .filter(({ path }) => !isSystemPath(path))
    .map(({ path, source }) => [path, source] as const);
}

/** TypeScript of the JavaScript actions by qualified name, unsaved work included. */
async function sourcesOf(session: SessionView): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const { path, qualifiedName } of session.model.all('javaScriptAction').values()) {
    const text = await session.text(actionSourcePath(path));
    if (text !== undefined) sources.set(qualifiedName, text);
  }
  return sources;
}

function refuseUndecided(published: Model, model: Model, version: string): void {
  const open = compatibility(published, model, version).filter(({ blocking }) => blocking);
  if (open.length === 0) return;
  const list = open.map(({ message }) => `\n  ${message}`).join('');
  throw userFault('publish/undecided', `Values would be lost. Decide about each of these first:${list}`);
}
