import { countText, secondsText, sizeText } from '@skerry/studio/renderer/design/amounts';
import { describe, expect, it } from 'vitest';

describe('amounts', () => {
  it.each([
    [0, '0 B'],
    [540, '540 B'],
    [3_940, '3.9 KB'],
    [9_960, '10 KB'],
    [310_400, '310 KB'],
    [600_000, '0.6 MB'],
    [12_345_678, '12 MB'],
    [2_000_000_000, '2 GB'],
  ])('%d bytes are %s', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });

  it('parts the thousands by a space that does not break', () => {
    expect(countText(1_234_567)).toBe('1\u202f234\u202f567');
  });

  it('never says that something takes no time', () => {
    expect([0, 0.04, 0.05, 2.44, 12.3].map(secondsText)).toEqual(['<0.1', '<0.1', '0.1', '2.4', '12']);
  });
});
