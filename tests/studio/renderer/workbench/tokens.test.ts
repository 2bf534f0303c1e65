import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../../studio/renderer/design/tokens.css', import.meta.url), 'utf8');
const MODES = ['all', 'constrained', 'uploadOnly', 'kept', 'never', 'online', 'none'];
const TONES = ['error', 'warning', 'info', 'success'];
const GROUNDS = ['surface-0', 'surface-1', 'surface-2', 'surface-raised'];

function theme(name: string): Map<string, string> {
  const block = css.split(`[data-theme="${name}"] {`)[1]?.split('\n}')[0] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, key, value]) => [key ?? '', value ?? '']));
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Text on ground, both by token. */
const TEXT_PAIRS: readonly (readonly [string, string])[] = [
  ...['text-1', 'text-2'].flatMap((text) =>
    [...GROUNDS, 'surface-3', 'accent-soft'].map((ground) => [text, ground] as const),
  ),
  ...GROUNDS.map((ground) => ['text-3', ground] as const),
  ...['accent', ...TONES].flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...MODES.flatMap((mode) =>
    ['surface-0', 'surface-1', `mode-${mode}-soft`].map((on) => [`mode-${mode}`, on] as const),
  ),
  ...[...TONES.map((tone) => `${tone}-soft`), ...MODES.map((mode) => `mode-${mode}-soft`)].map(
    (ground) => ['text-1', ground] as const,
  ),
  ...TONES.map((tone) => [tone, `${tone}-soft`] as const),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
];
/** Edges of controls, and the ring around what has the focus. */
const EDGE_PAIRS = ['border-strong', 'focus'].flatMap((edge) => GROUNDS.map((ground) => [edge, ground] as const));

describe.each(['dark', 'light'])('the %s tokens', (name) => {
  const tokens = theme(name);
  const tooLow = (pairs: readonly (readonly [string, string])[], least: number) =>
    pairs.flatMap(([text, ground]) => {
      const [one, other] = [tokens.get(text), tokens.get(ground)];
      const ratio = one && other ? contrast(one, other) : 0;
      return ratio < least ? [`${text} on ${ground}: ${ratio.toFixed(2)}`] : [];
    });

  it('give text a contrast of 4.5 on every ground it stands on', () => {
    expect(tooLow(TEXT_PAIRS, 4.5)).toEqual([]);
  });

  it('give edges of controls and the focus ring a contrast of 3', () => {
    expect(tooLow(EDGE_PAIRS, 3)).toEqual([]);
  });

  it('name the same colours as the other theme', () => {
    expect([...tokens.keys()].sort()).toEqual([...theme(name === 'dark' ? 'light' : 'dark').keys()].sort());
  });
});
