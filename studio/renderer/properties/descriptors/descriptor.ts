/** How the form of one type of element is laid out. What no descriptor names shows under "More". */
export interface Descriptor {
  readonly groups: readonly Group[];
  /** Keys that make the columns where elements of this type stand in a grid. */
  readonly columns?: readonly string[];
  /** Keys whose values say in a list what the element is; absent: its name. */
  readonly summary?: readonly string[];
}

export interface Group {
  /** Also the key of its title in the words. */
  readonly id: string;
  readonly keys: readonly string[];
  /** Begins closed. */
  readonly isClosed?: boolean;
}

export type Descriptors = { readonly [type: string]: Descriptor };

/** A form of one group. */
export function plainly(...keys: string[]): Descriptor {
  return { groups: [{ id: 'general', keys }] };
}
