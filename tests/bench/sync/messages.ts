import type { Rules } from './app.ts';

export interface ServerOptions {
  readonly folder: string;
  readonly rows: number;
  readonly rules: Rules;
  /** Fills the database and ends; otherwise it serves what is there. */
  readonly seed: boolean;
}

/** One measured step of the client. */
export type ClientStep =
  | { readonly kind: 'open'; readonly folder: string; readonly url: string }
  | { readonly kind: 'firstSync' }
  | { readonly kind: 'noChange'; readonly times: number }
  | { readonly kind: 'incremental'; readonly expected: number }
  | {
      readonly kind: 'write';
      readonly from: number;
      readonly count: number;
      readonly perTransaction: number;
      readonly membership: boolean;
    }
  | { readonly kind: 'upload'; readonly expected: number }
  | { readonly kind: 'close' };

/** Milliseconds the step took; bytes as the engine counted them. */
export interface StepResult {
  readonly ms: number;
  readonly bytes: number;
}
