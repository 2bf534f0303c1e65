import type { Cell } from '../base/cell.ts';
import { Defect, must } from '../base/invariant.ts';
import { UTC } from '../expression/local-time.ts';
import { orderTextOfInteger } from '../relational/decimal-order.ts';
import { type Dialect, quoteName, type Sql } from '../relational/dialect.ts';
import type { RelationalPlan } from '../relational/plan.ts';
import { type BindingEnvironment, bindObjects, bindValue, zoneOf } from './bind-values.ts';
import { datePartSql, offsetSql } from './date-part-sql.ts';
import { type Fragment, joinSql, renderSql, sql } from './fragment.ts';
import type {
  ComparisonType,
  ResolvedCondition,
  ResolvedConstraint,
  ResolvedObjects,
  ResolvedStep,
  ResolvedValue,
} from './resolved.ts';
import { notStored, type Source, SqlWriter, tableSource, unionSource } from './sql-writer.ts';

export interface ToSqlOptions {
  readonly environment: BindingEnvironment;
  /** Alias of the row in the statement the condition goes into; a plain identifier not of the form t0, t1 …. */
  readonly alias: string;
  /** Entity whose table the alias stands for; absent: the constraint's own. A query over a generalization asks for each. */
  readonly entity?: ResolvedConstraint['entity'];
  /** Number of the first parameter, for PostgreSQL. */
  readonly firstParameter?: number;
}

/** A Boolean condition over one row, true for those that are kept; in a WHERE clause unknown counts as false. */
export function toSql(
  resolved: ResolvedConstraint,
  plan: RelationalPlan,
  dialect: Dialect,
  options: ToSqlOptions,
): Sql {
  const writer = new SqlWriter(plan, dialect);
  const entity = options.entity ?? resolved.entity;
  const table = writer.tables([entity])[0];
  if (!table) throw notStored(`there is no table of the entity ${entity}`, entity);
  const condition = conditionSql(resolved.condition, tableSource(options.alias, table), writer, options.environment);
  return renderSql(condition, dialect, options.firstParameter);
}

/** The condition as a part of a larger statement. It can stand beside AND, OR and NOT. */
export function conditionSql(
  condition: ResolvedCondition,
  source: Source,
  writer: SqlWriter,
  environment: BindingEnvironment,
): Fragment {
  return new ConditionWriter(writer, environment).condition(condition, source);
}

const TRUE = sql`(1 = 1)`;
const FALSE = sql`(1 = 0)`;

/** An object a step came to: its id in SQL, and its row where its entity is named. */
interface Reached {
  readonly id: Fragment;
  readonly source?: Source;
}

type Body = (reached: Reached) => Fragment;

class ConditionWriter {
  readonly #writer: SqlWriter;
  readonly #environment: BindingEnvironment;
  readonly #isSqlite: boolean;

  constructor(writer: SqlWriter, environment: BindingEnvironment) {
    this.#writer = writer;
    this.#environment = environment;
    this.#isSqlite = writer.dialect === 'sqlite';
  }

