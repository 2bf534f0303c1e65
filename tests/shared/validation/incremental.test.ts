import type { Diagnostic } from '@skerry/shared/base/diagnostic';
import { compareCodePoints, type JsonObject } from '@skerry/shared/base/json';
import { type Documents, readModel } from '@skerry/shared/metamodel/model';
import { IncrementalChecks } from '@skerry/shared/validation/incremental';
import { runChecks } from '@skerry/shared/validation/run';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleDocuments } from '../../fixtures/sample-project.ts';
import { anApp, type Loose } from '../../support/model-builder.ts';

const sample = sampleDocuments();
/** Members that come from far up, paths that go back over what others own: all that an edit elsewhere can break. */
const family = anApp()
  .withUserRole('Field', ['M.User'])
  .withEnumeration('M.State', ['Open', 'Done'])
  .withEntity('M.Base', { attributes: { Name: 'String', Status: 'Enumeration(M.State)' } })
  .withEntity('M.Special', { generalization: 'M.Base', attributes: { Title: 'String' } })
  .withEntity('M.Leaf', { generalization: 'M.Special', rules: [{ read: 'all', constraint: "[Name = 'x']" }] })
  .withEntity('M.Owner', { attributes: { Code: 'String' }, associations: { Owner_Base: 'M.Base' } })
  .withLayout('M.Layout')
  .withPage('M.Leaves', [listOf('M.Leaf', "[Status = 'Open']", '$currentObject/Name')])
  .withPage('M.Titles', [listOf('M.Leaf', "[M.Owner_Base/M.Owner/Code = 'x']", '$currentObject/Title')])
  .withPage('M.Bases', [listOf('M.Base', '[Owner_Base]', '$currentObject/Status')])
  .withPage('M.Owners', [
    listOf('M.Owner', "[M.Owner_Base/M.Leaf/Title = 'x']", '$currentObject/M.Owner_Base/M.Base/Name'),
  ])
  .withNanoflow('M.Flow', [
    { kind: 'retrieve', source: { kind: 'database', entity: 'M.Leaf', constraint: "[Name = 'a']" }, output: 'Found' },
  ])
  .build();

function listOf(entity: string, constraint: string, shown: string): Loose {
  return {
    kind: 'listView',
    source: { kind: 'database', entity, constraint },
    widgets: [{ kind: 'dynamicText', content: { text: { en: '{1}' }, parameters: [shown] } }],
  };
}

const NAMES = ['Name', 'Status', 'Title', 'Code', 'Nothing'];

/** What people do to a model: drop, rename, move and retype things, write other texts, change who may what. */
const command = fc.record({
  kind: fc.constantFrom(
    'remove',
    'restore',
    'rename',
    'member',
    'inherit',
    'associate',
    'text',
    'values',
    'roles',
    'parameters',
  ),
  at: fc.nat(10_000),
  to: fc.nat(10_000),
});
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)];

