import { DOCUMENT_KINDS } from '@skerry/shared/metamodel/kinds';
import { validate } from '@skerry/shared/validation/run';
import type { CommandName } from '@skerry/studio/bridge/commands/index';
import { planCommand } from '@skerry/studio/host/commands/index';
import type { Host } from '@skerry/studio/host/host';
import type { ProjectSession } from '@skerry/studio/host/session/project-session';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dirty, hostOn, run, sampleCopy } from '../host-kit.ts';
import { ADD_PHOTO, REGIONS, SITE, SITE_ID } from './command-cases.ts';

let sample: Awaited<ReturnType<typeof sampleCopy>>;
let host: Host;
let count = 0;
beforeAll(async () => {
  sample = await sampleCopy();
});
afterAll(() => sample.remove());
beforeEach(async () => {
  host = hostOn(`${sample.stateFolder}-${++count}`);
  await host.open(sample.folder);
});
afterEach(() => host.close());

const SYSTEM = 'modules/System/entities/User.json';
const set = (path: (string | number)[], value?: unknown) => ({
  changes: [{ document: SITE, path, ...(value === undefined ? {} : { value }) }],
});

describe('a command is refused', () => {
  const cases: [CommandName | 'no.such', unknown, string, RegExp][] = [
    ['no.such', {}, 'command/unknown', /no command no\.such/],
    ['element.set', { changes: [] }, 'command/bad-arguments', /changes/],
    [
      'element.set',
      set(['persistable'], 'yes'),
      'command/invalid-value',
      /^persistable takes true or false; "yes" is none/,
    ],
    [
      'element.set',
      set(['attributes', 0, 'type'], { kind: 'Text' }),
      'command/invalid-value',
      /kind is one of String, Integer/,
    ],
    [
      'element.set',
      set(['attributes', 0, 'type', 'length'], 1.5),
      'command/invalid-value',
      /length takes a whole number or null/,
    ],
    ['element.set', set(['attributes', 0, 'type']), 'command/invalid-value', /attributes\/0\/type takes an object/],
    ['element.set', set(['name'], 'Place'), 'command/rename-instead', /renaming/],
    ['element.set', set(['attributes', 0, 'name'], 'X'), 'command/rename-instead', /element\.rename/],
    ['element.set', set(['id'], 'a'.repeat(16)), 'command/fixed-value', /stays/],
    ['element.set', set(['kind'], 'page'), 'command/fixed-value', /stays/],
    [
      'element.set',
      set(['attributes', 'a'.repeat(16), 'documentation'], 'x'),
      'command/no-such-place',
      /leads nowhere/,
    ],
    ['element.insert', { document: SYSTEM, list: ['attributes'], value: {} }, 'command/built-in', /System/],
    [
      'element.insert',
      { document: 'modules/A/x.json', list: [], value: {} },
      'command/no-such-document',
      /There is no/,
    ],
    ['element.insert', { document: SITE, list: ['name'], value: {} }, 'command/no-such-list', /is no list/],
    [
      'element.move',
      { document: REGIONS, elements: ['sfniyalr5dorts6a'], parent: 'tyi2rzsuje64ai4q', list: ['widgets'] },
      'command/not-movable',
      /into itself/,
    ],
    ['element.rename', { document: SITE, element: SITE_ID, name: 'Region' }, 'rename/name-taken', /Region/],
    ['element.rename', { document: SITE, element: SITE_ID, name: '1' }, 'rename/invalid-name', /is no name/],
    ['attribute.create', { entity: SITE, name: 'code' }, 'rename/name-taken', /taken/],
    ['attribute.create', { entity: SITE, name: 'empty' }, 'rename/reserved-name', /meaning/],
    ['association.create', { from: 'Field.Nothing', to: 'Field.Site' }, 'command/no-such-entity', /Field\.Nothing/],
    ['document.delete', { documents: ['security.json'] }, 'command/not-deletable', /stays/],
    ['document.create', { kind: 'page', module: 'Field', folders: ['..'] }, 'command/invalid-folder', /folder/],
    ['document.create', { kind: 'image', module: 'Field' }, 'command/no-beginning', /content/],
    ['document.create', { kind: 'page', module: 'Nowhere' }, 'command/no-such-document', /module\.json/],
    ['document.move', { document: SITE, module: 'Nowhere', folders: [] }, 'command/no-such-document', /module\.json/],
    ['document.setText', { document: SITE, text: '{' }, 'project/not-json', /JSON/],
    ['document.setText', { document: SITE, text: '{}' }, 'command/fixed-value', /stays/],
    [
      'profile.setMode',
      { profile: 'Nothing', entity: 'Field.Site', mode: 'all' },
      'command/no-such-document',
      /navigation/,
    ],
    ['reference.set', { document: ADD_PHOTO, path: ['name'], name: 'X' }, 'command/no-such-reference', /No reference/],
  ];
  it.each(cases)('%s %j: %s', async (command, args, code, message) => {
    const session = host.context.session() as ProjectSession;
    const planned = planCommand(command, session.context, args);
    expect(planned).toMatchObject({ ok: false, error: [{ code, message: expect.stringMatching(message) }] });
    expect(session.revision).toBe(1);
  });

  it('when a text gives an element the id of another', async () => {
    const { text } = await host.handlers['document/text']({ document: SITE });
    for (const [from, to] of [
      ['tiup76mf6u2zcsar', '3npkcxpkuakyt4co'],
      ['tiup76mf6u2zcsar', '5nmflkw4ougzuxln'],
    ] as const) {
      const copied = run(host, 'document.setText', { document: SITE, text: text.replace(from, to) });
      await expect(copied).rejects.toMatchObject({ code: 'project/duplicate-id' });
    }
  });
});

it('a command with nothing to do is no step', async () => {
  const same = { changes: [{ document: SITE, path: ['name'], value: 'Site' }] };
  expect(await run(host, 'element.set', same)).toMatchObject({ revision: 1 });
  expect(await host.handlers['history/state']({})).toEqual({});
});

it('a new document of each kind is without a fault from its beginning', async () => {
  const alone = new Set(['app', 'security', 'module', 'domain', 'image', 'opaque', 'evolution']);
  const kinds = Object.keys(DOCUMENT_KINDS).filter((kind) => !alone.has(kind));
  for (const kind of kinds) {
    const { created } = await run(host, 'document.create', {
      kind,
      module: kind === 'navigationProfile' ? '' : 'Field',
    });
    expect(host.context.session().model.documents.has(created[0]?.document ?? '')).toBe(true);
  }
  await run(host, 'document.create', { kind: 'evolution', module: '', name: '1.1.0' });
  const { model, diagnostics } = host.context.session();
  expect(diagnostics).toEqual([]);
  expect(validate(model).filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(await dirty(host)).toContain('modules/Field/actions/JavaScriptAction.ts');
  const { written } = await host.handlers['project/save']({});
  expect(written).toHaveLength(kinds.length + 2);
});
