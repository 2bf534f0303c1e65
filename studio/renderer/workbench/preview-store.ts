import type { CallReply } from '@skerry/studio/bridge/calls/index';
import { createStore } from 'zustand';

/** The built-in preview as the host last told it; undefined when there is none. */
export const previewStore = createStore<{ readonly preview: CallReply<'preview/state'> | undefined }>(() => ({
  preview: undefined,
}));
