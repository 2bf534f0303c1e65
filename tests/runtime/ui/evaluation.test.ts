import {
  attributeAt,
  attributeRead,
  evaluate,
  evaluateCondition,
  readPath,
  type Variables,
} from '@skerry/runtime/ui/data/evaluation';
import { objectValue } from '@skerry/runtime/ui/data/plain-value';
import { describe, expect, test } from 'vitest';
import { content, eventually, id, uiWorld } from './ui-world.ts';

const pump: Variables = new Map([['currentObject', objectValue('Shop.Pump', id(30))]]);
const resultOf = (text: string, variables: Variables = pump) => {
  const { app, cache } = uiWorld();
  return eventually(cache, () => evaluate(text, variables, app));
};

describe('expressions over what screens know', () => {
  test('read attributes, inherited ones too', async () => {
    expect(await resultOf('$currentObject/Name')).toBe('Pump');
    expect(await resultOf('$currentObject/Flow + 1')).toBe(8);
    expect(String(await resultOf('$currentObject/Weight * 2'))).toBe('5');
    expect(await resultOf('$currentObject/Colour')).toBeNull();
  });

  test('join texts that are empty as the checker tells them from numbers', async () => {
    const { app, cache, device } = uiWorld();
    await device.change(id(30), { Name: null });
    const value = (text: string) => eventually(cache, () => evaluate(text, pump, app));
    expect(await value('$currentObject/Name + $currentObject/Flow')).toBe('7');
    expect(await value("$currentObject/Name + $currentObject/Name = ''")).toBe(true);
    expect(await value('$currentObject/Shop.Machine_Place/Shop.Place/Name + $currentObject/Flow')).toBe('Harbour7');
    // The same text is a sum where the types say so.
    const numbers: Variables = new Map([['A', 2]]);
    const texts: Variables = new Map([['A', 'x']]);
    expect(evaluate('$A + 3', numbers, app)).toBe(5);
    expect(evaluate('$A + 3', texts, app)).toBe('x3');
  });

  test('follow references, to them and back', async () => {
    expect(await resultOf('$currentObject/Shop.Machine_Place/Shop.Place/Name')).toBe('Harbour');
    const place: Variables = new Map([['Place', objectValue('Shop.Place', id(10))]]);
    expect(await resultOf('$Place/Shop.Machine_Place/Shop.Machine', place)).toMatchObject({
      kind: 'list',
      items: [{ id: id(30) }],
    });
  });

  test('follow sets', async () => {
    expect(await resultOf('$currentObject/Shop.Machine_Tags/Shop.Tag')).toMatchObject({
      kind: 'list',
      items: [{ id: id(20) }, { id: id(21) }],
    });
  });

  test('a step to a specialisation reaches only its objects', async () => {
    const place: Variables = new Map([['Place', objectValue('Shop.Place', id(10))]]);
    const { app, cache, device } = uiWorld();
    await device.change(id(31), { 'Shop.Machine_Place': id(10) });
    const reached = await eventually(cache, () => evaluate('$Place/Shop.Machine_Place/Shop.Pump', place, app));
    expect(reached).toMatchObject({ kind: 'list', items: [{ id: id(30) }] });
  });

  test('what is referred to and is not here reads as empty', async () => {
    const lost: Variables = new Map([['currentObject', objectValue('Shop.Machine', id(32))]]);
    expect(await resultOf('$currentObject/Shop.Machine_Place = empty', lost)).toBe(true);
    expect(await resultOf('$currentObject/Shop.Machine_Place/Shop.Place/Name', lost)).toBeNull();
    const gone: Variables = new Map([['currentObject', objectValue('Shop.Machine', id(98))]]);
    expect(await resultOf('$currentObject/Name', gone)).toBeNull();
  });

  test('a set of many is loaded in one go', async () => {
    const { app, cache, device } = uiWorld();
    await eventually(cache, () => cache.get(id(30)));
    const before = cache.version();
    await eventually(cache, () => evaluate('$currentObject/Shop.Machine_Tags/Shop.Tag', pump, app));
    expect(cache.version() - before).toBe(1);
    expect((await device.load([id(30)]))[0]?.sets['Shop.Machine_Tags']).toHaveLength(2);
  });

  test('know the user, constants and the state of objects', async () => {
    expect(await resultOf('$currentUser')).toMatchObject({ id: id(1), entity: 'Shop.Person' });
    expect(await resultOf('@Shop.Limit + 1')).toBe(13);
    expect(await resultOf('isNew($currentObject)')).toBe(false);
    expect(await resultOf('isSynced($currentObject)')).toBe(true);
  });

  test('conditions hold when they are absent or true, not when they are empty or wrong', async () => {
    const { app, cache } = uiWorld();
    const holds = (text: string | undefined) => eventually(cache, () => evaluateCondition(text, pump, app));
    expect(await holds(undefined)).toBe(true);
    expect(await holds('  ')).toBe(true);
    expect(await holds('$currentObject/Flow > 5')).toBe(true);
    expect(await holds('$currentObject/Colour')).toBe(false);
    expect(await holds('1 div 0 = 1')).toBe(false);
    expect(await holds('$currentObject/')).toBe(false);
  });

  test('member paths of inputs and columns', async () => {
    const { app, cache } = uiWorld();
    const read = (path: string) => eventually(cache, () => readPath(objectValue('Shop.Pump', id(30)), path, app));
    expect(await read('Shop.Machine_Place/Shop.Place/Name')).toBe('Harbour');
    expect(attributeAt(content, 'Shop.Pump', 'Shop.Machine_Place/Shop.Place/Name')?.type.kind).toBe('String');
    expect(attributeAt(content, 'Shop.Pump', 'Serial')?.type.kind).toBe('AutoNumber');
    expect(attributeAt(content, 'Shop.Pump', 'Nothing')).toBeUndefined();
  });

  test('an expression that is a path has its attribute’s type, any other none', () => {
    expect(attributeRead('$currentObject/Serial', pump, content)?.type.kind).toBe('AutoNumber');
    expect(attributeRead(' $currentObject/Shop.Machine_Place/Shop.Place/Name ', pump, content)?.name).toBe('Name');
    expect(attributeRead('$currentObject/Serial + 1', pump, content)).toBeUndefined();
    expect(attributeRead('$nobody/Serial', pump, content)).toBeUndefined();
  });
});
