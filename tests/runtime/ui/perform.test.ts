import type { FlowOutcome } from '@skerry/runtime/engine/device-face';
import { perform } from '@skerry/runtime/ui/actions/perform';
import { feedbackKey } from '@skerry/runtime/ui/app-context';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { id, uiWorld } from './ui-world.ts';

const callsOf = ({ device }: ReturnType<typeof uiWorld>, method: string) =>
  device.calls.filter((call) => call.method === method).map(({ args }) => args);
const pumpArgument = { kind: 'object', entity: 'Shop.Pump', id: id(30) } as const;

afterEach(() => vi.unstubAllGlobals());

describe('actions', () => {
  test('open pages with what their arguments say, waiting for what must be loaded', async () => {
    const world = uiWorld();
    const action = {
      kind: 'openPage',
      page: 'Shop.Two',
      arguments: { Machine: '$currentObject', Count: '$currentObject/Flow', Unknown: '1' },
    } as const;
    await perform(action, world.around(30));
    expect(world.told).toEqual([
      ['openPage', 'Shop.Two', { Machine: pumpArgument, Count: { kind: 'cell', value: 7 } }],
    ]);
  });

  test('save writes what was edited and the object at hand as one, closes, and synchronises when asked', async () => {
    const world = uiWorld();
    world.page.edited.add(id(31));
    await perform({ kind: 'save', closePage: true, synchronize: true }, world.around(30));
    expect(callsOf(world, 'commit')).toEqual([[[id(31), id(30)]]]);
    expect(callsOf(world, 'synchronize')).toHaveLength(1);
    expect(world.told).toEqual([['closePage']]);
    expect(world.page.edited.size).toBe(0);
  });

  test('a save that is refused puts what is wrong beside the fields, and stays', async () => {
    const world = uiWorld();
    await world.device.change(id(30), { Name: null });
    world.page.edited.add(id(30));
    await perform({ kind: 'save', closePage: true, synchronize: false }, world.around(30));
    expect(world.page.feedback().get(feedbackKey(id(30), 'Name'))).toBe('A machine needs a name.');
    expect(world.told).toEqual([['toast', 'error', 'Something is missing.']]);
    expect(world.page.edited.has(id(30))).toBe(true);
    await world.device.change(id(30), { Name: 'Again' });
    await perform({ kind: 'save', closePage: true, synchronize: false }, world.around(30));
    expect(world.page.feedback().size).toBe(0);
  });

  test('what inputs hold back goes first, in order', async () => {
    const world = uiWorld();
    for (const Name of ['One', 'Two'])
      world.page.flushes.add(async () => void (await world.device.change(id(30), { Name })));
    await perform({ kind: 'save', closePage: true, synchronize: false }, world.around(30));
    expect(world.device.calls.map(({ method }) => method)).toEqual(['change', 'change', 'commit']);
    expect((await world.device.load([id(30)]))[0]?.values.Name).toBe('Two');
  });

  test.each([
    { kind: 'save', closePage: true, synchronize: false } as const,
    { kind: 'callNanoflow', nanoflow: 'Shop.Run', arguments: {} } as const,
    { kind: 'callNanoflow', nanoflow: 'Shop.Keep', arguments: {} } as const,
    { kind: 'callMicroflow', microflow: 'Shop.Ask', arguments: {} } as const,
  ])('$kind stops at an input that cannot be read, and goes there', async (action) => {
    const world = uiWorld();
    let focused = 0;
    world.page.unreadable.set('field', { message: 'This is not a number.', focus: () => focused++ });
    await perform(action, world.around(30));
    expect(world.device.calls).toEqual([]);
    expect(world.told).toEqual([['toast', 'error', 'This is not a number.']]);
    expect(focused).toBe(1);
  });

  test.each([
    { kind: 'callNanoflow', nanoflow: 'Shop.CancelEdit', arguments: {} } as const,
    { kind: 'cancel', closePage: true } as const,
    { kind: 'closePage' } as const,
  ])('$kind, which saves nothing, goes on over an input that cannot be read', async (action) => {
    const world = uiWorld();
    world.page.unreadable.set('field', { message: 'This is not a number.', focus() {} });
    await perform(action, world.around(30));
    expect(world.told.filter(([what, level]) => what === 'toast' && level === 'error')).toEqual([]);
    expect(world.told.length + world.device.calls.length).toBeGreaterThan(0);
  });

  test('cancel takes back what was edited and what was made for the page', async () => {
    const world = uiWorld();
    const made = await world.device.create('Shop.Machine');
    world.cache.put([made]);
    world.page.edited.add(id(31));
    world.page.unreadable.set('field', { message: 'No.', focus() {} });
    const around = world.around(null);
    around.scope.variables.set('currentObject', { kind: 'object', entity: 'Shop.Machine', id: made.id });
    await perform({ kind: 'cancel', closePage: true }, around);
    expect(callsOf(world, 'rollback')).toEqual([[[id(31), made.id]]]);
    expect(world.told).toEqual([['closePage']]);
  });

  test('cancel leaves a stored object that nobody touched alone', async () => {
    const world = uiWorld();
    await perform({ kind: 'cancel', closePage: false }, world.around(30));
    expect(callsOf(world, 'rollback')).toEqual([[[]]]);
    expect(world.told).toEqual([]);
  });

  test('create sets members to what their expressions say, in the members’ types, and opens the page with it', async () => {
    const world = uiWorld();
    const changes = {
      Name: "'New ' + $currentObject/Name",
      Weight: '2',
      'Shop.Machine_Place': '$currentObject/Shop.Machine_Place',
      'Shop.Machine_Tags': '$currentObject/Shop.Machine_Tags/Shop.Tag',
    };
    await perform({ kind: 'create', entity: 'Shop.Machine', page: 'Shop.Edit', changes }, world.around(30));
    const [[made, values] = []] = callsOf(world, 'change');
    expect(values).toEqual({
      Name: 'New Pump',
      Weight: '2',
      'Shop.Machine_Place': id(10),
      'Shop.Machine_Tags': [id(20), id(21)],
    });
    expect(world.told).toEqual([
      ['openPage', 'Shop.Edit', { Machine: { kind: 'object', entity: 'Shop.Machine', id: made } }],
    ]);
  });

  test('delete asks first', async () => {
    const world = uiWorld();
    world.answers.confirm = false;
    await perform({ kind: 'delete', closePage: true, confirm: true }, world.around(30));
    expect(world.device.calls).toEqual([]);
    world.answers.confirm = true;
    await perform({ kind: 'delete', closePage: true, confirm: true }, world.around(30));
    expect(callsOf(world, 'delete')).toEqual([[[id(30)]]]);
    expect(world.told).toEqual([['closePage']]);
  });

  test('save and delete show what event handlers say, once the page has closed', async () => {
    const world = uiWorld();
    const effects: FlowOutcome['effects'] = [
      { kind: 'showMessage', level: 'information', text: 'Stock is low', blocking: false },
      { kind: 'showPage', page: 'Shop.Edit', arguments: {} },
    ];
    const done = () => Promise.resolve({ ok: true, value: null, effects } as const);
    const around = {
      ...world.around(30),
      app: { ...world.app, device: { ...world.device, commit: done, delete: done } },
    };
    const told = [['closePage'], ['toast', 'information', 'Stock is low'], ['openPage', 'Shop.Edit', {}]];
    await perform({ kind: 'save', closePage: true, synchronize: false }, around);
    expect(world.told).toEqual(told);
    await perform({ kind: 'delete', closePage: true, confirm: false }, around);
    expect(world.told).toEqual([...told, ...told]);
  });

  test('nanoflows get plain values, and what they show is shown in order', async () => {
    const effects: FlowOutcome['effects'] = [
      { kind: 'showMessage', level: 'information', text: 'Read this', blocking: true },
      { kind: 'showMessage', level: 'warning', text: 'Mind this', blocking: false },
      { kind: 'validationFeedback', object: id(30), member: 'Name', text: 'Too short' },
      { kind: 'showPage', page: 'Shop.Edit', arguments: { Machine: pumpArgument } },
      { kind: 'closePage' },
      { kind: 'showHomePage' },
      { kind: 'signOut' },
    ];
    const world = uiWorld({ flows: { 'Shop.Run': () => ({ result: { ok: true, value: null }, effects }) } });
    await perform(
      { kind: 'callNanoflow', nanoflow: 'Shop.Run', arguments: { Machine: '$currentObject', Words: "'a' + 'b'" } },
      world.around(30),
    );
    expect(callsOf(world, 'callNanoflow')).toEqual([
      ['Shop.Run', { Machine: pumpArgument, Words: { kind: 'cell', value: 'ab' } }],
    ]);
    expect(world.told).toEqual([
      ['tell', 'information', 'Read this'],
      ['toast', 'warning', 'Mind this'],
      ['openPage', 'Shop.Edit', { Machine: pumpArgument }],
      ['closePage'],
      ['openHome'],
      ['signOut'],
    ]);
    expect(world.page.feedback().get(feedbackKey(id(30), 'Name'))).toBe('Too short');
  });

  test('a microflow without a network says so', async () => {
    const world = uiWorld();
    await perform(
      { kind: 'callMicroflow', microflow: 'Shop.Ask', arguments: { Machine: '$currentObject' } },
      world.around(30),
    );
    expect(world.told).toEqual([['toast', 'error', 'This needs a connection.']]);
  });

  test('synchronise says what came of it', async () => {
    const world = uiWorld();
    await perform({ kind: 'synchronize' }, world.around(null));
    expect(world.told).toEqual([['toast', 'information', '0 sent, 3 received, 0 removed']]);
    const offline = uiWorld({ status: { online: false } });
    await perform({ kind: 'synchronize' }, offline.around(null));
    expect(offline.told).toEqual([['toast', 'warning', 'The service cannot be reached.']]);
  });

  test('signing in takes what was typed, and says what was wrong with it', async () => {
    const world = uiWorld();
    world.page.signIn.name = 'anna';
    await perform({ kind: 'signIn' }, world.around(null));
    expect(callsOf(world, 'signIn')).toEqual([['anna', '']]);
    expect(world.told).toEqual([['toast', 'error', 'That is not it.']]);
  });

  test('addresses of pages open beside the app, calls in place, anything else not at all', async () => {
    const world = uiWorld();
    const opened: string[] = [];
    vi.stubGlobal('window', {
      open: (url: string) => opened.push(`tab ${url}`),
      location: { assign: (url: string) => opened.push(url) },
    });
    for (const url of ["'https://example.org'", "'tel:' + $currentObject/Flow", "'javascript:alert(1)'", 'empty'])
      await perform({ kind: 'openUrl', url }, world.around(30));
    expect(opened).toEqual(['tab https://example.org', 'tel:7']);
  });

  test('what this runtime does not know is said', async () => {
    const world = uiWorld();
    await perform({ kind: 'opaque', type: 'Other.Action', uses: [], raw: {} }, world.around(null));
    expect(world.told).toEqual([['toast', 'warning', 'This part (Other.Action) cannot be shown on this device.']]);
    await perform({ kind: 'nothing' }, world.around(null));
    await perform({ kind: 'closePage' }, world.around(null));
    await perform({ kind: 'signOut' }, world.around(null));
    expect(world.told.slice(1)).toEqual([['leavePage'], ['signOut']]);
  });

  test('an engine that goes away in the middle is told, not thrown', async () => {
    const world = uiWorld();
    const broken = {
      ...world.around(30),
      app: { ...world.app, device: { ...world.device, commit: () => Promise.reject(new Error('engine-moved')) } },
    };
    await perform({ kind: 'save', closePage: true, synchronize: false }, broken);
    expect(world.told).toEqual([['toast', 'error', 'engine-moved']]);
  });
});
