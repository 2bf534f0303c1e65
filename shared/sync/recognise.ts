import type { Verdict } from './verdict.ts';

/** What the server remembers of one number of a device's store, or of one transaction id. */
export interface Remembered {
  readonly hash: string;
  readonly verdict: Verdict;
}

export interface Recognising {
  readonly sequence: number;
  readonly hash: string;
  /** Highest number known of this device's store; 0 before the first. */
  readonly highest: number;
  /** What was answered to this number. */
  readonly bySequence: Remembered | null;
  /** What was answered to this transaction id, from whatever store. */
  readonly byId: Remembered | null;
}

export type Recognition =
  | { readonly kind: 'new' }
  /** Answered before; `isNewNumber` when the number itself is still to be recorded. */
  | { readonly kind: 'replay'; readonly verdict: Verdict; readonly isNewNumber: boolean }
  | { readonly kind: 'forked' }
  | { readonly kind: 'gap'; readonly expected: number };

/** SY2–SY5. */
export function recognise(asked: Recognising): Recognition {
  const { sequence, hash, highest, bySequence, byId } = asked;
  if (sequence <= highest) {
    if (bySequence === null || bySequence.hash !== hash) return { kind: 'forked' };
    return { kind: 'replay', verdict: bySequence.verdict, isNewNumber: false };
  }
  if (sequence !== highest + 1) return { kind: 'gap', expected: highest + 1 };
  if (byId === null) return { kind: 'new' };
  if (byId.hash !== hash) return { kind: 'forked' };
  return { kind: 'replay', verdict: { ...byId.verdict, sequence }, isNewNumber: true };
}
