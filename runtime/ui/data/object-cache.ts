import type { ObjectId } from '@skerry/shared/base/ids';
import type { Device, DeviceEvent, ObjectSnapshot } from '../../engine/device-face.ts';

/** Thrown by a read of something not loaded yet; the reader tries again when the cache tells its listeners. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
}

interface Step {
  readonly association: string;
  readonly entity: string | undefined;
  readonly reversed: boolean;
}

/**
 * What the screens know of objects, answered at once; what is missing is asked for in one batch and announced. The
 * engine stays the truth: every event that may have changed an object drops what is known of it and asks again.
 */
export interface ObjectCache {
  /** Undefined when the object is gone or not readable. Throws NotLoaded. */
  get(id: ObjectId): ObjectSnapshot | undefined;
  /** Objects reached over one step. Throws NotLoaded. */
  follow(id: ObjectId, association: string, entity?: string, reversed?: boolean): readonly ObjectId[];
  /** Takes in what a retrieve or a change brought along. */
  put(snapshots: readonly ObjectSnapshot[]): void;
  subscribe(listener: () => void): () => void;
  /** Grows with every announcement. */
  version(): number;
  close(): void;
}

const stepKey = (id: ObjectId, step: Step) =>
  `${id} ${step.association} ${step.entity ?? ''} ${step.reversed ? 'r' : ''}`;

export function createObjectCache(device: Device): ObjectCache {
  const objects = new Map<ObjectId, ObjectSnapshot | null>();
  const links = new Map<string, readonly ObjectId[]>();
  const steps = new Map<string, { readonly id: ObjectId; readonly step: Step }>();
  const wanted = new Set<ObjectId>();
  const wantedSteps = new Map<string, { readonly id: ObjectId; readonly step: Step }>();
  const listeners = new Set<() => void>();
  let version = 0;
  let scheduled = false;
  let closed = false;

  const announce = () => {
    version++;
    for (const listener of [...listeners]) listener();
  };

  function schedule() {
    if (scheduled || closed) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      void fetchWanted();
    });
  }

  async function fetchWanted() {
    const ids = [...wanted];
    const groups = Map.groupBy(
      wantedSteps.values(),
      ({ step }) => `${step.association} ${step.entity ?? ''} ${step.reversed}`,
    );
    const keys = [...wantedSteps.entries()];
    wanted.clear();
    wantedSteps.clear();
    const asked = Promise.all([
      ids.length > 0 ? device.load(ids) : Promise.resolve([]),
      ...[...groups.values()].map((group) => {
        const { step } = group[0] as { step: Step };
        return device.follow(
          group.map(({ id }) => id),
          step.association,
          step.entity,
          step.reversed,
        );
      }),
    ]);
    const answers = await asked.catch(() => null);
    if (closed) return;
    if (!answers) {
      // The engine is away: asked again with the next question or event, not in a loop.
      for (const id of ids) wanted.add(id);
      for (const [key, value] of keys) wantedSteps.set(key, value);
      return;
    }
    const [loaded, ...reached] = answers;
    for (const id of ids) objects.set(id, null);
    for (const snapshot of loaded) objects.set(snapshot.id, snapshot);
    const groupList = [...groups.values()];
    reached.forEach((answer, index) => {
      for (const snapshot of answer.objects) objects.set(snapshot.id, snapshot);
      for (const { id, step } of groupList[index] ?? []) links.set(stepKey(id, step), answer.links[id] ?? []);
    });
    for (const [key, value] of keys) steps.set(key, value);
    announce();
  }

  /** Asks again for everything known; what stands stays readable meanwhile, so that nothing flickers. */
  function refresh(ids: Iterable<ObjectId>) {
    for (const id of ids) wanted.add(id);
    for (const [key, value] of steps) wantedSteps.set(key, value);
    if (wanted.size > 0 || wantedSteps.size > 0) schedule();
  }

  const stop = device.subscribe((event: DeviceEvent) => {
    if (event.kind === 'objects') refresh(event.ids.filter((id) => objects.has(id)));
    else if (event.kind === 'data') {
      const touched = event.entities;
      refresh(
        [...objects].filter(([, known]) => !touched || !known || touched.includes(known.entity)).map(([id]) => id),
      );
    } else if (event.kind === 'bundle' || event.kind === 'signedOut') {
      objects.clear();
      links.clear();
      steps.clear();
      announce();
    }
  });

  return {
    get(id) {
      const known = objects.get(id);
      if (known !== undefined) return known ?? undefined;
      wanted.add(id);
      schedule();
      throw new NotLoaded(id);
    },
    follow(id, association, entity, reversed = false) {
      const step = { association, entity, reversed };
      const key = stepKey(id, step);
      const known = links.get(key);
      if (known) return known;
      wantedSteps.set(key, { id, step });
      schedule();
      throw new NotLoaded(key);
    },
    put(snapshots) {
      for (const snapshot of snapshots) objects.set(snapshot.id, snapshot);
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
    close() {
      closed = true;
      stop();
      listeners.clear();
    },
  };
}
