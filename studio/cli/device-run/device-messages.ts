import type { Device } from '@skerry/runtime/engine/device-face';

/** The kind of request in whose course a device is to be killed. */
export type RequestKind = 'upload' | 'download' | 'files';
/** `answered`: the service has done its part, and the device does not know it yet. */
export interface FatalPoint {
  readonly during: RequestKind;
  readonly when: 'sending' | 'answered';
}

export interface DeviceHostOptions {
  readonly folder: string;
  readonly serviceUrl: string;
  readonly profile: string;
  readonly online: boolean;
  /** Added to the machine's clock. */
  readonly clockOffsetMs: number;
}

export type DeviceMethod = Exclude<keyof Device, 'subscribe' | 'close'>;

export type ToDeviceHost =
  | { readonly kind: 'open'; readonly options: DeviceHostOptions }
  | { readonly kind: 'call'; readonly call: number; readonly method: DeviceMethod; readonly args: readonly unknown[] }
  | { readonly kind: 'network'; readonly online: boolean }
  | { readonly kind: 'dieAt'; readonly point: FatalPoint }
  | { readonly kind: 'close' };

export type FromDeviceHost =
  | { readonly kind: 'ready' }
  | { readonly kind: 'cannotOpen'; readonly message: string }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'failed'; readonly call: number; readonly message: string };
