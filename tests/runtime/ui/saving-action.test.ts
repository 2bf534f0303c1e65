import { savingAction } from '@skerry/runtime/ui/actions/saving-action';
import { expect, test } from 'vitest';
import { anApp, type Loose } from '../../support/model-builder.ts';

const SAVE = { kind: 'button', caption: { en: 'Go' }, action: { kind: 'save', synchronize: true } };
const CANCEL = { kind: 'button', caption: { en: 'Go' }, action: { kind: 'cancel' } };

/** The Save of a page with these widgets. */
function saveOf(widgets: readonly Loose[]) {
  const model = anApp().withEntity('M.Thing', {}).withPage('M.Edit', widgets).model();
  return savingAction(model, model.find('page', 'M.Edit')?.content.widgets ?? []);
}

test('a page’s Save is found however deep it stands', () => {
  expect(saveOf([CANCEL, { kind: 'container', widgets: [CANCEL, SAVE] }])).toMatchObject({
    kind: 'save',
    synchronize: true,
  });
});

test('a page without one has none; a list’s saves rows', () => {
  expect(saveOf([CANCEL])).toBeNull();
  const source = { kind: 'database', entity: 'M.Thing', constraint: '', sort: [] };
  expect(saveOf([{ kind: 'listView', source, widgets: [SAVE] }])).toBeNull();
});
