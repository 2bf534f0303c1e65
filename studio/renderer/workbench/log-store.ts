import type { Notification } from '@skerry/studio/bridge/notifications';
import { createStore } from 'zustand';

export interface LogLine extends Notification<'host/log'> {
  readonly key: number;
}

const MOST_LINES = 2_000;
let nextKey = 1;

/** What the host logged since the project opened, oldest first. */
export const logStore = createStore<{ readonly lines: readonly LogLine[] }>(() => ({ lines: [] }));

export function tellLog(line: Notification<'host/log'>): void {
  logStore.setState(({ lines }) => ({ lines: [...lines, { ...line, key: nextKey++ }].slice(-MOST_LINES) }));
}
