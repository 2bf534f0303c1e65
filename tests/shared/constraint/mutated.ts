import fc from 'fast-check';

/** Texts near the given ones: pieces left out, doubled, moved, and characters put in. */
export function mutated(samples: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(200),
    length: fc.nat(6),
    text: fc.oneof(
      fc.constant(''),
      fc.constantFrom(..."[]()'/$@%.,=<>!-+*:# aA1", ' and ', ' or ', '[%', '%]', 'not(', '\u{1F600}'),
      fc.string({ maxLength: 3 }),
    ),
  });
  return fc.tuple(fc.constantFrom(...samples), fc.array(edit, { maxLength: 4 })).map(([sample, edits]) =>
    edits.reduce((text, { at, length, text: inserted }) => {
      const from = at % (text.length + 1);
      return text.slice(0, from) + inserted + text.slice(from + length);
    }, sample),
  );
}
