import { Fault } from '@skerry/shared/base/fault';
import type { Failure, Outcome } from './device-face.ts';

export const done: { readonly ok: true; readonly value: null } = { ok: true, value: null };

export function succeeded<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function failed(code: string, message: string, members?: Failure['members']): { ok: false; error: Failure } {
  return { ok: false, error: { code, message, ...(members ? { members } : {}) } };
}

/** An expected failure on its way out of a transaction, which it undoes. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function refuse(code: string, message: string, members?: Failure['members']): never {
  throw new Refused({ code, message, ...(members ? { members } : {}) });
}

/** The failure in what was thrown; anything that is no failure is a defect and goes on. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Refused) return thrown.failure;
  if (thrown instanceof Fault) return { code: thrown.code, message: thrown.message };
  throw thrown;
}

/** Runs `body`; a refusal becomes its outcome. */
export async function outcomeOf<T>(body: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return succeeded(await body());
  } catch (thrown) {
    return { ok: false, error: failureOf(thrown) };
  }
}
