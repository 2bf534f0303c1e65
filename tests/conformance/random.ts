/** Random rows for the fixture's model, and random constraints that are well typed for it. */
import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { AssociationEnd } from '@skerry/shared/metamodel/domain-view';
import fc from 'fast-check';
import { model, type Row, type Surroundings, view } from './fixture.ts';

const ENTITIES = [
  'L.Person',
  'L.Employee',
  'L.Contractor',
  'L.City',
  'L.Country',
  'L.Skill',
  'L.Badge',
  'L.Team',
  'L.Account',
];
const TEXTS = ['', 'a', 'A', 'b', 'Ab', 'aB', '_', '%', "'", 'ä', 'Ä', '｡', '\u{1D4B3}', 'z\u{1F600}'];
const MOMENTS = [
  0, -1, 86_399_999, 1_774_746_000_000, 1_774_749_599_999, 1_792_890_000_000, 1_781_519_400_000, 1_781_474_400_000,
  -2_203_934_400_000, 1_798_000_000_000,
];

function cellArbitrary(kind: string, enumeration?: string): fc.Arbitrary<Cell> {
  const values: { readonly [kind: string]: readonly Cell[] } = {
    String: TEXTS,
    Integer: [0, 1, -1, 2, 2147483647],
    Long: ['0', '1', '-1', '9007199254740993', '-9223372036854775808'],
    Decimal: ['0', '1', '-1', '1.5', '-0.00000001', '99999999999999999999.99999999'],
    Boolean: [true, false],
    DateTime: MOMENTS,
    Enumeration: model.find('enumeration', enumeration ?? '')?.content.values.map(({ id }) => id) ?? [],
  };
  return fc.option(fc.constantFrom(...(values[kind] ?? ['1'])), { freq: 4 });
}

const ids = ENTITIES.flatMap((entity, at) =>
  [0, 1, 2].map((n) => ({ entity, id: `0190aaaa-0000-7000-8000-0000000000${at}${n}` as ObjectId })),
);

/** Three objects of each entity; links may lead to objects that are not there. */
export const randomRows: fc.Arbitrary<readonly Row[]> = fc
  .tuple(...ids.map(({ entity, id }) => rowArbitrary(entity, id)))
  .map((all) => all.flatMap((row) => row ?? []));

function rowArbitrary(entity: string, id: ObjectId): fc.Arbitrary<Row | null> {
  const attributes = [...view.attributes(entity).values()];
  const owned = view.owned(entity);
  const cells = fc.tuple(
    ...attributes.map(({ type }) =>
      cellArbitrary(type.kind, type.kind === 'Enumeration' ? type.enumeration : undefined),
    ),
  );
  const links = fc.tuple(...owned.map(linksArbitrary));
  const row = fc.tuple(cells, links).map(
    ([values, targets]): Row => ({
      id,
      entity,
      entityId: view.entity(entity)!.id,
      cells: new Map(attributes.map((attribute, at) => [attribute.id as string, values[at]!])),
      links: new Map(owned.map((end, at) => [end.id as string, targets[at]!])),
    }),
  );
  return fc.option(row, { freq: 5 });
}

function linksArbitrary(end: AssociationEnd): fc.Arbitrary<ObjectId[]> {
  const targets = ids.filter(({ entity }) => view.isA(entity, end.to)).map(({ id }) => id);
  if (targets.length === 0) return fc.constant([]);
  return fc.uniqueArray(fc.constantFrom(...targets), { maxLength: end.type === 'reference' ? 1 : 3 });
}

