import type { MemberRead } from '@skerry/shared/flow/effect';

/** Data that are not at hand. Thrown out of evaluation, which is synchronous; what is missing is loaded and it begins again. */
export class MissingData extends Error {
  readonly read: MemberRead;

  constructor(read: MemberRead) {
    super('Data are not loaded yet.');
    this.read = read;
  }
}
