import type { ElementId, ObjectId } from '@skerry/shared/base/ids';

/** Where a write failed, as far as it can be said. */
export interface WritePlace {
  readonly entityId?: ElementId;
  readonly objectId?: ObjectId;
  readonly member?: ElementId;
}

const WORDS: { readonly [code: string]: string } = {
  'sync/access-denied': 'You may not change this.',
  'sync/access-denied-after': 'You may not change this to what it would become.',
  'sync/create-denied': 'You may not create this.',
  'sync/delete-denied': 'You may not delete this.',
  'sync/object-gone': 'The object is not there any more, or you may not see it.',
  'sync/reference-gone': 'It refers to an object that is not there any more.',
  'sync/object-exists': 'An object with this identity is there already.',
  'sync/entity-unknown': 'The app does not have this kind of object any more.',
  'sync/handler-refused': 'A rule of the app does not allow this.',
};

/** A write that must not be. Whoever began it takes back what belongs to it. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused';
  readonly code: string;
  readonly at: WritePlace;

  constructor(code: string, at: WritePlace = {}, message: string = WORDS[code] ?? code) {
    super(message);
    this.code = code;
    const { entityId, objectId, member } = at;
    this.at = { ...(entityId ? { entityId } : {}), ...(objectId ? { objectId } : {}), ...(member ? { member } : {}) };
  }
}
