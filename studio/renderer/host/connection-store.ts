import { createStore } from 'zustand';

/** `lost` tries again by itself; `ended` cannot: `message` says what to do. */
export interface ConnectionState {
  readonly status: 'connecting' | 'connected' | 'lost' | 'ended';
  readonly message?: string;
}

export const connectionStore = createStore<ConnectionState>(() => ({ status: 'connecting' }));
