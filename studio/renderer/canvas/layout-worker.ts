import type { ElkNode } from 'elkjs/lib/elk-api.js';
import Elk from 'elkjs/lib/elk-api.js';
import ElkWorker from 'elkjs/lib/elk-worker.min.js?worker';
import type { Point } from './geometry.ts';
import { fromElk, type LayoutWish, toElk } from './layout-graph.ts';

/** A layout on its way; `cancel` makes the promise give undefined. */
export interface PendingLayout {
  readonly places: Promise<ReadonlyMap<string, Point> | undefined>;
  readonly cancel: () => void;
}

/** Lays a level of a diagram out in a worker. The library comes when it is first asked for. */
export function layOut(wish: LayoutWish): PendingLayout {
  const worker = new ElkWorker();
  const elk = new Elk({ workerFactory: () => worker });
  let cancel = () => {};
  const cancelled = new Promise<undefined>((resolve) => {
    cancel = () => resolve(undefined);
  });
  const places = Promise.race([
    elk.layout(toElk(wish) as ElkNode).then((graph) => fromElk(graph, wish)),
    cancelled,
  ]).finally(() => worker.terminate());
  return { places, cancel };
}
