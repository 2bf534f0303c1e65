import type { TokenTerm } from './ast.ts';

const TOKEN = /^\s*\[%(\w+)%\]\s*/;
const TERM = /^([+-])\s*(?:(\d{1,9})\s*\*\s*\[%(\w+)%\]|\[%(\w+)%\](?:\s*\*\s*(\d{1,9}))?)\s*/;

/** Reads what stands between the quotes of a token: `[%Name%]` and terms like `- 3 * [%DayLength%]`. Null if it is none. */
export function parseTokenText(text: string): { readonly name: string; readonly terms: readonly TokenTerm[] } | null {
  const head = TOKEN.exec(text);
  if (!head) return null;
  const terms: TokenTerm[] = [];
  let rest = text.slice(head[0].length);
  while (rest !== '') {
    const term = TERM.exec(rest);
    if (!term) return null;
    terms.push({
      sign: term[1] === '-' ? -1 : 1,
      factor: Number(term[2] ?? term[5] ?? '1'),
      length: (term[3] ?? term[4])!,
    });
    rest = rest.slice(term[0].length);
  }
  return { name: head[1]!, terms };
}

/** The canonical text between the quotes. */
export function printTokenText(name: string, terms: readonly TokenTerm[]): string {
  const added = terms.map(
    ({ sign, factor, length }) => ` ${sign < 0 ? '-' : '+'} ${factor === 1 ? '' : `${factor} * `}[%${length}%]`,
  );
  return `[%${name}%]${added.join('')}`;
}
