import { nameOf, spelledOut } from '@skerry/runtime/ui/data/naming';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { expect, test } from 'vitest';
import { id, model, uiWorld } from './ui-world.ts';

test('names of the model are spelled out', () => {
  expect(spelledOut('Work.WorkOrder')).toBe('Work Order');
  expect(spelledOut('EstimatedCost')).toBe('Estimated Cost');
  expect(spelledOut('Shop.Machine_Place')).toBe('Place');
});

test('an object is called by what reads like a name, else by its first text', async () => {
  const view = domainView(model);
  const { device } = uiWorld();
  const [pump] = await device.load([id(30)]);
  expect(pump && nameOf(pump, view)).toBe('Pump');
  expect(pump && nameOf({ ...pump, values: { ...pump.values, Name: ' ' } }, view)).toBe('1001');
  expect(pump && nameOf({ ...pump, values: {} }, view)).toBe('');
});
