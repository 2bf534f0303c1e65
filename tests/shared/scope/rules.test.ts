import { canonicalJson, type Json } from '@skerry/shared/base/json';
import { readModel } from '@skerry/shared/metamodel/model';
import { scopeReport } from '@skerry/shared/scope/report';
import { describe, expect, it } from 'vitest';
import { type AppBuilder, anApp, idOf } from '../../support/model-builder.ts';
import { analyzed, codes, entityOf, listOf, membersOf, modes, shows } from './analyze-model.ts';

const phone = { home: 'M.P' };
const onPhone = (app: AppBuilder, ...widgets: Parameters<AppBuilder['withPage']>[1][number][]) =>
  app.withPage('M.P', widgets).withProfile('Phone', phone);

describe('scope rules', () => {
  it('[SC3] counts no use where nothing needs rows: parameter types, set associations', () => {
    const app = anApp()
      .withEntity('M.Visit', { associations: { Visit_Site: 'M.Site' } })
      .withEntity('M.Site')
      .withNanoflow(
        'M.Make',
        [
          {
            kind: 'createObject',
            entity: 'M.Visit',
            changes: [{ member: 'M.Visit_Site', value: '$Site' }],
            output: 'Visit',
          },
        ],
        { parameters: { Site: 'M.Site' } },
      );
    const analysis = analyzed(
      onPhone(app, {
        kind: 'button',
        caption: {},
        action: { kind: 'callNanoflow', nanoflow: 'M.Make', arguments: {} },
      }),
    );
    expect(modes(analysis)).toEqual(['M.Visit uploadOnly']);
  });

  it('[SC3] finds the far end of an association retrieve from the type of a variable of another flow', () => {
    const app = anApp()
      .withEntity('M.Visit', { associations: { Visit_Site: 'M.Site' } })
      .withEntity('M.Site')
      .withNanoflow('M.Latest', [], { returnType: { kind: 'Object', entity: 'M.Site' }, returns: 'empty' })
      .withNanoflow('M.All', [
        { kind: 'callNanoflow', nanoflow: 'M.Latest', output: 'Site' },
        {
          kind: 'retrieve',
          source: { kind: 'association', variable: 'Site', association: 'M.Visit_Site' },
          output: 'Visits',
        },
      ]);
    const analysis = analyzed(
      onPhone(app, { kind: 'button', caption: {}, action: { kind: 'callNanoflow', nanoflow: 'M.All' } }),
    );
    expect(modes(analysis)).toEqual(['M.Site uploadOnly', 'M.Visit all']);
  });

  it('[SC5] refuses a specialisation that downloads more than its generalization', () => {
    const app = anApp()
      .withEntity('M.Animal', { attributes: { Name: 'String' } })
      .withEntity('M.Dog', { generalization: 'M.Animal' })
      .withPage('M.P', [listOf('M.Animal')]);
    const set = (animal: string, dog: string) =>
      codes(
        analyzed(
          app.withProfile('Phone', {
            ...phone,
            synchronization: {
              entities: { 'M.Animal': { mode: animal, constraint: "[Name = 'a']" }, 'M.Dog': { mode: dog } },
            },
          }),
        ),
      );
    expect(set('constrained', 'all')).toEqual(['scope/wider-than-generalization']);
    expect(set('all', 'kept')).toEqual([]);
  });

  it('[SC5] gives a specialisation without a setting the mode and constraint of its generalization', () => {
    const app = anApp()
      .withEntity('M.Animal', { attributes: { Name: 'String' } })
      .withEntity('M.Dog', { generalization: 'M.Animal' })
      .withPage('M.P', [listOf('M.Animal')])
      .withProfile('Phone', {
        ...phone,
        synchronization: { entities: { 'M.Animal': { mode: 'constrained', constraint: "[Name = 'a']" } } },
      });
    expect(entityOf(analyzed(app), 'M.Dog')).toMatchObject({
      mode: 'constrained',
      configured: false,
      constraint: "[Name = 'a']",
    });
  });

  it('[SC6] keeps only used members where the profile says so', () => {
    const app = anApp()
      .withEntity('M.Order', {
        attributes: { Number: 'String', Total: 'Decimal', Open: 'Boolean' },
        rules: [{ read: 'all', constraint: '[Open]' }],
      })
      .withPage('M.P', [listOf('M.Order', {}, [shows('$currentObject/Number')])])
      .withProfile('Phone', { ...phone, synchronization: { members: 'used' } });
    expect(membersOf(analyzed(app), 'M.Order')).toEqual(['Number', 'Open']);
  });

  it('[SC8] names role and member where a role can open what reads a member it may not read', () => {
    const app = () =>
      anApp()
        .withUserRole('Tech', ['M.User'])
        .withUserRole('Boss', ['M.User', 'M.Boss'])
        .withEntity('M.Order', {
          attributes: { Number: 'String', Cost: 'Decimal' },
          rules: [{ read: ['Number'] }, { roles: ['Boss'], read: ['Cost'] }],
        });
    const analysis = analyzed(onPhone(app(), listOf('M.Order', {}, [shows('$currentObject/Cost')])));
    const errors = analysis.diagnostics.filter((one) => one.severity === 'error');
    expect(errors).toMatchObject([
      { code: 'scope/member-withheld', document: 'modules/M/pages/P.json', path: ['content', 'parameters', '0'] },
    ]);
    expect(errors[0]?.message).toContain('Tech');
    expect(errors[0]?.message).toContain('M.Order/Cost');
    const hidden = analyzed(
      onPhone(app(), listOf('M.Order', {}, [{ ...shows('$currentObject/Cost'), visibleRoles: ['Boss'] }])),
    );
    expect(codes(hidden)).toEqual([]);
  });

  it('[SC9] marks a grant that the device can judge and no other', () => {
    const app = (siteRule: string) =>
      onPhone(
        anApp()
          .withEntity('M.Site', { attributes: { Open: 'Boolean' }, rules: [{ read: 'all', constraint: siteRule }] })
          .withEntity('M.Visit', {
            attributes: { Done: 'Boolean' },
            associations: { Visit_Site: 'M.Site' },
            rules: [
              { write: 'all', constraint: '[Done = false]' },
              { write: 'all', constraint: '[M.Visit_Site/M.Site/Open]' },
            ],
          }),
        listOf('M.Visit', {}, [shows('$currentObject/M.Visit_Site/M.Site/Open')]),
      );
    const marks = (siteRule: string) =>
      entityOf(analyzed(app(siteRule)), 'M.Visit').grants.map((grant) => grant.onDevice);
    expect(marks('')).toEqual([true, true]);
    expect(marks('[Open]')).toEqual([true, false]);
  });

  it('[SC10] finds objects by their own members, backwards along paths, and by the clock', () => {
    const visit = entityOf(
      analyzed(
        onPhone(
          anApp()
            .withEntity('M.Region', { associations: { Region_User: 'System.User*' } })
            .withEntity('M.Site', { associations: { Site_Region: 'M.Region' } })
            .withEntity('M.Visit', {
              attributes: { Planned: 'DateTime' },
              associations: { Visit_Site: 'M.Site' },
              rules: [
                {
                  read: 'all',
                  constraint:
                    "[M.Visit_Site/M.Site/M.Site_Region/M.Region/M.Region_User = '[%CurrentUser%]'][Planned > '[%BeginOfCurrentDay%]']",
                },
              ],
            }),
          listOf('M.Visit'),
        ),
      ),
      'M.Visit',
    );
    const site = { association: idOf('M.Visit_Site'), direction: 'forward', entity: idOf('M.Site') };
    const region = { association: idOf('M.Site_Region'), direction: 'forward', entity: idOf('M.Region') };
    expect(visit.candidates).toEqual(
      expect.arrayContaining([
        { kind: 'own', members: [idOf('M.Visit/Planned'), idOf('M.Visit_Site')].sort() },
        { kind: 'path', steps: [site], members: [idOf('M.Site_Region')] },
        { kind: 'path', steps: [site, region], members: [idOf('M.Region_User')] },
        { kind: 'clock', steps: [], member: idOf('M.Visit/Planned') },
      ]),
    );
    expect(visit.candidates).toHaveLength(4);
    expect(visit.frame).toMatchObject({ zone: true });
  });

  it('[SC11] reports what goes up', () => {
    const app = onPhone(
      anApp().withEntity('M.Order', {
        attributes: { Number: 'String', Total: 'Decimal' },
        rules: [{ read: 'all', write: ['Number'] }],
      }),
      listOf('M.Order', {}, [
        { kind: 'textBox', attribute: 'Number' },
        { kind: 'button', caption: {}, action: { kind: 'delete' } },
      ]),
    );
    expect(scopeReport(analyzed(app)).entities[0]?.upload).toEqual({
      members: ['Number'],
      operations: ['change', 'delete'],
    });
  });

  it('[SC12] explains by the chain with the fewest documents, and by every use on request', () => {
    const app = anApp()
      .withEntity('M.Order', { attributes: { Number: 'String' } })
      .withPage('M.P', [{ kind: 'button', name: 'more', caption: {}, action: { kind: 'openPage', page: 'M.Q' } }])
      .withPage('M.Q', [{ ...listOf('M.Order'), name: 'orders' }])
      .withProfile('Phone', {
        ...phone,
        menu: [{ caption: { en: 'Orders' }, action: { kind: 'openPage', page: 'M.Q' } }],
      });
    const menu = ['navigation:Phone', 'menu:Orders', 'page:M.Q', 'widget:orders', 'retrieve:M.Order'];
    expect(scopeReport(analyzed(app)).entities[0]?.reasons).toEqual([menu]);
    const twice = app.withPage('M.P', [{ ...listOf('M.Order'), name: 'few' }]);
    expect(scopeReport(analyzed(twice), { allReasons: true }).entities[0]?.reasons).toEqual([
      ['navigation:Phone', 'home', 'page:M.P', 'widget:few', 'retrieve:M.Order'],
      menu,
    ]);
  });

  it('[SC14] gives the same plan whatever the order of the files', () => {
    const documents = onPhone(
      anApp()
        .withEntity('M.B', { associations: { B_A: 'M.A' } })
        .withEntity('M.A')
        .withEntity('M.C', { generalization: 'M.A' }),
      listOf('M.B', {}, [shows('$currentObject/M.B_A/M.A/x')]),
    ).build();
    const one = analyzed(readModel(documents));
    const two = analyzed(readModel(new Map([...documents].reverse())));
    expect(canonicalJson(two.plan as unknown as Json)).toBe(canonicalJson(one.plan as unknown as Json));
    expect(two.hash).toBe(one.hash);
    expect(scopeReport(two)).toEqual(scopeReport(one));
  });

  it('[SC2] requires that what a microflow hands over has a place', () => {
    const app = anApp()
      .withEntity('M.Job')
      .withMicroflow('M.Send', [
        { kind: 'retrieve', source: { kind: 'database', entity: 'M.Job' }, output: 'Jobs' },
        { kind: 'synchronizeToDevice', variable: 'Jobs' },
      ])
      .withPage('M.P', [{ kind: 'button', caption: {}, action: { kind: 'callMicroflow', microflow: 'M.Send' } }]);
    expect(codes(analyzed(app.withProfile('Phone', phone)))).toEqual([
      'scope/handed-over-out-of-scope',
      'scope/needs-network',
    ]);
    const kept = { additional: ['M.Job'], entities: { 'M.Job': { mode: 'kept' } } };
    expect(codes(analyzed(app.withProfile('Phone', { ...phone, synchronization: kept })))).toEqual([
      'scope/needs-network',
    ]);
  });
});
