import type { Cell } from '@skerry/shared/base/cell';
import { checkExpression } from '@skerry/shared/expression/check';
import { decimalText, isDecimal } from '@skerry/shared/expression/decimal';
import { evaluateExpression } from '@skerry/shared/expression/evaluate';
import { parseExpression } from '@skerry/shared/expression/parse';
import { printExpression } from '@skerry/shared/expression/print';
import type { Type } from '@skerry/shared/expression/type';
import type { Value } from '@skerry/shared/expression/value';
import { describe, expect, it } from 'vitest';
import { environmentOf, keyOf, model, readFixture, type Surroundings, typeOf, variableTypes, view } from './fixture.ts';

interface ExpressionCase extends Surroundings {
  readonly rule: string;
  readonly text: string;
  readonly type?: string;
  /** Decimals and Longs as text, moments as ISO 8601, enumerations by name, objects by key. */
  readonly value?: Cell | readonly string[];
  readonly error?: { readonly code: string; readonly at: string };
  readonly diagnostics?: readonly { readonly code: string; readonly at: string }[];
  readonly expects?: string;
}

const cases = readFixture<{ cases: ExpressionCase[] }>('expression.json').cases;

function titleOf(one: ExpressionCase): string {
  const around = [one.session, one.variables, one.expects].map((part) => (part ? JSON.stringify(part) : undefined));
  return `[${one.rule}] ${[one.text, ...around].filter((part) => part !== undefined).join(' · ')}`;
}

function check(one: ExpressionCase) {
  const { tree, diagnostics } = parseExpression(one.text);
  const expects = one.expects === undefined ? {} : { expects: typeOf(one.expects) };
  const checked = checkExpression(tree, { view, variables: variableTypes(one), ...expects });
  return { parsed: tree, checked, diagnostics: [...diagnostics, ...checked.diagnostics] };
}

describe('expressions', () => {
  for (const one of cases) {
    if (one.diagnostics) continue;
    it(titleOf(one), () => {
      const { checked, diagnostics } = check(one);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const value = evaluateExpression(checked.tree, environmentOf(one));
      expect(plainType(checked.type)).toBe(one.type);
      if (one.error) expect(plain(value, one.text)).toEqual(one.error);
      else expect(plain(value, one.text)).toEqual(one.value);
      if (value === null && checked.type.kind !== 'Empty') expect(checked.canBeEmpty).toBe(true);
    });
  }
});

describe('expressions that are wrong, or may be', () => {
  for (const one of cases) {
    if (!one.diagnostics) continue;
    it(titleOf(one), () => {
      const found = check(one).diagnostics.map(({ code, span }) => ({
        code,
        at: one.text.slice(span!.start, span!.end),
      }));
      expect(found).toEqual(one.diagnostics);
    });
  }
});

describe('printing expressions', () => {
  for (const one of cases) {
    if (one.diagnostics) continue;
    it(`[EX12] ${one.text} parses to itself`, () => {
      const { parsed, checked } = check(one);
      const printed = printExpression(parsed);
      const again = parseExpression(printed);
      expect(again.diagnostics).toEqual([]);
      expect(withoutSpans(again.tree)).toEqual(withoutSpans(parsed));
      expect(printExpression(checked.tree)).toBe(printed);
    });
  }
});

function plainType(type: Type): string {
  switch (type.kind) {
    case 'Enumeration':
      return `Enumeration ${type.enumeration}`;
    case 'Object':
      return type.entity;
    case 'List':
      return `List ${type.entity}`;
    default:
      return type.kind;
  }
}

/** A value as the cases write it. */
function plain(value: Value, text: string): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return value;
  if (isDecimal(value)) return decimalText(value);
  switch (value.kind) {
    case 'dateTime':
      return new Date(value.ms).toISOString();
    case 'enumeration':
      return model.find('enumeration', value.enumeration)?.content.values.find(({ id }) => id === value.value)?.name;
    case 'object':
      return keyOf(value.id);
    case 'list':
      return value.items.map(({ id }) => keyOf(id));
    case 'error':
      return { code: value.code, at: value.span ? text.slice(value.span.start, value.span.end) : undefined };
  }
}

function withoutSpans(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (/span$/i.test(key) ? undefined : inner)));
}
