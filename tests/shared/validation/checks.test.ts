import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksDocument } from '@skerry/shared/validation/document';
import { CHECKS } from '@skerry/shared/validation/registry';
import { runChecks, validate } from '@skerry/shared/validation/run';
import { describe, expect, it } from 'vitest';
import { type AppBuilder, anApp, idOf, type Loose } from '../../support/model-builder.ts';
import { listOf, shows } from '../scope/analyze-model.ts';

const order = () =>
  anApp().withEntity('M.Order', { attributes: { Number: 'String', Total: 'Decimal', Done: 'Boolean' } });
const page = (...widgets: Loose[]) => order().withPage('M.P', widgets).withProfile('Phone', { home: 'M.P' });
const button = (action: Loose): Loose => ({ kind: 'button', caption: {}, action });
const needsOrder = (app: AppBuilder) => app.withPage('M.Q', [], { parameters: { Order: 'M.Order' } });
const setMode = (mode: string, more: Loose = {}) =>
  order()
    .withPage('M.P', [listOf('M.Order')])
    .withProfile('Phone', { home: 'M.P', synchronization: { entities: { 'M.Order': { mode, ...more } } } });
const phoneMenu = (item: Loose) =>
  needsOrder(order())
    .withPage('M.P', [])
    .withProfile('Phone', { home: 'M.P', menu: [{ caption: { en: 'X' }, ...item }] });

/** Each check with an app in which it fires and one, as near to it as can be, in which it does not. */
const CASES: readonly (readonly [code: string, fires: AppBuilder, quiet: AppBuilder])[] = [
  ['reference/unknown', page(listOf('M.Ordr')), page(listOf('M.Order'))],
  [
    'reference/unknown-member',
    page(button({ kind: 'create', entity: 'M.Order', changes: { Nmber: "'1'" } })),
    page(button({ kind: 'create', entity: 'M.Order', changes: { Number: "'1'" } })),
  ],
  [
    'page/unknown-attribute',
    page(listOf('M.Order', {}, [{ kind: 'textBox', attribute: 'Nmber' }])),
    page(listOf('M.Order', {}, [{ kind: 'textBox', attribute: 'Number' }])),
  ],
  [
    'constraint/unknown-member',
    page(listOf('M.Order', { constraint: "[Nmber = '1']" })),
    page(listOf('M.Order', { constraint: "[Number = '1']" })),
  ],
  [
    'expression/unknown-member',
    page(listOf('M.Order', {}, [shows('$currentObject/Nmber')])),
    page(listOf('M.Order', {}, [shows('$currentObject/Number')])),
  ],
  [
    'expression/type-mismatch',
    page(listOf('M.Order', {}, [{ ...shows("'x'"), visible: '$currentObject/Number' }])),
    page(listOf('M.Order', {}, [{ ...shows("'x'"), visible: '$currentObject/Done' }])),
  ],
  [
    'flow/unreachable',
    order().withNanoflow('M.F', [], {
      nodes: [
        { kind: 'start', id: idOf('s') },
        { kind: 'end', id: idOf('e') },
        { kind: 'closePage', id: idOf('c') },
      ],
      flows: [{ id: idOf('f'), from: idOf('s'), to: idOf('e') }],
    }),
    order().withNanoflow('M.F', [{ kind: 'closePage' }]),
  ],
  [
    'page/wrong-arguments',
    needsOrder(page(button({ kind: 'openPage', page: 'M.Q' }))),
    needsOrder(
      page(listOf('M.Order', {}, [button({ kind: 'openPage', page: 'M.Q', arguments: { Order: '$currentObject' } })])),
    ),
  ],
  ['page/no-access', order().withPage('M.P', [], { allowedModuleRoles: [] }), order().withPage('M.P', [])],
  [
    'entity/reserved-name',
    anApp().withEntity('M.A', { attributes: { Empty: 'String' } }),
    anApp().withEntity('M.A', { attributes: { Emptied: 'String' } }),
  ],
  [
    'entity/duplicate-member',
    order().withEntity('M.Big', { generalization: 'M.Order', attributes: { number: 'String' } }),
    order().withEntity('M.Big', { generalization: 'M.Order', attributes: { Size: 'String' } }),
  ],
  [
    'entity/generalization-cycle',
    anApp().withEntity('M.A', { generalization: 'M.B' }).withEntity('M.B', { generalization: 'M.A' }),
    anApp().withEntity('M.A', { generalization: 'M.B' }).withEntity('M.B'),
  ],
  [
    'access/unknown-member',
    anApp().withEntity('M.A', { rules: [{ read: ['Nope'] }] }),
    anApp().withEntity('M.A', { attributes: { Nope: 'String' }, rules: [{ read: ['Nope'] }] }),
  ],
  [
    'access/rule-for-nobody',
    anApp().withEntity('M.A', { rules: [{ roles: ['Ghost'] }] }),
    anApp().withEntity('M.A', { rules: [{ roles: ['User'] }] }),
  ],
  [
    'access/anonymous-unconstrained',
    anApp().withEntity('M.A').withSecurity({ anonymousRole: 'Tech' }),
    anApp()
      .withEntity('M.A', {
        systemMembers: ['owner'],
        rules: [{ read: 'all', constraint: "[System.owner = '[%CurrentUser%]']" }],
      })
      .withSecurity({ anonymousRole: 'Tech' }),
  ],
  ['navigation/home-needs-object', needsOrder(order()).withProfile('Phone', { home: 'M.Q' }), page()],
  ['navigation/no-home', order().withProfile('Phone', {}), page()],
  [
    'navigation/item-with-items-and-action',
    phoneMenu({ action: { kind: 'synchronize' }, items: [{ caption: {} }] }),
    phoneMenu({ items: [{ caption: {} }] }),
  ],
  [
    'navigation/item-needs-object',
    phoneMenu({ action: { kind: 'openPage', page: 'M.Q' } }),
    phoneMenu({ action: { kind: 'openPage', page: 'M.P' } }),
  ],
  ['name/duplicate', order().withEntity('M.ORDER'), order().withEntity('M.Orders')],
  ['name/not-a-file-name', order().withPage('M.Con', []), order().withPage('M.Cons', [])],
  ['enumeration/values', order().withEnumeration('M.E', ['A', 'a']), order().withEnumeration('M.E', ['A', 'B'])],
  ['scope/constrained-without-constraint', setMode('constrained'), setMode('constrained', { constraint: '[Done]' })],
  ['scope/upload-only-shown', setMode('uploadOnly'), setMode('kept')],
  [
    'scope/setting-without-effect',
    order()
      .withPage('M.P', [])
      .withProfile('Phone', { home: 'M.P', synchronization: { entities: { 'M.Order': { mode: 'all' } } } }),
    setMode('all'),
  ],
  [
    'scope/file-never',
    anApp()
      .withEntity('M.Doc', { generalization: 'System.FileDocument' })
      .withPage('M.P', [listOf('M.Doc')])
      .withProfile('Phone', { home: 'M.P', synchronization: { entities: { 'M.Doc': { mode: 'never' } } } }),
    setMode('never'),
  ],
  [
    'scope/no-access-rules',
    anApp()
      .withEntity('M.A', { rules: [] })
      .withPage('M.P', [listOf('M.A')])
      .withProfile('Phone', { home: 'M.P' }),
    page(listOf('M.Order')),
  ],
  [
    'scope/readable-without-constraint',
    page(listOf('M.Order')),
    anApp()
      .withEntity('M.A', { attributes: { Done: 'Boolean' }, rules: [{ read: 'all', constraint: '[Done]' }] })
      .withPage('M.P', [listOf('M.A')])
      .withProfile('Phone', { home: 'M.P' }),
  ],
  [
    'scope/source-non-persistable',
    anApp()
      .withEntity('M.A', { persistable: false })
      .withPage('M.P', [listOf('M.A')])
      .withProfile('Phone', { home: 'M.P' }),
    page(listOf('M.Order')),
  ],
  [
    'scope/never-related',
    anApp()
      .withEntity('M.A', { associations: { A_B: 'M.B' } })
      .withEntity('M.B')
      .withPage('M.P', [listOf('M.A'), listOf('M.B')])
      .withProfile('Phone', { home: 'M.P', synchronization: { entities: { 'M.A': { mode: 'never' } } } }),
    anApp()
      .withEntity('M.A')
      .withEntity('M.B')
      .withPage('M.P', [listOf('M.A'), listOf('M.B')])
      .withProfile('Phone', { home: 'M.P', synchronization: { entities: { 'M.A': { mode: 'never' } } } }),
  ],
  [
    'scope/query-through-non-persistable',
    anApp()
      .withEntity('M.A', { associations: { A_B: 'M.B' } })
      .withEntity('M.B', { persistable: false, attributes: { X: 'String' } })
      .withPage('M.P', [listOf('M.A', { constraint: "[M.A_B/M.B/X = 'x']" })])
      .withProfile('Phone', { home: 'M.P' }),
    anApp()
      .withEntity('M.A', { associations: { A_B: 'M.B' } })
      .withEntity('M.B', { attributes: { X: 'String' } })
      .withPage('M.P', [listOf('M.A', { constraint: "[M.A_B/M.B/X = 'x']" })])
      .withProfile('Phone', { home: 'M.P' }),
  ],
];

