/** Who is at fault decides the log level and who is told: the caller, the surroundings, or us. */
export type FaultFamily = 'user' | 'operational' | 'defect';

/** An expected failure that crosses a room's edge. `code` is `area/problem-in-kebab` and registered where it is defined. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly family: FaultFamily;
  readonly code: string;
  readonly details: { readonly [key: string]: unknown };

  constructor(family: FaultFamily, code: string, message: string, details: { readonly [key: string]: unknown } = {}) {
    super(message);
    this.family = family;
    this.code = code;
    this.details = details;
  }
}

export function userFault(code: string, message: string, details?: { readonly [key: string]: unknown }): Fault {
  return new Fault('user', code, message, details);
}

export function operationalFault(code: string, message: string, details?: { readonly [key: string]: unknown }): Fault {
  return new Fault('operational', code, message, details);
}
