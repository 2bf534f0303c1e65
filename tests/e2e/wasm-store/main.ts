import type { StoreAnswer, StoreQuestion } from './store-worker.ts';

/** The page's only part: a worker that holds the pool, asked by the test. */
const worker = new Worker(new URL('./store-worker.ts', import.meta.url), { type: 'module' });

function ask(question: StoreQuestion): Promise<StoreAnswer> {
  return new Promise((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<StoreAnswer>) => resolve(data), { once: true });
    worker.postMessage(question);
  });
}

Object.assign(window, { ask });
