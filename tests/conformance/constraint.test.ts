import type { ObjectId } from '@skerry/shared/base/ids';
import { parseConstraint } from '@skerry/shared/constraint/parse';
import { printConstraint } from '@skerry/shared/constraint/print';
import { selectSql } from '@skerry/shared/constraint/select-sql';
import { toComparator } from '@skerry/shared/constraint/to-comparator';
import { toPredicate } from '@skerry/shared/constraint/to-predicate';
import { planTables } from '@skerry/shared/relational/plan-tables';
import { describe, expect, it } from 'vitest';
import { constraintCases, inOrder, resolveCase, runnableCases, titleOf } from './constraint-cases.ts';
import { environmentOf, keyOf, model, readerOf, rows } from './fixture.ts';
import { openSqlite } from './sqlite.ts';

describe('constraints in memory', () => {
  const reader = readerOf(rows);
  for (const one of runnableCases) {
    it(titleOf(one), () => {
      const { constraint, sort, diagnostics } = resolveCase(one);
      expect(diagnostics).toEqual([]);
      const keeps = toPredicate(constraint!, environmentOf(one));
      const compare = toComparator(sort);
      const found = rows
        .filter((row) => constraint!.entities.includes(row.entityId) && keeps(row.id, reader))
        .map((row) => row.id);
      const ordered = found.toSorted((a: ObjectId, b: ObjectId) => compare(a, b, reader));
      const range = ordered.slice(one.offset ?? 0, one.limit === undefined ? undefined : (one.offset ?? 0) + one.limit);
      expect(inOrder(one, range.map(keyOf))).toEqual(inOrder(one, one.expected!));
    });
  }
});

describe('constraints on SQLite', () => {
  const plan = planTables(model);
  const database = openSqlite(plan, rows);
  for (const one of runnableCases) {
    it(titleOf(one), () => {
      const { constraint, sort } = resolveCase(one);
      const { limit, offset } = one;
      const found = database.select(
        selectSql({ constraint: constraint!, sort, limit, offset }, plan, 'sqlite', environmentOf(one)),
      );
      expect(inOrder(one, found.map(keyOf))).toEqual(inOrder(one, one.expected!));
    });
  }
});

describe('constraints that are wrong', () => {
  for (const one of constraintCases) {
    if (!one.diagnostics) continue;
    it(titleOf(one), () => {
      const { diagnostics, constraint } = resolveCase(one);
      const source = one.sort?.[0]?.path ?? one.text;
      const found = diagnostics.map(({ code, span }) => ({
        code,
        at: one.sort && !code.includes('unknown') ? '' : source.slice(span!.start, span!.end),
      }));
      expect(found).toEqual(one.diagnostics);
      if (!one.sort) expect(constraint).toBeNull();
    });
  }
});

describe('printing constraints', () => {
  for (const one of runnableCases) {
    it(`[CX16] ${one.text} parses to itself`, () => {
      const { tree } = parseConstraint(one.text);
      const printed = printConstraint(tree);
      const again = parseConstraint(printed);
      expect(again.diagnostics).toEqual([]);
      expect(printConstraint(again.tree)).toBe(printed);
      expect(withoutSpans(again.tree.brackets)).toEqual(withoutSpans(tree.brackets));
    });
  }
});

function withoutSpans(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (/span$/i.test(key) ? undefined : inner)));
}
