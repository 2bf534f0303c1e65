import { highlight } from '@skerry/studio/renderer/text/highlight';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const LANGUAGES = ['expression', 'constraint', 'memberPath', 'template'] as const;
const shown = (text: string, language: (typeof LANGUAGES)[number]) =>
  highlight(text, language)
    .segments.filter(({ kind }) => kind !== 'plain')
    .map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

describe('highlighted text', () => {
  it('is cut into pieces that give the text again, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom(...LANGUAGES),
        fc.boolean(),
        (text, language, open) => {
          const { segments } = highlight(text, language, open);
          expect(segments.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
          expect(segments.every(({ start, end }) => start < end)).toBe(true);
        },
      ),
    );
  });

  it('tells names, functions, values and tokens of a constraint apart', () => {
    expect(shown("[starts-with(Title, 'A') and Field.X = '[%CurrentUser%]']", 'constraint')).toEqual([
      'operator [',
      'function starts-with',
      'operator (',
      'member Title',
      'operator ,',
      "text 'A'",
      'operator )',
      'keyword and',
      'type Field.X',
      'operator =',
      "text '",
      'token [%CurrentUser%]',
      "text '",
      'operator ]',
    ]);
  });

  it('goes on with a text that was open at the end of the line before', () => {
    const first = highlight("'one", 'expression');
    expect(first.isInText).toBe(true);
    expect(highlight("two' + $x", 'expression', first.isInText)).toEqual({
      segments: [
        { kind: 'text', start: 0, end: 4 },
        { kind: 'plain', start: 4, end: 5 },
        { kind: 'operator', start: 5, end: 6 },
        { kind: 'plain', start: 6, end: 7 },
        { kind: 'variable', start: 7, end: 9 },
      ],
      isInText: false,
    });
  });

  it('marks the places of a template', () => {
    expect(shown('Dear {1}, {2}!', 'template')).toEqual(['variable {1}', 'variable {2}']);
  });
});
