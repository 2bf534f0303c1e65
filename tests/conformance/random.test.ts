import { resolveConstraint } from '@skerry/shared/constraint/resolve';
import { selectSql } from '@skerry/shared/constraint/select-sql';
import { toPredicate } from '@skerry/shared/constraint/to-predicate';
import { planTables } from '@skerry/shared/relational/plan-tables';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { environmentOf, model, readerOf, variableTypes, view } from './fixture.ts';
import { randomConstraint, randomRows, randomSurroundings } from './random.ts';
import { openSqlite } from './sqlite.ts';

it('[CX1–CX13] keeps the same rows in memory and on SQLite, whatever the data and the constraint', () => {
  const plan = planTables(model);
  fc.assert(
    fc.property(
      randomRows,
      randomSurroundings,
      fc.array(randomConstraint, { minLength: 10, maxLength: 20 }),
      (rows, surroundings, constraints) => {
        const reader = readerOf(rows);
        const database = openSqlite(plan, rows);
        const environment = environmentOf(surroundings);
        for (const { entity, text } of constraints) {
          const { resolved, diagnostics } = resolveConstraint(text, {
            view,
            entity,
            variables: variableTypes(surroundings),
          });
          expect({ text, diagnostics }).toEqual({ text, diagnostics: [] });
          const keeps = toPredicate(resolved!, environment);
          const inMemory = rows
            .filter((row) => resolved!.entities.includes(row.entityId) && keeps(row.id, reader))
            .map(({ id }) => id);
          const found = database.select(selectSql({ constraint: resolved! }, plan, 'sqlite', environment));
          expect({ text, ids: found }).toEqual({ text, ids: inMemory.toSorted() });
          // Plain and whole: what is kept of it is all there is.
          expect(JSON.parse(JSON.stringify(resolved))).toEqual(resolved);
        }
      },
    ),
    { numRuns: 40 },
  );
});
