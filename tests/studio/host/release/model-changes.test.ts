import type { JsonObject } from '@skerry/shared/base/json';
import { describe, expect, it } from 'vitest';
import { modelChanges } from '../../../../studio/host/release/model-changes.ts';
import { anApp } from '../../../support/model-builder.ts';

const base = anApp()
  .withUserRole('Clerk', ['M.User'])
  .withEntity('M.Site', { attributes: { Name: 'String' } })
  .build();
const SITE = 'modules/M/entities/Site.json';

describe('the changes of a model in words', () => {
  it('are none for equal models, and none for another version of the app', () => {
    const app = base.get('skerry.json') as JsonObject;
    expect(modelChanges(base, base)).toEqual([]);
    expect(modelChanges(base, new Map([...base, ['skerry.json', { ...app, version: '9.9.9' }]]))).toEqual([]);
  });

  it('name what was added, removed and changed', () => {
    const after = anApp()
      .withUserRole('Clerk', ['M.User'])
      .withEntity('M.Site', { attributes: { Name: 'Integer', City: 'String' } })
      .withEntity('M.Note', {})
      .build();
    expect(modelChanges(base, after).map(({ name, change, details }) => [name, change, details])).toEqual([
      ['M.Note', 'added', []],
      ['M.Site', 'changed', ['attribute City added', 'attribute Name: type']],
    ]);
    expect(modelChanges(after, base).map(({ name, change }) => [name, change])).toEqual([
      ['M.Note', 'removed'],
      ['M.Site', 'changed'],
    ]);
  });

  it('follow a document that was renamed', () => {
    const site = base.get(SITE) as JsonObject;
    const after = new Map([...base].filter(([path]) => path !== SITE));
    after.set('modules/M/entities/Place.json', { ...site, name: 'Place' });
    expect(modelChanges(base, after)).toEqual([
      {
        document: 'modules/M/entities/Place.json',
        name: 'M.Place',
        kind: 'entity',
        change: 'moved',
        details: ['was M.Site', 'name: Site → Place'],
      },
    ]);
  });
});
