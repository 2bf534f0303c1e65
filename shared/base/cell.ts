/**
 * A member's value as it stands in rows, outbox, change log and on the wire: a JSON scalar in canonical form, so that
 * equality is `===` and no room needs the member's type to compare, store or send it.
 *
 * | type | cell |
 * |---|---|
 * | String, HashedString | well-formed text without U+0000 |
 * | Integer | number |
 * | Long, AutoNumber | decimal string, '-12' |
 * | Decimal | decimal string without exponent, trailing zeros or '-0': '12.5' |
 * | Boolean | true, false |
 * | DateTime | integer epoch milliseconds |
 * | Enumeration | the value's element id |
 * | Binary | base64 |
 * | reference | the object's id |
 * | empty | null |
 *
 * A reference set is not a cell: it changes by adding and removing ids.
 */
export type Cell = string | number | boolean | null;

/** Cells by member id. A key that is absent says nothing; `null` says empty. */
export type Cells = { readonly [memberId: string]: Cell };