function run(start: Documents, documents: Documents, { kind, at, to }: Command): Documents {
  const after = new Map(documents);
  const paths = (...kinds: string[]) =>
    [...documents].filter(([, one]) => kinds.includes(String(one.kind))).map(([path]) => path);
  const change = (path: string | undefined, by: (content: JsonObject) => JsonObject) => {
    const content = path && after.get(path);
    if (path && content) after.set(path, by(content));
  };
  const entity = pick(paths('entity'), at);
  const other = pick(paths('entity'), to)?.replace(/^modules\/(\w+)\/entities\/(\w+)\.json$/, '$1.$2') ?? '';
  switch (kind) {
    case 'remove':
      after.delete(
        pick(paths('entity', 'page', 'nanoflow', 'microflow', 'enumeration', 'snippet', 'module', 'constant'), at) ??
          '',
      );
      break;
    case 'restore': {
      const gone = [...start].filter(([path]) => !documents.has(path));
      const back = pick(gone, at);
      if (back) after.set(...back);
      break;
    }
    case 'rename': {
      const path = pick(paths('entity', 'page', 'nanoflow', 'enumeration', 'constant'), at) ?? '';
      const content = after.get(path);
      const name = `${String(content?.name)}X`;
      after.delete(path);
      if (content) after.set(path.replace(/\w+\.json$/, `${name}.json`), { ...content, name });
      break;
    }
    case 'member':
      change(entity, (content) => {
        const attributes = content.attributes as JsonObject[];
        const first = pick(attributes, to);
        return {
          ...content,
          attributes: attributes.map((one) => (one === first ? { ...one, name: pick(NAMES, to) as string } : one)),
        };
      });
      break;
    case 'inherit':
      change(entity, ({ generalization: _, ...content }) =>
        at % 3 === 0 ? content : { ...content, generalization: other },
      );
      break;
    case 'associate':
      change(entity, (content) => {
        const associations = (content.associations ?? []) as JsonObject[];
        return {
          ...content,
          associations: at % 2 ? associations.slice(1) : associations.map((one) => ({ ...one, to: other })),
        };
      });
      break;
    case 'text':
      change(pick(paths('page', 'nanoflow', 'microflow', 'entity', 'navigationProfile'), at), (content) =>
        JSON.parse(JSON.stringify(content).replaceAll(`/${pick(NAMES, to)}`, `/${pick(NAMES, at)}`)),
      );
      break;
    case 'values':
      change(pick(paths('enumeration'), at), (content) => ({
        ...content,
        values: (content.values as JsonObject[]).slice(1),
      }));
      break;
    case 'roles':
      change('security.json', (content) => ({
        ...content,
        userRoles: (content.userRoles as JsonObject[]).slice(at % 2),
      }));
      break;
    case 'parameters':
      change(pick(paths('page', 'nanoflow', 'snippet', 'microflow'), at), ({ parameters: _, ...content }) => content);
      break;
  }
  return after;
}

function cold(documents: Documents): readonly string[] {
  return lines(runChecks(readModel(documents)));
}

function lines(found: Iterable<Diagnostic>): readonly string[] {
  return [...found].map((one) => JSON.stringify(one)).sort(compareCodePoints);
}

function finish(checks: IncrementalChecks): void {
  while (checks.work(40).size > 0);
  checks.slow();
}

function known(checks: IncrementalChecks, documents: Documents): readonly string[] {
  return lines([...documents.keys()].flatMap((path) => [...checks.of(path)]));
}

describe('incremental checks', () => {
  it.each([
    ['the sample', sample, 40],
    ['a family of entities', family, 200],
  ] as const)('say after any commands on %s what a cold run says', (_, start, numRuns) => {
    fc.assert(
      fc.property(
        fc.array(command, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(60), { maxLength: 8 }),
        (commands, pauses) => {
          const checks = new IncrementalChecks();
          let documents: Documents = start;
          checks.begin(readModel(documents));
          finish(checks);
          for (const [at, one] of commands.entries()) {
            documents = run(start, documents, one);
            checks.begin(readModel(documents));
            // The next edit comes before the work on this one is done.
            checks.work(pauses[at] ?? 0);
          }
          finish(checks);
          expect(known(checks, documents)).toEqual(cold(documents));
        },
      ),
      { numRuns },
    );
  });

  it('look again only at what changed and at what asked for it', () => {
    const app = anApp()
      .withUserRole('Field', ['M.User'])
      .withEntity('M.Site', { attributes: { Name: 'String' } })
      .withEntity('M.Other', { attributes: { Name: 'String' } })
      .withLayout('M.Layout')
      .withPage('M.Sites', [{ kind: 'listView', source: { kind: 'database', entity: 'M.Site' }, widgets: [] }])
      .withPage('M.Others', [{ kind: 'listView', source: { kind: 'database', entity: 'M.Other' }, widgets: [] }]);
    const documents = app.build();
    const checks = new IncrementalChecks();
    checks.begin(readModel(documents));
    finish(checks);
    const path = 'modules/M/entities/Site.json';
    const edited = new Map(documents).set(path, { ...documents.get(path), documentation: 'A place.' } as JsonObject);
    expect(checks.begin(readModel(edited))).toBe(1);
    const looked = [...checks.work(100).keys()];
    expect(looked[0]).toBe(path);
    expect(looked).toContain('modules/M/pages/Sites.json');
    expect(looked).not.toContain('modules/M/pages/Others.json');
  });
});
