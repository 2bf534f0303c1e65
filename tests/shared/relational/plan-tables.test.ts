import { readModel } from '@skerry/shared/metamodel/model';
import { planTables } from '@skerry/shared/relational/plan-tables';
import { expect, it } from 'vitest';
import { anApp, idOf } from '../../support/model-builder.ts';

const app = anApp()
  .withEntity('M.Tag', { attributes: { Name: 'String' } })
  .withEntity('M.Base', { associations: { Base_Tags: 'M.Tag*' } })
  .withEntity('M.Part', { generalization: 'M.Base', attributes: { Size: 'Integer' } })
  .build();

it('a set that a generalization declares is stored for its specialisations, though the generalization has no rows here', () => {
  const plan = planTables(readModel(app), { entities: new Set(['M.Part', 'M.Tag']) });
  expect(plan.entities.find(({ name }) => name === 'M.Base')).toEqual({
    id: idOf('M.Base'),
    name: 'M.Base',
    table: '',
    concrete: [idOf('M.Part')],
  });
  expect(plan.tables.map(({ name }) => name).sort()).toEqual(['M$Base_Tags', 'M$Part', 'M$Tag']);
  expect(plan.associations).toMatchObject([{ id: idOf('M.Base_Tags'), from: idOf('M.Base') }]);
});
