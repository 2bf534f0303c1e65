import type { BundleContent } from '@skerry/shared/bundle/content';
import type { ServiceClient } from '../sync/service-client.ts';
import { fetchNewer, loadRunning, switchTo } from './bundles.ts';
import type { Engine } from './engine.ts';

/** The bundle that runs and the one that waits to. Fetching and switching happen one at a time. */
export class BundleKeeper {
  readonly #engine: Engine;
  readonly #client: ServiceClient;
  readonly #profile: string;
  #waiting: BundleContent | null = null;
  #working: Promise<boolean> = Promise.resolve(false);

  constructor(engine: Engine, client: ServiceClient, profile: string) {
    this.#engine = engine;
    this.#client = client;
    this.#profile = profile;
  }

  /** Version of a bundle that is complete and waits for a quiet moment. */
  get ready(): string | null {
    return this.#waiting?.manifest.version ?? null;
  }

  /** Runs the bundle that ran last. */
  async load(): Promise<void> {
    const bundle = await loadRunning(this.#engine.queue);
    if (bundle) this.#engine.run(bundle);
  }

  /** Makes sure that some bundle runs. */
  async ensure(): Promise<void> {
    if (!this.#engine.runningApp) await this.update(() => false);
  }

  /**
   * Fetches a newer bundle and switches to it, unless somebody is in the middle of something.
   * @returns whether another bundle runs now
   */
  update(isBusy: () => boolean): Promise<boolean> {
    const turn = this.#working.catch(() => false).then(() => this.#update(isBusy));
    this.#working = turn;
    return turn;
  }

  async #update(isBusy: () => boolean): Promise<boolean> {
    const { queue, rights, ports } = this.#engine;
    const running = this.#engine.runningApp?.bundle ?? null;
    const newer = await fetchNewer(queue, this.#client, this.#profile, running);
    if (newer) this.#waiting = newer;
    const next = this.#waiting;
    if (!next || isBusy() || this.#hasChanges()) return false;
    try {
      await switchTo(queue, rights, running, next);
    } catch (thrown) {
      rights.forget();
      ports.log.write('error', 'The new version could not be switched to; the old one goes on.', {
        version: next.manifest.version,
        cause: String(thrown),
      });
      throw thrown;
    }
    this.#waiting = null;
    this.#engine.working.clear();
    this.#engine.run(next);
    this.#engine.announce({ kind: 'bundle', version: next.manifest.version });
    this.#engine.announce({ kind: 'data', entities: null });
    return true;
  }

  /**
   * What is being edited on a page speaks the old bundle's words. What is not for storing waits for nobody: a data
   * source has made it, and makes it anew for the page as the new bundle draws it.
   */
  #hasChanges(): boolean {
    const app = this.#engine.runningApp;
    return [...this.#engine.working.all()].some(({ entity }) => app?.entity(entity)?.persistable !== false);
  }
}
