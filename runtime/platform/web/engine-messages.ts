import type { DeviceConfig } from './device-config.ts';

/** Between a page and the worker that may become its origin's engine. */
export type ToWorker = {
  readonly kind: 'start';
  readonly config: DeviceConfig;
  readonly origin: string;
  /** Take the store from the tab that holds it. */
  readonly takeOver: boolean;
  /** The browser has promised not to clear this origin's data by itself. Only windows may ask for that. */
  readonly persistent: boolean;
  /** Carries the Device face from 'ready' on. */
  readonly port: MessagePort;
};

export type FromWorker =
  | { readonly kind: 'ready' }
  /** Another tab of this origin runs the engine. */
  | { readonly kind: 'occupied' }
  /** Another tab took the store; this engine has closed it. */
  | { readonly kind: 'moved' }
  | { readonly kind: 'failed'; readonly message: string };
