import { afterEach, describe, expect, test } from 'vitest';
import {
  type Kit,
  kit,
  NOTE,
  objectId,
  RATING,
  SITE,
  SITE_NAME,
  TAG,
  VISIT,
  VISIT_SITE,
  VISIT_TAGS,
  visitsApp,
} from '../../support/device-kit.ts';
import { idOf } from '../../support/model-builder.ts';

let world: Kit;
afterEach(() => world.end());

const note = (value: string) => ({ member: 'Note', value });

async function device(flows: { readonly [name: string]: readonly { readonly kind: string }[] }) {
  let app = visitsApp();
  for (const [name, activities] of Object.entries(flows)) {
    app = app.withNanoflow(name, activities as never, { parameters: { Visit: 'M.Visit' } });
  }
  const menu = Object.keys(flows).map((name) => ({
    caption: { en: name },
    action: { kind: 'callNanoflow', nanoflow: name, arguments: {} },
  }));
  const additional = ['M.Site', 'M.Tag', 'M.Visit', 'M.Photo'];
  world = kit(app.withProfile('Phone', { home: 'M.Home', menu: menu as never, synchronization: { additional } }));
  world.service.put(objectId(1), SITE, { [SITE_NAME]: 'Quay' });
  world.service.put(objectId(3), VISIT, { [NOTE]: 'first', [RATING]: 1, [VISIT_SITE]: objectId(1) });
  const opened = await world.device();
  await opened.synchronize();
  return opened;
}

const visit = { Visit: { kind: 'object', entity: 'M.Visit', id: objectId(3) } } as const;

describe('a nanoflow', () => {
  test('reads over an association, writes as one transaction, and then shows what it has to show', async () => {
    const opened = await device({
      'M.Close': [
        {
          kind: 'retrieve',
          source: { kind: 'association', variable: 'Visit', association: 'M.Visit_Site' },
          output: 'Site',
        } as never,
        {
          kind: 'changeObject',
          variable: 'Visit',
          changes: [note("$Visit/Note + ' at ' + $Site/Name")],
          commit: true,
        } as never,
        {
          kind: 'createObject',
          entity: 'M.Site',
          changes: [{ member: 'Name', value: "'Annex'" }],
          commit: true,
          output: 'Annex',
        } as never,
        {
          kind: 'showMessage',
          level: 'information',
          text: { en: 'Closed {1}' },
          parameters: ['$Visit/Note'],
          blocking: false,
        } as never,
      ],
    });
    const { result, effects } = await opened.callNanoflow('M.Close', visit);
    expect(result).toEqual({ ok: true, value: null });
    expect(effects).toEqual([
      { kind: 'showMessage', level: 'information', text: 'Closed first at Quay', blocking: false },
    ]);
    expect((await opened.status()).pending).toBe(1);
    expect((await opened.load([objectId(3)]))[0]).toMatchObject({ values: { Note: 'first at Quay' }, isPending: true });
    expect(await opened.synchronize()).toMatchObject({ ok: true, applied: 1 });
    expect(world.service.rows.get(objectId(3))?.cells[NOTE]).toBe('first at Quay');
  });

  test('that fails leaves nothing behind, neither stored nor in memory', async () => {
    const opened = await device({
      'M.Fail': [
        { kind: 'changeObject', variable: 'Visit', changes: [note("'half'")], commit: true } as never,
        {
          kind: 'changeObject',
          variable: 'Visit',
          changes: [{ member: 'Rating', value: 'round(1 div 0)' }],
          commit: false,
        } as never,
      ],
    });
    const { result, effects } = await opened.callNanoflow('M.Fail', visit);
    expect(result).toMatchObject({ ok: false, error: { code: expect.stringMatching('^expression/') } });
    expect(effects).toEqual([]);
    expect((await opened.load([objectId(3)]))[0]).toMatchObject({
      values: { Note: 'first' },
      isPending: false,
      isChanged: false,
    });
    expect((await opened.status()).pending).toBe(0);
    // The store is free again.
    expect(await opened.synchronize()).toMatchObject({ ok: true });
  });

  test.each([
    ['add', [10, 11, 12, 13]],
    ['remove', [10, 11, 12]],
  ] as const)(
    '%ss a member of a set and leaves links alone whose far end is not on the device',
    async (operation, left) => {
      const opened = await device({
        'M.Tag': [
          {
            kind: 'retrieve',
            source: { kind: 'database', entity: 'M.Tag', constraint: "[Name = 'tag 13']", range: { kind: 'first' } },
            output: 'Tag',
          } as never,
          {
            kind: 'changeObject',
            variable: 'Visit',
            changes: [{ member: 'M.Visit_Tags', operation, value: '$Tag' }],
            commit: true,
          } as never,
        ],
      });
      const readable = world.service.scope;
      world.service.scope = (user, row, id) => (id === objectId(12) ? null : readable(user, row, id));
      const names = idOf('M.Tag/Name');
      for (const tag of [10, 11, 12, 13]) world.service.put(objectId(tag), TAG, { [names]: `tag ${tag}` });
      const before = operation === 'add' ? [10, 11, 12] : [10, 11, 12, 13];
      world.service.put(objectId(3), VISIT, {}, { [VISIT_TAGS]: before.map(objectId) });
      await opened.synchronize();
      expect(await opened.load([objectId(12)])).toEqual([]);
      expect((await opened.callNanoflow('M.Tag', visit)).result).toEqual({ ok: true, value: null });
      const links = await opened.inspect('SELECT "$target" AS id FROM "M$Visit_Tags" ORDER BY "$target"');
      expect(links).toEqual(left.map((tag) => ({ id: objectId(tag) })));
      expect(await opened.synchronize()).toMatchObject({ ok: true, applied: 1 });
      expect([...(world.service.rows.get(objectId(3))?.links[VISIT_TAGS] ?? [])].sort()).toEqual(left.map(objectId));
    },
  );
});
