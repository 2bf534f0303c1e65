/**
 * The wire's version. Raise it whenever a schema in this folder changes shape or meaning; tests/architecture holds a
 * hash of the schemas and fails when they drift without it. The service goes first: it speaks every version from the
 * floor up, so deploy services before devices.
 *
 * | version | what changed |
 * |---|---|
 * | 1 | first |
 */
export const PROTOCOL_VERSION = 1;
/** The oldest version the service still speaks. */
export const PROTOCOL_FLOOR = 1;
