import { type Token, tokenize } from '@skerry/shared/expression/lexer';
import type { SlotLanguage } from '@skerry/shared/metamodel/role';

/** What a stretch of text is to the eye. `plain` is space and whatever needs no colour. */
export const SEGMENT_KINDS = [
  'plain',
  'keyword',
  'function',
  'member',
  'type',
  'variable',
  'constant',
  'token',
  'text',
  'number',
  'operator',
  'invalid',
] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

export interface Segment {
  readonly kind: SegmentKind;
  readonly start: number;
  readonly end: number;
}

const KEYWORDS = new Set('if then else and or not div mod true false empty NULL reversed'.split(' '));
const BRACKET_TOKEN = /\[%[A-Za-z0-9_]*%\]/g;
const PLACEHOLDER = /\{[0-9]+\}/g;

/** One line, or a whole text: `isInText` says that a text literal is open at its beginning, and in the answer at its end. */
export function highlight(
  text: string,
  language: SlotLanguage,
  isInText = false,
): { readonly segments: readonly Segment[]; readonly isInText: boolean } {
  if (language === 'template')
    return { segments: withFound(text, 0, 'plain', 'variable', PLACEHOLDER), isInText: false };
  // A quote in front continues the open literal; its place is taken off again.
  const shift = isInText ? 1 : 0;
  const tokens = tokenize(isInText ? `'${text}` : text, { hyphens: language === 'constraint' });
  const segments: Segment[] = [];
  let at = 0;
  const add = (segment: Segment) => {
    if (segment.start > at) segments.push({ kind: 'plain', start: at, end: segment.start });
    if (segment.end > segment.start) segments.push(segment);
    at = segment.end;
  };
  tokens.forEach((token, index) => {
    const start = Math.max(0, token.start - shift);
    const end = token.end - shift;
    if (token.kind === 'end') return;
    if (token.kind === 'text') {
      for (const segment of withFound(text.slice(start, end), start, 'text', 'token', BRACKET_TOKEN)) add(segment);
    } else add({ kind: kindOf(token, tokens[index + 1]), start, end });
  });
  if (at < text.length) segments.push({ kind: 'plain', start: at, end: text.length });
  const last = tokens.at(-2);
  return { segments, isInText: last?.kind === 'text' && last.broken !== undefined };
}

function kindOf(token: Token, next: Token | undefined): SegmentKind {
  switch (token.kind) {
    case 'name':
      if (KEYWORDS.has(token.text)) return 'keyword';
      if (next?.text === '(' && next.kind === 'symbol') return 'function';
      return token.text.includes('.') ? 'type' : 'member';
    case 'symbol':
      return 'operator';
    case 'end':
      return 'plain';
    default:
      return token.kind;
  }
}

function withFound(
  text: string,
  offset: number,
  around: SegmentKind,
  inside: SegmentKind,
  pattern: RegExp,
): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  const add = (kind: SegmentKind, end: number) => {
    if (end > at) segments.push({ kind, start: offset + at, end: offset + end });
    at = end;
  };
  for (const match of text.matchAll(pattern)) {
    add(around, match.index);
    add(inside, match.index + match[0].length);
  }
  add(around, text.length);
  return segments;
}
