import type { Text } from '../metamodel/schema.ts';

/**
 * A text for people: in the first of `languages` it has (`nl-BE` falls back to `nl`), else in any, with {1}, {2}…
 * replaced by the parameters. A number without a parameter stays as written.
 */
export function formatText(text: Text, parameters: readonly string[], languages: readonly string[]): string {
  const template = pickText(text, languages);
  return template.replace(/\{(\d+)\}/g, (whole, number: string) => parameters[Number(number) - 1] ?? whole);
}

export function pickText(text: Text, languages: readonly string[]): string {
  for (const language of languages) {
    const found = text[language] ?? text[language.split('-')[0] ?? ''];
    if (found !== undefined) return found;
  }
  return Object.values(text)[0] ?? '';
}