  condition(condition: ResolvedCondition, source: Source): Fragment {
    switch (condition.kind) {
      case 'and':
      case 'or':
        return sql`(${joinSql(
          condition.operands.map((operand) => this.condition(operand, source)),
          condition.kind === 'and' ? ' AND ' : ' OR ',
        )})`;
      case 'not':
        return sql`(NOT ${this.condition(condition.operand, source)})`;
      case 'always':
        return condition.value ? TRUE : FALSE;
      case 'compare':
        return this.#atom([condition.left, condition.right], condition.type, source, ([a, b]) =>
          this.#comparison(condition, a!, b!),
        );
      case 'isEmpty':
        return this.#atom(
          [condition.value],
          condition.value.type,
          source,
          ([value]) => sql`(${value!} IS ${condition.negated ? 'NOT ' : ''}NULL)`,
        );
      case 'truth':
        return this.#atom([condition.value], 'boolean', source, ([value]) =>
          this.#isSqlite ? sql`(${value!} = 1)` : sql`(${value!})`,
        );
      case 'match':
        return this.#atom([condition.value, condition.search], 'text', source, ([text, part]) =>
          this.#match(condition.how, text!, part!),
        );
      case 'exists':
        return this.#exists(condition.objects, source);
      case 'same':
        return this.#same(condition, source);
    }
  }

  /**
   * A test of values, written as SQL of `type`. Those reached over associations each open an EXISTS around it, which
   * makes the whole two-valued.
   */
  #atom(
    values: readonly ResolvedValue[],
    type: ComparisonType,
    source: Source,
    test: (values: readonly Fragment[]) => Fragment,
  ): Fragment {
    const alternatives = this.#alternatives(values);
    if (alternatives) {
      // A variable's path gave several values: one of them has to do.
      const each = alternatives.map((chosen) => sql`(${this.#atom(chosen, type, source, test)} IS TRUE)`);
      return each.length === 0 ? FALSE : sql`(${joinSql(each, ' OR ')})`;
    }
    const open = (at: number, written: readonly Fragment[]): Fragment => {
      const value = values[at];
      if (!value) return test(written);
      const { steps } = memberOf(value) ?? { steps: [] };
      const next = (row: Source | undefined) =>
        open(at + 1, [...written, this.#value(value, type, must(row, 'a member is reached by naming its entity'))]);
      return steps.length === 0 ? next(source) : this.#reach(steps, source, (reached) => next(reached.source));
    };
    return open(0, []);
  }

  /** The values with each that stands for many replaced by one of them, in every combination; null if none does. */
  #alternatives(values: readonly ResolvedValue[]): ResolvedValue[][] | null {
    const bound = values.map((value) => bindValue(value, this.#environment));
    if (!bound.some((one) => one?.kind === 'many')) return null;
    let combinations: ResolvedValue[][] = [[]];
    for (const [at, value] of values.entries()) {
      const one = bound[at];
      const choices = one?.kind === 'many' ? one.cells.map((cell) => literal(cell, value.type)) : [value];
      combinations = combinations.flatMap((combination) => choices.map((choice) => [...combination, choice]));
    }
    return combinations;
  }

  #value(value: ResolvedValue, type: ComparisonType, source: Source): Fragment {
    const bound = bindValue(value, this.#environment);
    if (bound?.kind === 'one') return this.#writer.cell(bound.cell, type);
    const read = this.#read(value, source);
    return type === 'decimal' && value.type !== 'decimal' && this.#isSqlite ? wrap(read, orderTextOfInteger) : read;
  }

  /** What is read from the row. */
  #read(value: ResolvedValue, source: Source): Fragment {
    switch (value.kind) {
      case 'member':
        return this.#writer.column(source, value.member);
      case 'length':
        return sql`${this.#isSqlite ? 'length' : 'char_length'}(${this.#read(value.value, source)})`;
      case 'datePart': {
        const moment = this.#read(value.value, source);
        const zone = zoneOf(value.zone, this.#environment);
        if (!zone) return sql`CAST(NULL AS integer)`;
        const number = (ms: number) => this.#writer.wholeNumber(ms);
        return datePartSql(value.part, zone === UTC ? moment : sql`${moment} + ${offsetSql(moment, zone, number)}`);
      }
      default:
        throw new Defect('What does not depend on the row is bound before it is written.');
    }
  }

  #comparison(condition: Extract<ResolvedCondition, { kind: 'compare' }>, a: Fragment, b: Fragment): Fragment {
    const operator = condition.operator === '!=' ? '<>' : condition.operator;
    const isOrdering = operator !== '=' && operator !== '<>';
    if (condition.type === 'text' && isOrdering)
      return sql`(${this.#foldedPair(a)} ${operator} ${this.#foldedPair(b)})`;
    const { order } = condition;
    if (!order) return sql`(${a} ${operator} ${b})`;
    return sql`(${enumerationPlaceSql(a, order, this.#writer)} ${operator} ${enumerationPlaceSql(b, order, this.#writer)})`;
  }

  /** One order of texts: folded, then by code point. */
  #foldedPair(text: Fragment): Fragment {
    return this.#isSqlite ? sql`(lower(${text}), ${text})` : sql`(lower(${text} COLLATE "C"), ${text} COLLATE "C")`;
  }

  #match(how: 'contains' | 'startsWith' | 'endsWith', text: Fragment, part: Fragment): Fragment {
    const fold = (value: Fragment) => (this.#isSqlite ? sql`lower(${value})` : sql`lower(${value} COLLATE "C")`);
    const x = fold(text);
    const p = fold(part);
    if (how === 'contains') return this.#isSqlite ? sql`(instr(${x}, ${p}) > 0)` : sql`(strpos(${x}, ${p}) > 0)`;
    if (how === 'startsWith') return sql`(substr(${x}, 1, length(${p})) = ${p})`;
    // The first comparison keeps the start from going below one, which the dialects take differently.
    return sql`(length(${x}) >= length(${p}) AND substr(${x}, length(${x}) - length(${p}) + 1) = ${p})`;
  }

  #exists(objects: ResolvedObjects, source: Source): Fragment {
    if (objects.kind === 'objects') return this.#reach(objects.steps, source, () => TRUE);
    return bindObjects(objects, this.#environment)!.length > 0 ? TRUE : FALSE;
  }

  #same({ left, right, negated }: Extract<ResolvedCondition, { kind: 'same' }>, source: Source): Fragment {
    const operator = negated ? '<>' : '=';
    if (left.kind === 'objects' && right.kind === 'objects') {
      return this.#reach(left.steps, source, (a) =>
        this.#reach(right.steps, source, (b) => sql`(${a.id} ${operator} ${b.id})`),
      );
    }
    const path = left.kind === 'objects' ? left : right;
    const ids = bindObjects(left.kind === 'objects' ? right : left, this.#environment)!;
    if (path.kind !== 'objects') {
      const others = bindObjects(path, this.#environment)!;
      return ids.some((a) => others.some((b) => (a === b) !== negated)) ? TRUE : FALSE;
    }
    if (ids.length === 0) return FALSE;
    return this.#reach(
      path.steps,
      source,
      ({ id }) =>
        sql`(${joinSql(
          ids.map((one) => sql`${id} ${operator} ${this.#writer.id(one)}`),
          ' OR ',
        )})`,
    );
  }

  /** True, never unknown, if for some object at the end of the steps the body is true. */
  #reach(steps: readonly ResolvedStep[], source: Source, body: Body): Fragment {
    const [step, ...rest] = steps;
    if (!step) return body({ id: [`${source.alias}."$id"`], source });
    return this.#step(step, source, (reached) => {
      const inner =
        rest.length > 0
          ? this.#reach(rest, must(reached.source, 'only the last step goes without an entity'), body)
          : body(reached);
      const filters = step.filters.map((filter) =>
        this.condition(filter, must(reached.source, 'brackets stand behind an entity')),
      );
      return joinSql([...filters, inner], ' AND ');
    });
  }

  #step(step: ResolvedStep, source: Source, body: Body): Fragment {
    const id: Fragment = [`${source.alias}."$id"`];
    const link = this.#writer.linkTable(step.association);
    const isForward = step.direction === 'forward';
    if (link) {
      const alias = this.#writer.alias();
      const [near, far] = isForward ? ['$owner', '$target'] : ['$target', '$owner'];
      const farId: Fragment = [`${alias}."${far}"`];
      const inner = step.named
        ? this.#inTables(step, (row) => sql`${row.alias}."$id" = ${farId}`, body)
        : body({ id: farId });
      return sql`EXISTS (SELECT 1 FROM ${quoteName(link.name)} ${alias} WHERE ${alias}."${near!}" = ${id} AND ${inner})`;
    }
    if (!isForward)
      return this.#inTables(step, (row) => sql`${this.#writer.column(row, step.association)} = ${id}`, body);
    const reference = this.#writer.column(source, step.association);
    if (!step.named) return sql`(${reference} IS NOT NULL AND ${body({ id: reference })})`;
    return this.#inTables(step, (row) => sql`${row.alias}."$id" = ${reference}`, body);
  }

  #inTables(step: ResolvedStep, join: (row: Source) => Fragment, body: Body): Fragment {
    const tables = this.#writer.tables(step.entities);
    const [table] = tables;
    if (!table) return FALSE;
    const alias = this.#writer.alias();
    const union = tables.length > 1 ? unionSource(alias, tables) : undefined;
    const row = union ?? tableSource(alias, table);
    const condition = sql`${join(row)} AND ${body({ id: [`${alias}."$id"`], source: row })}`;
    return sql`EXISTS (SELECT 1 FROM ${union?.from() ?? quoteName(table.name)} ${alias} WHERE ${condition})`;
  }
}

/** The place of an enumeration's value in its order. */
export function enumerationPlaceSql(value: Fragment, order: readonly string[], writer: SqlWriter): Fragment {
  const cases = order.map((id, at) => sql` WHEN ${writer.cell(id, 'text')} THEN ${at}`);
  return order.length === 0 ? sql`CAST(NULL AS integer)` : sql`CASE ${value}${joinSql(cases, '')} END`;
}

function memberOf(value: ResolvedValue): Extract<ResolvedValue, { kind: 'member' }> | null {
  if (value.kind === 'length' || value.kind === 'datePart') return memberOf(value.value);
  return value.kind === 'member' ? value : null;
}

/** A value bound already. An empty one is a variable that nobody sets. */
function literal(cell: Cell, type: ComparisonType): ResolvedValue {
  return cell === null ? { kind: 'variable', name: '', steps: [], type } : { kind: 'literal', value: cell, type };
}

/** Puts a fragment into SQL that is made as text. */
function wrap(fragment: Fragment, around: (sql: string) => string): Fragment {
  const mark = '\u0000';
  return around(mark)
    .split(mark)
    .flatMap((text, at) => (at === 0 ? [text] : [...fragment, text]));
}
