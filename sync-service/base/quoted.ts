/** An identifier in SQL text. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `?, ?, ?` */
export function places(count: number): string {
  return new Array(count).fill('?').join(', ');
}
