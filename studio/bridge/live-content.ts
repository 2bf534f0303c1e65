import type { Cell } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { WireRights } from '@skerry/shared/protocol/download';

/** What a live page's parameter gets. `new`: an object made for the page, where there is none in the demo data. */
export type LiveArgument =
  | { readonly kind: 'cell'; readonly value: Cell }
  | { readonly kind: 'object'; readonly entity: string; readonly id: ObjectId }
  | { readonly kind: 'list'; readonly entity: string; readonly ids: readonly ObjectId[] }
  | { readonly kind: 'new'; readonly entity: string };

/** Rows of one entity as its role's devices would hold them. A row is [id, place in `rights`, cell…]. */
export interface LiveRows {
  readonly entityId: ElementId;
  readonly columns: readonly ElementId[];
  readonly rows: readonly (readonly Cell[])[];
  readonly links: readonly {
    readonly associationId: ElementId;
    readonly sets: readonly (readonly [owner: ObjectId, targets: readonly ObjectId[]])[];
  }[];
  /** Place in `rights` of what the role may do with an object that it makes, conditions left aside; absent: none. */
  readonly created?: number;
}

/** The `content` of a `page/live` answer: a page that runs. */
export interface LiveContent {
  /** Qualified name of the page; of the one that is made for it where a snippet or layout is shown. */
  readonly page: string;
  readonly arguments: { readonly [parameter: string]: LiveArgument };
  readonly profile: string;
  readonly role: string;
  /** User roles that may open the page. */
  readonly roles: readonly string[];
  /** Canonical JSON text. Its version grows with each edit. */
  readonly manifest: string;
  /** By SHA-256, in base64. */
  readonly parts: readonly (readonly [sha256: string, base64: string])[];
  readonly user: {
    readonly id: ObjectId;
    readonly entityId: ElementId;
    readonly name: string;
    readonly roles: readonly { readonly id: ElementId; readonly name: string }[];
  };
  readonly rights: readonly WireRights[];
  readonly rows: readonly LiveRows[];
}
