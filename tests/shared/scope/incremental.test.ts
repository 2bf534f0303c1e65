import type { JsonObject } from '@skerry/shared/base/json';
import { type Documents, readModel } from '@skerry/shared/metamodel/model';
import { type Analysis, analyze, offlineProfiles } from '@skerry/shared/scope/analyze';
import { factsOf } from '@skerry/shared/scope/facts';
import { scopeReport } from '@skerry/shared/scope/report';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generateModel } from '../../bench/generate-model.ts';
import { anApp } from '../../support/model-builder.ts';
import { analyzed, listOf } from './analyze-model.ts';

const start = generateModel({ entities: 20, documents: 130 });

/** Edits that move scopes: documents lost, lists turned to other entities, modes set, rules and associations dropped. */
const edit = fc.record({
  kind: fc.constantFrom(
    'remove',
    'retarget',
    'mode',
    'rules',
    'associations',
    'touch',
    'members',
    'access',
    'returns',
    'caption',
  ),
  at: fc.nat(1000),
  to: fc.nat(1000),
});
type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

function apply(documents: Documents, { kind, at, to }: Edit): Documents {
  const edited = new Map(documents);
  const pick = (of: string) => {
    const found = [...edited].filter(([, content]) => content.kind === of);
    return found[at % found.length];
  };
  const change = (of: string, by: (content: JsonObject) => JsonObject) => {
    const [path, content] = pick(of) ?? [];
    if (path && content) edited.set(path, by(content));
  };
  const entities = [...start]
    .filter(([, content]) => content.kind === 'entity')
    .map(([path]) => {
      const [, module, , name] = path.split('/');
      return `${module}.${name?.replace('.json', '')}`;
    });
  const target = entities[to % entities.length] ?? '';
  switch (kind) {
    case 'remove': {
      const of = (['page', 'nanoflow', 'entity'] as const)[to % 3] ?? 'page';
      const [path] = pick(of) ?? [];
      if (path) edited.delete(path);
      break;
    }
    case 'retarget':
      change('page', (page) => JSON.parse(JSON.stringify(page).replace(/"entity":"[^"]+"/, `"entity":"${target}"`)));
      break;
    case 'mode':
      change('navigationProfile', (profile) => {
        const mode = ['all', 'constrained', 'uploadOnly', 'kept', 'never', 'online'][at % 6] ?? 'all';
        return { ...profile, synchronization: { entities: { [target]: { mode, constraint: '[Done]' } } } };
      });
      break;
    case 'members':
      change('navigationProfile', (profile) => ({
        ...profile,
        synchronization: { members: at % 2 ? 'used' : 'readable' },
      }));
      break;
    case 'rules':
      change('entity', (entity) => ({ ...entity, accessRules: [] }));
      break;
    case 'associations':
      change('entity', (entity) => ({ ...entity, associations: [] }));
      break;
    case 'access':
      change('page', (page) => ({ ...page, allowedModuleRoles: at % 2 ? [] : ['User'] }));
      break;
    case 'returns':
      change('nanoflow', (flow) => ({ ...flow, returnType: { kind: 'Object', entity: target } }));
      break;
    case 'caption':
      change('page', (page) => JSON.parse(JSON.stringify(page).replace(/"en":"[^"]*"/, `"en":"{1} caption ${to}"`)));
      break;
    case 'touch':
      change('page', (page) => ({ ...page, documentation: `touched ${to}` }));
      break;
  }
  return edited;
}

function analysisOf(documents: Documents, previous?: Analysis): Analysis {
  const model = readModel(documents);
  const [profile] = offlineProfiles(model);
  return analyze(model, profile ?? expect.fail('an offline profile'), { previous });
}

describe('incremental analysis', () => {
  it('[SC14] equals a cold one after any edits', () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 8 }), (edits) => {
        let documents: Documents = start;
        let analysis = analysisOf(documents);
        for (const one of edits) {
          documents = apply(documents, one);
          analysis = analysisOf(documents, analysis);
        }
        // Copies have no identity in common with what the caches know.
        const cold = analysisOf(structuredClone(documents));
        expect(analysis.plan).toEqual(cold.plan);
        expect(analysis.hash).toBe(cold.hash);
        expect(scopeReport(analysis, { allReasons: true })).toEqual(scopeReport(cold, { allReasons: true }));
      }),
      { numRuns: 12 },
    );
  });

  it('brings members back when the profile no longer keeps to those that are used', () => {
    const path = 'navigation/Phone.json';
    const documents = anApp()
      .withUserRole('Field', ['M.User'])
      .withEntity('M.A', { attributes: { Seen: 'String', Unseen: 'String' } })
      .withPage('M.P', [listOf('M.A')])
      .withProfile('Phone', { home: 'M.P' })
      .build();
    const app = (members: string) =>
      readModel(new Map(documents).set(path, { ...documents.get(path)!, synchronization: { members } }));
    const names = (of: Analysis) => of.plan.entities[0]?.members.map((member) => member.name);
    const used = analyzed(app('used'));
    expect(names(used)).not.toContain('Unseen');
    expect(names(analyzed(app('readable'), { previous: used }))).toContain('Unseen');
  });

  it('says what entered, left and changed mode', () => {
    const app = (entity: string, mode: string) =>
      anApp()
        .withEntity('M.A')
        .withEntity('M.B')
        .withEntity('M.C')
        .withPage('M.P', [listOf(entity), listOf('M.C')])
        .withProfile('Phone', { home: 'M.P', synchronization: { entities: { 'M.C': { mode } } } });
    const before = analyzed(app('M.A', 'all'));
    const after = analyzed(app('M.B', 'kept'), { previous: before });
    expect(after.diff).toEqual({
      entered: ['M.B'],
      left: ['M.A'],
      changedMode: [{ entity: 'M.C', from: 'all', to: 'kept' }],
      changed: [],
    });
  });

  it('looks again only into documents that changed', () => {
    const documents = anApp()
      .withEntity('M.A')
      .withPage('M.P', [listOf('M.A')])
      .withPage('M.Q', [listOf('M.A')])
      .build();
    const edited = new Map(documents).set('modules/M/pages/P.json', { ...documents.get('modules/M/pages/P.json')! });
    const facts = (of: Documents, page: string) => factsOf(readModel(of).find('page', page) ?? expect.fail(page));
    expect(facts(edited, 'M.Q')).toBe(facts(documents, 'M.Q'));
    expect(facts(edited, 'M.P')).not.toBe(facts(documents, 'M.P'));
    expect(facts(edited, 'M.P')).toEqual(facts(documents, 'M.P'));
  });

  it('ignores in automatic mode what the modeler set and added', () => {
    const app = anApp()
      .withEntity('M.A')
      .withEntity('M.B')
      .withPage('M.P', [listOf('M.A')])
      .withProfile('Phone', {
        home: 'M.P',
        synchronization: { entities: { 'M.A': { mode: 'kept' } }, additional: ['M.B'] },
      });
    const modes = (automatic: boolean) =>
      analyzed(app, { automatic }).plan.entities.map((entity) => [entity.entity, entity.mode]);
    expect(modes(false)).toEqual([
      ['M.A', 'kept'],
      ['M.B', 'all'],
    ]);
    expect(modes(true)).toEqual([['M.A', 'all']]);
  });
});