/** Surroundings that the constraints below use: values, an object and a list, some of them empty. */
export const randomSurroundings: fc.Arbitrary<Surroundings> = fc.record({
  session: fc.record({
    zone: fc.constantFrom('Europe/Amsterdam', 'America/New_York', 'UTC', 'Asia/Kathmandu'),
    firstDayOfWeek: fc.constantFrom(0, 1, 6),
    now: fc.constantFrom('2026-06-15T10:30:00Z', '2026-03-29T01:00:00Z', '2026-10-25T00:59:59Z'),
  }),
  variables: fc.record({
    text: fc.record({ type: fc.constant('String'), value: fc.option(fc.constantFrom(...TEXTS)) }),
    number: fc.record({ type: fc.constant('Integer'), value: fc.option(fc.constantFrom(0, 1, -1)) }),
    decimal: fc.record({ type: fc.constant('Decimal'), value: fc.option(fc.constantFrom('1.5', '-1')) }),
    person: fc.record({ type: fc.constant('L.Person'), value: fc.option(fc.constantFrom('ann', 'bob', 'cyd')) }),
    people: fc.record({ type: fc.constant('List L.Person'), value: fc.subarray(['ann', 'bob', 'cyd']) }),
  }),
});

const EQUALITIES = ['=', '!='];
const COMPARISONS = [...EQUALITIES, '<', '<=', '>', '>='];
const PARTS = ['year', 'quarter', 'month', 'week', 'day', 'day-of-year', 'weekday', 'hours', 'minutes', 'seconds'];
const TOKENS = [
  'CurrentDateTime',
  'BeginOfCurrentDay',
  'EndOfCurrentWeek',
  'BeginOfCurrentMonthUTC',
  'EndOfYesterday',
  'BeginOfCurrentYear',
];

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path to a member of some kind, over at most `depth` steps. */
function pathTo(entity: string, kinds: readonly string[], depth: number, filters: boolean): fc.Arbitrary<string> {
  const own = [...view.attributes(entity).values()]
    .filter(({ type, attribute }) => kinds.includes(type.kind) && !attribute?.calculatedBy)
    .map(({ name }) => name);
  const choices: fc.Arbitrary<string>[] = own.length > 0 ? [fc.constantFrom(...own), fc.constantFrom(...own)] : [];
  if (depth > 0)
    choices.push(
      stepFrom(entity, filters, depth).chain(({ text, reached }) =>
        pathTo(reached, kinds, depth - 1, filters).map((rest) => (rest ? `${text}/${rest}` : '')),
      ),
    );
  return choices.length > 0 ? fc.oneof(...choices) : fc.constant('');
}

/** One step with its entity, to an entity that still has the plain kinds of members. */
function stepFrom(entity: string, filters: boolean, depth: number): fc.Arbitrary<{ text: string; reached: string }> {
  const steps = view.ends(entity).filter((end) => ENTITIES.includes(end.far) || end.far === 'System.User');
  return fc.constantFrom(...steps).chain((end) => {
    const reached = [end.far, ...view.specialisations(end.far)].filter((name) => ENTITIES.includes(name));
    return fc
      .tuple(fc.constantFrom(...reached), filters ? fc.option(fc.nat(), { freq: 3 }) : fc.constant(null))
      .chain(([far, filter]) => {
        const text = `${stepText(end, entity)}/${far}`;
        return filter === null || depth < 1
          ? fc.constant({ text, reached: far })
          : conditionFor(far, 0).map((inner) => ({ text: `${text}[${inner}]`, reached: far }));
      });
  });
}

function stepText(end: AssociationEnd, entity: string): string {
  const isBack = end.direction === 'reverse' && view.step(entity, end.qualifiedName)?.direction === 'forward';
  return `${end.qualifiedName}${isBack ? '[reversed()]' : ''}`;
}

