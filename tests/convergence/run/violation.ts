/** The laws of design 6.1 that a run is held against; `replay` and `answers` are what they rest on. */
export type Law = 'L1' | 'L2' | 'L3' | 'L4' | 'L5' | 'verdict' | 'answer' | 'engine';

/** A law was broken. Ends the run. */
export class Violation extends Error {
  readonly law: Law;

  constructor(law: Law, message: string) {
    super(`[${law}] ${message}`);
    this.law = law;
  }
}