describe('checks', () => {
  it.each(CASES)('%s fires where it should and only there', (code, fires, quiet) => {
    const found = validate(fires.model()).filter((diagnostic) => diagnostic.code === code);
    expect(found.length).toBeGreaterThan(0);
    for (const diagnostic of found) {
      expect(diagnostic.document).toBeTruthy();
      expect(diagnostic.element).toMatch(/^[a-z2-7]{16}$/);
    }
    expect(validate(quiet.model()).map((diagnostic) => diagnostic.code)).not.toContain(code);
  });

  it('turns a check that throws into a finding and goes on', () => {
    const [one] = CHECKS;
    const broken = {
      ...(one ?? expect.fail('checks')),
      find: () => {
        throw new Error('oops');
      },
    };
    const codes = runChecks(order().withPage('M.Con', []).model(), { checks: [broken, ...CHECKS] }).map(
      (diagnostic) => diagnostic.code,
    );
    expect(codes).toContain('validation/check-failed');
    expect(codes).toContain('name/not-a-file-name');
  });

  it('looks only at the documents asked for', () => {
    const model = order().withPage('M.Con', []).withPage('M.Aux', []).model();
    const only = runChecks(model, { documents: new Set(['modules/M/pages/Aux.json']) });
    expect(only.map((diagnostic) => diagnostic.document)).toEqual(['modules/M/pages/Aux.json']);
  });

  it('has a page of documentation that is current', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/checks.md'), 'utf8');
    expect(page === checksDocument(), 'run: node scripts/generate-checks-doc.ts').toBe(true);
  });
});
