import { fill, sayIn, WORDS, type Word } from '@skerry/runtime/ui/shell/words';
import { expect, test } from 'vitest';

const places = (text: string) => [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).sort();

test('every language says every word', () => {
  expect(Object.keys(WORDS.de).sort()).toEqual(Object.keys(WORDS.en).sort());
});

test.each(Object.keys(WORDS.en) as Word[])('"%s" has words and the same places in each language', (word) => {
  for (const language of Object.values(WORDS)) {
    expect(language[word].trim()).not.toBe('');
    expect(places(language[word])).toEqual(places(WORDS.en[word]));
  }
});

test('Germans of any region are spoken to in German, everybody unknown in English', () => {
  expect(sayIn('de-CH')('back')).toBe('Zurück');
  expect(sayIn('pt-BR')('back')).toBe('Back');
});

test('places without a parameter stay to be seen', () => {
  expect(fill('{1} of {2}', ['a'])).toBe('a of {2}');
  expect(fill('{2}, {1}, {2}', [1, '$&'])).toBe('$&, 1, $&');
});
