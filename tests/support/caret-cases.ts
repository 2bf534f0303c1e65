import type { Completion } from '@skerry/shared/expression/services/item';
import { expect } from 'vitest';

/** One line of a table: `text with | as the caret :: first A ; B :: has C ; D :: no E ; F`. */
export interface CaretCase {
  readonly line: string;
  readonly text: string;
  readonly offset: number;
  readonly first: readonly string[];
  readonly has: readonly string[];
  readonly no: readonly string[];
}

export function caretCases(table: string): readonly CaretCase[] {
  return table
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [marked = '', ...wishes] = line.split(' :: ').map((part) => part.trim());
      const listed = (word: string) =>
        wishes
          .filter((wish) => wish.startsWith(`${word} `))
          .flatMap((wish) => wish.slice(word.length + 1).split(' ; '))
          .map((label) => label.trim());
      const offset = marked.indexOf('|');
      if (offset < 0 || wishes.length === 0) throw new Error(`No caret or no wish in: ${line}`);
      return {
        line,
        text: marked.replace('|', ''),
        offset,
        first: listed('first'),
        has: listed('has'),
        no: listed('no'),
      };
    });
}

/** `first` are the first labels in order, `has` are somewhere, `no` nowhere; `nothing` among the first: no items at all. */
export function expectCase({ first, has, no }: CaretCase, { items }: Completion): void {
  const labels = items.map((item) => item.label);
  if (first[0] === 'nothing') {
    expect(labels).toEqual([]);
    return;
  }
  expect(labels.slice(0, first.length)).toEqual(first);
  expect(labels).toEqual(expect.arrayContaining([...has]));
  for (const label of no) expect(labels).not.toContain(label);
}
