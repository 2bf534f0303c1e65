import { parentPort, receiveMessageOnPort } from 'node:worker_threads';
import { must } from '@skerry/shared/base/invariant';
import { Analyst } from './analyst.ts';
import type { ToAnalyst } from './messages.ts';

/**
 * The analyst's thread. All that has arrived is taken in before each step, so a burst of edits costs one run and a
 * newer edit ends the work on an older one.
 */
const port = must(parentPort, 'the analyst runs in a thread of its own');
const analyst = new Analyst((message) => port.postMessage(message));
let isRunning = false;

port.on('message', (message: ToAnalyst) => {
  analyst.take(message);
  if (isRunning) return;
  isRunning = true;
  setImmediate(run);
});

function run(): void {
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    analyst.take(next.message as ToAnalyst);
  isRunning = analyst.step();
  if (isRunning) setImmediate(run);
}
