import { existsSync, readFileSync } from 'node:fs';
import { parseExpression } from '@skerry/shared/expression/parse';
import { printExpression } from '@skerry/shared/expression/print';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mutated } from '../constraint/mutated.ts';

const samples = [
  "if $a/B != empty and length(trim($a/C)) > 3 then 'x''y' + toString(1.50) else @M.Constant",
  '$list/M.Assoc/M.Entity/Name = M.Enum.Value or not([%CurrentDateTime%] > addDays($d, -1))',
  '-(1 + 2) * 3 div 4 mod 5 : 6',
];

describe('parsing expressions', () => {
  it('[EX1] never throws, and says where, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string(), mutated(samples)), (text) => {
        const { tree, diagnostics } = parseExpression(text);
        printExpression(tree);
        for (const { span } of diagnostics) {
          expect(span!.start).toBeGreaterThanOrEqual(0);
          expect(span!.end).toBeGreaterThanOrEqual(span!.start);
          expect(span!.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('[EX12] prints what it could read so that it reads the same', () => {
    fc.assert(
      fc.property(mutated(samples), (text) => {
        const { tree, diagnostics } = parseExpression(text);
        fc.pre(diagnostics.length === 0);
        const printed = printExpression(tree);
        expect(parseExpression(printed).diagnostics).toEqual([]);
        expect(printExpression(parseExpression(printed).tree)).toBe(printed);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['parentheses', '('.repeat(100_000)],
    ['signs', '-'.repeat(100_000)],
    ['calls', 'f('.repeat(100_000)],
    ['a chain', Array.from({ length: 50_000 }, () => '1').join(' + ')],
    ['conditions', 'if '.repeat(100_000)],
  ])('[EX1] refuses %s that are nested beyond all reason', (_name, text) => {
    expect(parseExpression(text).diagnostics.map(({ code }) => code)).toContain('expression/too-deep');
  });

  it('[EX1] keeps the place of a half-written path, for completion', () => {
    const { tree } = parseExpression('$order/Sales.Order_Customer/');
    expect(tree).toMatchObject({
      kind: 'path',
      variable: 'order',
      segments: [{ name: 'Sales.Order_Customer' }, { name: '', span: { start: 28, end: 28 } }],
    });
  });

  const real = new URL('../../../../shared/data/language/expression.jsonl', import.meta.url);
  if (!existsSync(real))
    console.warn(`\n  SKIPPED: the 700 real expressions, because ${real.pathname} is not there.\n`);
  it.runIf(existsSync(real))('[EX1] reads every expression found in real projects', () => {
    const texts = readFileSync(real, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    expect(texts.length).toBeGreaterThan(600);
    const refused = texts.filter((text) => parseExpression(text).diagnostics.length > 0);
    expect(refused).toEqual([]);
    for (const text of texts) {
      const printed = printExpression(parseExpression(text).tree);
      expect(printExpression(parseExpression(printed).tree)).toBe(printed);
    }
  });
});
