import { userFault } from '@skerry/shared/base/fault';
import type { Model } from '@skerry/shared/metamodel/model';
import { actionSourcePath } from '@skerry/shared/metamodel/paths';
import { isSystemPath } from '@skerry/shared/metamodel/system-module';
import type { Ask, Handlers } from '@skerry/studio/bridge/calls/index';
import type { RELEASE_CALLS } from '@skerry/studio/bridge/calls/release-calls';
import type { HostContext, SessionView } from '../host-context.ts';
import { acceptLosses } from './accept-losses.ts';
import { HotPreview, type HotState } from './hot-preview.ts';
import { modelChanges } from './model-changes.ts';
import type { BuildAnswer, ReleaseQuestion, ReviewAnswer } from './questions.ts';
import type { KnownRelease, ReleaseTarget } from './release-target.ts';
import { compatibility } from './review.ts';

export interface ReleaseRoomPorts {
  /** Undefined: the open project has no service here, so that it can be neither published nor previewed. */
  readonly target: ReleaseTarget | undefined;
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
  readonly #stops: (() => void)[] = [];
  #hot: HotPreview | undefined;
  #stopFollowing: () => void = () => {};

  constructor(context: HostContext, ports: ReleaseRoomPorts) {
    this.#context = context;
    this.#ports = ports;
    this.#stops.push(context.onSession((session) => this.#follow(session)));
    if (ports.target) this.#stops.push(ports.target.onDevices(() => this.#tell(this.#hot?.state)));
  }

  async review(): Promise<ReviewAnswer> {
    this.#context.session();
    const published = await this.#target().published();
    const request = { published: published && { version: published.version, documents: documentsOf(published.model) } };
    return (await this.#ports.ask({ call: 'release/review', request })) as ReviewAnswer;
  }

  async publish(version: string, accepted: readonly { readonly element: string; readonly reason: string }[]) {
    const { call } = this.#ports;
    const target = this.#target();
    const published = await target.published();
    if (accepted.length > 0) await call('command/run', acceptLosses(this.#context.session(), version, accepted));
    if (published) refuseUndecided(published.model, this.#context.session().model, version);
    await call('command/run', {
      command: 'element.set',
      arguments: {
        changes: [{ document: 'skerry.json', path: ['version'], value: version }],
        label: `Version ${version}`,
      },
    });
    const { errors: unbuildable, release } = await this.#build(version);
    if (!release) {
      const [first, ...more] = unbuildable;
      const rest = more.length > 0 ? ` ${more.length} more stand in Problems.` : '';
      throw userFault('publish/errors', `Correct this first: ${first?.message ?? 'the model does not build.'}${rest}`);
    }
    await call('project/save', {});
    const { sentParts, warnings } = await target.send(release);
    this.#hot?.shows(version);
    return { version, sentParts, warnings: [...warnings] };
  }

  previewState() {
    const target = this.#target();
    const { version, heldBy } = this.#hot?.state ?? { version: null, heldBy: null };
    return {
      url: target.previewUrl,
      version,
      heldBy,
      devices: target.devices().map((device) => ({ ...device })),
    } as Awaited<ReturnType<Handlers['preview/state']>>;
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#leave();
  }

  #target(): ReleaseTarget {
    const { target } = this.#ports;
    if (target) return target;
    throw userFault(
      'publish/no-service',
      'This project has no sync service here. Start with --project and its folder to preview and publish it.',
    );
  }

  #follow(session: SessionView | undefined): void {
    this.#leave();
    const { target } = this.#ports;
    if (!session || !target) return;
    const hot = new HotPreview({
      target,
      build: (version) => this.#build(version),
      delay: this.#ports.delay,
      tell: (state) => this.#tell(state),
      log: (message) => this.#context.notify('host/log', { atMs: this.#ports.now(), level: 'warn', message }),
    });
    this.#hot = hot;
    this.#stopFollowing = session.onStep((step) => {
      if (
        step.edit.some(({ path }) => !path.endsWith('.layout.json')) ||
        step.texts.some((path) => path.endsWith('.ts'))
      )
        hot.edited();
    });
    void this.#begin(hot, session, target);
  }

  /** The preview may stand at an older state: work that was recovered, or edited without the studio. */
  async #begin(hot: HotPreview, session: SessionView, target: ReleaseTarget): Promise<void> {
    try {
      const active = await target.active();
      if (this.#hot !== hot) return;
      hot.shows(active?.version ?? null);
      if (differs(active, session)) hot.edited();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#context.notify('host/log', { atMs: this.#ports.now(), level: 'error', message });
    }
  }

  async #build(version: string): Promise<BuildAnswer> {
    const { signer } = this.#target();
    const actionSources = await sourcesOf(this.#context.session());
    const request = { version, signer, nowMs: this.#ports.now(), actionSources };
    return (await this.#ports.ask({ call: 'release/build', request })) as BuildAnswer;
  }

  #tell(state: HotState | undefined): void {
    if (!state) return;
    const devices = (this.#ports.target?.devices() ?? []).map((device) => ({ ...device }));
    this.#context.notify('preview/changed', { ...state, heldBy: state.heldBy as never, devices });
  }

  #leave(): void {
    this.#stopFollowing();
    this.#stopFollowing = () => {};
    this.#hot?.close();
    this.#hot = undefined;
  }
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
