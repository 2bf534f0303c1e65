import { createStore } from 'zustand';

export interface Message {
  readonly key: number;
  readonly tone: 'info' | 'success' | 'warning' | 'error';
  readonly text: string;
  readonly action?: { readonly title: string; readonly run: () => void };
}

/** Messages on screen, oldest first. */
export const messageStore = createStore<{ readonly messages: readonly Message[] }>(() => ({ messages: [] }));

let nextKey = 1;

export function showMessage(message: Omit<Message, 'key'>): void {
  const shown = { ...message, key: nextKey++ };
  messageStore.setState(({ messages }) => ({ messages: [...messages, shown] }));
}

/** An error of a call, in its own words. */
export function showFault(error: unknown): void {
  showMessage({ tone: 'error', text: error instanceof Error ? error.message : String(error) });
}

export function dismissMessage(key: number): void {
  messageStore.setState(({ messages }) => ({ messages: messages.filter((message) => message.key !== key) }));
}
