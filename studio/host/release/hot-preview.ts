import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import type { BuildAnswer } from './questions.ts';
import type { ReleaseTarget } from './release-target.ts';
import { nextPreviewVersion } from './versions.ts';

export interface HotPreviewPorts {
  readonly target: ReleaseTarget;
  /** A release of the last revision, under this version. */
  build(version: string): Promise<BuildAnswer>;
  /** Runs later; the return value calls it off. */
  delay(run: () => void, ms: number): () => void;
  /** What the preview shows, or why it does not follow. */
  tell(state: HotState): void;
  log(message: string): void;
}

export interface HotState {
  readonly version: string | null;
  /** What keeps the preview on an older bundle. */
  readonly heldBy: Diagnostic | null;
}

/** Long enough for a word to be typed out, short enough to be felt as at once. */
const PAUSE_MS = 250;

/**
 * Keeps the preview at the model as it is edited. One question at a time: is there an edit that the preview has not seen?
 * Then, after a pause in the typing, the model is built and sent; with errors in it the last good bundle stays and the
 * first error is told. Never two builds at once, and never a build of a revision that is not the last.
 */
export class HotPreview {
  readonly #ports: HotPreviewPorts;
  /** Counts edits; `#seen` is the last one that was built, or found to have errors. */
  #wanted = 0;
  #seen = 0;
  #state: HotState = { version: null, heldBy: null };
  #callOff: () => void = () => {};
  #isBuilding = false;
  #isClosed = false;

  constructor(ports: HotPreviewPorts) {
    this.#ports = ports;
  }

  get state(): HotState {
    return this.#state;
  }

  /** The model differs from what the preview has seen. */
  edited(): void {
    this.#wanted++;
    this.#schedule(PAUSE_MS);
  }

  /** Devices run this version now, by a publish or because they did when the project opened. */
  shows(version: string | null): void {
    this.#change({ version, heldBy: null });
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
  }

  #schedule(ms: number): void {
    if (this.#isClosed || this.#isBuilding) return;
    this.#callOff();
    this.#callOff = this.#ports.delay(() => void this.#build(), ms);
  }

  async #build(): Promise<void> {
    if (this.#isClosed || this.#seen === this.#wanted) return;
    this.#isBuilding = true;
    const wanted = this.#wanted;
    try {
      await this.#send(wanted);
      this.#seen = wanted;
    } catch (error) {
      // A service that refuses, or cannot: the preview stays, and the next edit tries again.
      this.#seen = wanted;
      const message = error instanceof Error ? error.message : String(error);
      this.#ports.log(`The preview could not follow: ${message}`);
      this.#change({
        version: this.#state.version,
        heldBy: { code: 'preview/not-updated', severity: 'error', message },
      });
    } finally {
      this.#isBuilding = false;
    }
    if (this.#seen !== this.#wanted) this.#schedule(PAUSE_MS);
  }

  async #send(wanted: number): Promise<void> {
    const { target, build } = this.#ports;
    const [published, active] = [await target.published(), await target.active()];
    const version = nextPreviewVersion(published?.version ?? null, active?.version ?? null);
    const { release, errors } = await build(version);
    // Somebody typed on: what was built is old already.
    if (wanted !== this.#wanted || this.#isClosed) return;
    if (!release) {
      this.#change({ version: this.#state.version, heldBy: errors[0] ?? null });
      return;
    }
    await target.send(release);
    this.#change({ version, heldBy: null });
  }

  #change(state: HotState): void {
    this.#state = state;
    this.#ports.tell(state);
  }
}
