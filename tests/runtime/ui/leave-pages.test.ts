import { mayLeave, type OpenPage } from '@skerry/runtime/ui/actions/leave-pages';
import { createPageState } from '@skerry/runtime/ui/app-context';
import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import { describe, expect, test } from 'vitest';
import { id, uiWorld } from './ui-world.ts';

type Answer = 'keep' | 'discard' | 'save' | null;

function pages(answer: Answer = 'discard') {
  const world = uiWorld();
  const asked: boolean[] = [];
  const page = (current: ObjectId | null = null, save: OpenPage['save'] = null): OpenPage => ({
    state: createPageState(),
    current,
    save,
  });
  const edit = async ({ state }: OpenPage, object: ObjectId, values: { readonly [member: string]: Cell }) => {
    for (const [member, value] of Object.entries(values)) {
      const [before] = await world.device.load([object]);
      await world.device.change(object, { [member]: value });
      if (before) state.noteEdit(before, member);
    }
  };
  const leave = (leaving: readonly OpenPage[], staying: readonly OpenPage[] = []) =>
    mayLeave(leaving, staying, {
      device: world.device,
      isStored: (entity) => entity !== 'Shop.Place',
      ask: async (canSave) => {
        asked.push(canSave);
        return answer;
      },
    });
  const name = async (object: ObjectId) => (await world.device.load([object]))[0]?.values.Name;
  const rolledBack = () => world.device.calls.filter(({ method }) => method === 'rollback').map(({ args }) => args[0]);
  return { ...world, asked, page, edit, leave, name, rolledBack };
}

describe('leaving a page', () => {
  test('asks nothing where nothing was changed', async () => {
    const { leave, page, asked, rolledBack } = pages();
    expect(await leave([page(id(30))])).toBe(true);
    expect(asked).toEqual([]);
    expect(rolledBack()).toEqual([]);
  });

  test('asks before an edit is lost, and stays when the user goes on', async () => {
    for (const answer of ['keep', null] as const) {
      const { leave, page, edit, asked, name } = pages(answer);
      const open = page(id(30));
      await edit(open, id(30), { Name: 'Valve' });
      expect(await leave([open])).toBe(false);
      expect(asked).toEqual([false]);
      expect(await name(id(30))).toBe('Valve');
      expect(open.state.mayBeEdited()).toBe(true);
    }
  });

  test('takes everything back that the user discards', async () => {
    const { leave, page, edit, name } = pages('discard');
    const open = page(id(30));
    await edit(open, id(30), { Name: 'Valve' });
    await edit(open, id(31), { Name: 'Winch' });
    expect(await leave([open])).toBe(true);
    expect([await name(id(30)), await name(id(31))]).toEqual(['Pump', 'Crane']);
    expect(open.state.mayBeEdited()).toBe(false);
  });

  test('saves as the page would, and stays when that is refused', async () => {
    for (const isSaved of [true, false]) {
      const { leave, page, edit, asked, rolledBack } = pages('save');
      const open = page(id(30), async () => isSaved);
      await edit(open, id(30), { Name: 'Valve' });
      expect(await leave([open])).toBe(isSaved);
      expect(asked).toEqual([true]);
      expect(rolledBack()).toEqual([]);
    }
  });

  test('what is still held back by an input counts', async () => {
    const { leave, page, edit, asked } = pages('keep');
    const open = page(id(30));
    open.state.flushes.add(() => edit(open, id(30), { Name: 'Valve' }));
    expect(await leave([open])).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test('text that cannot be read counts', async () => {
    const { leave, page, asked } = pages('keep');
    const open = page(id(30));
    open.state.unreadable.set('field', { message: 'This is not a number.', focus() {} });
    expect(await leave([open])).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test('a change that was changed back is none', async () => {
    const { leave, page, edit, asked, rolledBack } = pages('keep');
    const open = page(id(30));
    await edit(open, id(30), { Name: 'Valve' });
    await edit(open, id(30), { Name: 'Pump' });
    expect(await leave([open])).toBe(true);
    expect(asked).toEqual([]);
    expect(rolledBack()).toEqual([[id(30)]]);
  });

  test('what a flow has saved meanwhile is not asked about; an edit back to what it was before that is', async () => {
    const { device, leave, page, edit, asked } = pages('keep');
    const open = page(id(30));
    await edit(open, id(30), { Name: 'Valve' });
    await device.commit([id(30)]);
    expect(await leave([open])).toBe(true);
    expect(asked).toEqual([]);
    const again = page(id(30));
    await edit(again, id(30), { Name: 'Valve two' });
    await device.commit([id(30)]);
    await edit(again, id(30), { Name: 'Valve' });
    expect(await leave([again])).toBe(false);
    expect(asked).toHaveLength(1);
  });

  test('an object made for the page and never touched goes silently, unless another page has it', async () => {
    const { device, leave, page, asked, rolledBack } = pages();
    const made = await device.create('Shop.Machine');
    expect(await leave([page(made.id)], [page(made.id)])).toBe(true);
    expect(rolledBack()).toEqual([]);
    expect(await leave([page(made.id)], [page(id(30))])).toBe(true);
    expect(rolledBack()).toEqual([[made.id]]);
    expect(asked).toEqual([]);
  });

  test('what is never stored is nobody’s work', async () => {
    const { leave, page, edit, asked } = pages('keep');
    const open = page(id(10));
    await edit(open, id(10), { Name: 'Filter' });
    expect(await leave([open])).toBe(true);
    expect(asked).toEqual([]);
  });

  test('of several pages at once, all that were edited must be able to save', async () => {
    const { leave, page, edit, asked } = pages('keep');
    const below = page(id(30), async () => true);
    const top = page(id(31));
    await edit(below, id(30), { Name: 'Valve' });
    await leave([below, top]);
    await edit(top, id(31), { Name: 'Winch' });
    await leave([below, top]);
    expect(asked).toEqual([true, false]);
  });
});
