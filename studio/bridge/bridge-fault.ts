import type { JsonObject } from '@skerry/shared/base/json';

/** An error that a call came back with; its words are for people. */
export class BridgeFault extends Error {
  override readonly name = 'BridgeFault';
  readonly code: string;
  readonly details: JsonObject;

  constructor(code: string, message: string, details: JsonObject = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
