import type { ModelEdit, Value } from './scenario.ts';

export interface ServiceHostOptions {
  /** Folder of the project; read when the service holds no release yet. */
  readonly project: string;
  readonly dataFolder: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Added to the machine's clock. */
  readonly clockOffsetMs: number;
}

export type ServiceCommand =
  | { readonly kind: 'publish'; readonly version: string; readonly edits: readonly ModelEdit[] }
  | { readonly kind: 'alter'; readonly object: string; readonly set: { readonly [member: string]: Value } };

export type ToServiceHost =
  | { readonly kind: 'open'; readonly options: ServiceHostOptions }
  | { readonly kind: 'command'; readonly call: number; readonly command: ServiceCommand }
  | { readonly kind: 'close' };

export type FromServiceHost =
  | { readonly kind: 'ready'; readonly url: string; readonly port: number }
  | { readonly kind: 'refused'; readonly call: number | null; readonly code: string; readonly message: string }
  /** `note` says for people what was done. */
  | { readonly kind: 'done'; readonly call: number; readonly note: string };
