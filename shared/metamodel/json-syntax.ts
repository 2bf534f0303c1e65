/** Where a text stops being JSON. `line` and `column` count from 1, `offset` and `column` in UTF-16 units. */
export interface JsonSyntaxError {
  readonly offset: number;
  readonly line: number;
  readonly column: number;
  readonly expected: string;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these inside strings.
const STRING_PART = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const SPACE = /[ \t\r\n]*/y;
/** Deeper nesting is nobody's work, and would exhaust the stack of whatever walks it. */
export const MAX_DEPTH = 500;

class Stop extends Error {
  readonly offset: number;
  readonly expected: string;
  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
    this.expected = expected;
  }
}

/**
 * Finds the first error in a text that JSON.parse refused. Its own messages differ from engine to engine and often
 * lack the place. Undefined when the text is JSON after all.
 */
export function findJsonError(text: string): JsonSyntaxError | undefined {
  try {
    const end = skipSpace(text, readValue(text, skipSpace(text, 0), 0));
    if (end < text.length) throw new Stop(end, 'the end of the file');
    return undefined;
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    const before = text.slice(0, stop.offset);
    const line = before.split('\n').length;
    return { offset: stop.offset, line, column: stop.offset - before.lastIndexOf('\n'), expected: stop.expected };
  }
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

function skipSpace(text: string, at: number): number {
  return match(SPACE, text, at);
}

function readValue(text: string, at: number, depth: number): number {
  if (depth > MAX_DEPTH) throw new Stop(at, `at most ${MAX_DEPTH} levels`);
  const first = text[at];
  if (first === '{') return readMembers(text, at, depth);
  if (first === '[') return readItems(text, at, depth);
  if (first === '"') return readString(text, at);
  for (const word of ['true', 'false', 'null']) if (text.startsWith(word, at)) return at + word.length;
  const end = match(NUMBER, text, at);
  if (end === at) throw new Stop(at, 'a value');
  return end;
}

function readString(text: string, at: number): number {
  if (text[at] !== '"') throw new Stop(at, 'a key in double quotes');
  let end = at + 1;
  for (let next = match(STRING_PART, text, end); next !== end; next = match(STRING_PART, text, end)) end = next;
  if (text[end] !== '"') throw new Stop(end, end === text.length ? 'a closing double quote' : 'an escape sequence');
  return end + 1;
}

function readMembers(text: string, start: number, depth: number): number {
  let at = skipSpace(text, start + 1);
  if (text[at] === '}') return at + 1;
  for (;;) {
    at = skipSpace(text, readString(text, at));
    if (text[at] !== ':') throw new Stop(at, '":"');
    at = skipSpace(text, readValue(text, skipSpace(text, at + 1), depth + 1));
    if (text[at] === '}') return at + 1;
    if (text[at] !== ',') throw new Stop(at, '"," or "}"');
    at = skipSpace(text, at + 1);
  }
}

function readItems(text: string, start: number, depth: number): number {
  let at = skipSpace(text, start + 1);
  if (text[at] === ']') return at + 1;
  for (;;) {
    at = skipSpace(text, readValue(text, at, depth + 1));
    if (text[at] === ']') return at + 1;
    if (text[at] !== ',') throw new Stop(at, '"," or "]"');
    at = skipSpace(text, at + 1);
  }
}

/** Whether a value has more levels than a document may have. */
export function isTooDeep(value: unknown, levels: number = MAX_DEPTH): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  const inner = Array.isArray(value) ? value : Object.values(value);
  return inner.some((item) => isTooDeep(item, levels - 1));
}
