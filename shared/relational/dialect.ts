export type Dialect = 'sqlite' | 'postgres';

/** What the stores' drivers take as parameters. PostgreSQL alone has a boolean. */
export type BindValue = string | number | bigint | boolean | null;

/** A statement, or a part of one, with its parameters in the order of their places. */
export interface Sql {
  readonly sql: string;
  readonly parameters: readonly BindValue[];
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