function atomFor(entity: string, depth: number): fc.Arbitrary<string> {
  const path = (kinds: readonly string[]) => pathTo(entity, kinds, depth, true);
  const numbers = ['Integer', 'Long', 'Decimal'];
  const number = fc.oneof(
    path(numbers),
    path(numbers),
    fc.constantFrom('0', '1', '-1', '1.5', '9007199254740993', '$number', '$decimal', '$person/Age', '@L.Rate'),
    path(['String']).map((one) => (one ? `string-length(${one})` : '')),
    datePart(path(['DateTime'])),
  );
  const text = fc.oneof(
    path(['String']),
    path(['String']),
    fc.constantFrom(...TEXTS.map(quote), '$text', '$person/Name', '$person/L.Person_Friends/L.Person/Name'),
  );
  const moment = fc.oneof(
    path(['DateTime']),
    path(['DateTime']),
    fc.constantFrom(...TOKENS.map((token) => `'[%${token}%]'`), "'[%BeginOfCurrentMonth%] - 2 * [%MonthLength%]'"),
  );
  const objects = fc.oneof(
    fc.constant('id'),
    stepFrom(entity, true, depth).map((step) => step.text),
    fc.constantFrom(...view.ends(entity).map((end) => stepText(end, entity))),
  );
  const comparison = (operand: fc.Arbitrary<string>, operators: readonly string[]) =>
    fc
      .tuple(operand, fc.constantFrom(...operators), operand)
      .map(([a, operator, b]) => (a && b ? `${a} ${operator} ${b}` : ''));
  const emptiness = (operand: fc.Arbitrary<string>) =>
    fc.tuple(operand, fc.constantFrom(...EQUALITIES)).map(([a, operator]) => (a ? `${a} ${operator} empty` : ''));
  const level = fc
    .tuple(path(['Enumeration']), fc.constantFrom(...COMPARISONS), fc.constantFrom("'Low'", "'High'", 'L.Level.Mid'))
    .map(([a, operator, b]) => (a ? `${a} ${operator} ${b}` : ''));
  const match = fc
    .tuple(fc.constantFrom('contains', 'starts-with', 'ends-with'), text, text)
    .map(([name, a, b]) => (a && b ? `${name}(${a}, ${b})` : ''));
  const atom = fc.oneof(
    comparison(number, COMPARISONS),
    comparison(text, COMPARISONS),
    comparison(moment, COMPARISONS),
    emptiness(path([...numbers, 'String', 'DateTime', 'Boolean', 'Enumeration'])),
    emptiness(objects),
    level,
    match,
    path(['Boolean']),
    objects,
    identity(entity, depth),
  );
  return atom.map((one) => one || 'true()');
}

function datePart(moment: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...PARTS), moment, fc.constantFrom('', ", 'UTC'", ", 'America/New_York'"))
    .map(([part, one, zone]) => (one ? `${part}-from-dateTime(${one}${zone})` : ''));
}

/** Comparisons of objects whose entities can meet. */
function identity(entity: string, depth: number): fc.Arbitrary<string> {
  const ends = view.ends(entity);
  return fc.constantFrom(...ends).chain((end) => {
    const others = [
      ...(view.isA('L.Person', end.far) || view.isA(end.far, 'L.Person')
        ? ['$person', '$people', '$person/L.Person_Manager', '$person/L.Person_Friends/L.Person']
        : []),
      ...(view.isA('L.Account', end.far) || view.isA(end.far, 'L.Account')
        ? ["'[%CurrentUser%]'", '$currentUser']
        : []),
      ...ends.filter((other) => view.isA(other.far, end.far)).map((other) => stepText(other, entity)),
      ...(view.isA(entity, end.far) ? ['id'] : []),
    ];
    const far = depth > 0 ? fc.boolean() : fc.constant(false);
    return fc
      .tuple(fc.constantFrom(...others), fc.constantFrom(...EQUALITIES), far)
      .map(([other, operator, named]) => `${stepText(end, entity)}${named ? `/${end.far}` : ''} ${operator} ${other}`);
  });
}

function conditionFor(entity: string, depth: number): fc.Arbitrary<string> {
  const atom = atomFor(entity, depth);
  const negated = atom.map((one) => `not(${one})`);
  const joined = fc
    .tuple(atom, fc.constantFrom('and', 'or'), fc.oneof(atom, negated))
    .map(([a, word, b]) => `(${a} ${word} ${b})`);
  return fc.oneof(
    { weight: 3, arbitrary: atom },
    { weight: 3, arbitrary: negated },
    { weight: 2, arbitrary: joined },
    { weight: 2, arbitrary: joined.map((one) => `not(${one})`) },
  );
}

/** A well-typed constraint and the entity it is for. */
export const randomConstraint: fc.Arbitrary<{ readonly entity: string; readonly text: string }> = fc
  .constantFrom('L.Person', 'L.Employee', 'L.City', 'L.Skill')
  .chain((entity) => conditionFor(entity, 2).map((condition) => ({ entity, text: `[${condition}]` })));
