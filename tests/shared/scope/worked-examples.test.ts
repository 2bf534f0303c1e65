import { describe, expect, it } from 'vitest';
import { anApp, idOf } from '../../support/model-builder.ts';
import { analyzed, codes, entityOf, listOf, membersOf, modes, shows } from './analyze-model.ts';

/** The examples of the reference, as small apps. */
const order = () => anApp().withEntity('M.Order', { attributes: { Number: 'String', Total: 'Decimal' } });
const phone = { home: 'M.P' };

describe('worked examples', () => {
  it('[SC3] E1: a list over the database brings the entity with all readable members', () => {
    const analysis = analyzed(
      order()
        .withPage('M.P', [listOf('M.Order')])
        .withProfile('Phone', phone),
    );
    expect(modes(analysis)).toEqual(['M.Order all']);
    expect(membersOf(analysis, 'M.Order')).toEqual(['Number', 'Total']);
    expect(entityOf(analysis, 'M.Order').candidates).toEqual([{ kind: 'own', members: [] }]);
  });

  it('[SC8] E2: a filter of a page does not narrow the download, and is suggested', () => {
    const analysis = analyzed(
      order()
        .withPage('M.P', [listOf('M.Order', { constraint: '[Total > 100]' })])
        .withProfile('Phone', phone),
    );
    expect(entityOf(analysis, 'M.Order')).toMatchObject({ mode: 'all', constraint: '' });
    expect(codes(analysis)).toEqual(['scope/shared-filter']);
  });

  it('[SC8] E3: a constraint of the profile narrows the download', () => {
    const setting = { 'M.Order': { mode: 'constrained', constraint: '[Total > 100]' } };
    const analysis = analyzed(
      order()
        .withPage('M.P', [listOf('M.Order')])
        .withProfile('Phone', { ...phone, synchronization: { entities: setting } }),
    );
    expect(entityOf(analysis, 'M.Order')).toMatchObject({
      mode: 'constrained',
      configured: true,
      constraint: '[Total > 100]',
    });
    expect(entityOf(analysis, 'M.Order').candidates).toEqual([{ kind: 'own', members: [idOf('M.Order/Total')] }]);
  });

  const withCustomer = (read: readonly string[] | 'all') =>
    order()
      .withEntity('M.Order', { attributes: { Number: 'String' }, associations: { Order_Customer: 'M.Customer' } })
      .withEntity('M.Customer', { attributes: { Name: 'String', VatNo: 'String' }, rules: [{ read }] });
  const customerName = '$currentObject/M.Order_Customer/M.Customer/Name';

  it('[SC7] E4: an attribute shown over an association brings both ends', () => {
    const app = withCustomer('all')
      .withPage('M.P', [listOf('M.Order', {}, [shows(customerName)])])
      .withProfile('Phone', phone);
    const analysis = analyzed(app);
    expect(modes(analysis)).toEqual(['M.Customer all', 'M.Order all']);
    expect(membersOf(analysis, 'M.Customer')).toEqual(['Name', 'VatNo']);
    expect(analysis.plan.associations).toEqual([idOf('M.Order_Customer')]);
  });

  it('[SC6] E5: a member that no role reads is on no device', () => {
    const app = withCustomer(['Name'])
      .withPage('M.P', [listOf('M.Order', {}, [shows(customerName)])])
      .withProfile('Phone', phone);
    expect(membersOf(analyzed(app), 'M.Customer')).toEqual(['Name']);
  });

  it('[SC7] E6: an association that nothing follows brings nothing and is reported', () => {
    const analysis = analyzed(
      withCustomer('all')
        .withPage('M.P', [listOf('M.Order')])
        .withProfile('Phone', phone),
    );
    expect(modes(analysis)).toEqual(['M.Order all']);
    expect(membersOf(analysis, 'M.Order')).toEqual(['Number']);
    expect(codes(analysis)).toEqual(['scope/association-out-of-scope']);
  });

  it('[SC8b] E7: what is only created goes up and leaves', () => {
    const analysis = analyzed(
      anApp()
        .withEntity('M.Feedback', { attributes: { Text: 'String' } })
        .withNanoflow('M.Send', [{ kind: 'createObject', entity: 'M.Feedback', output: 'Feedback' }])
        .withPage('M.P', [{ kind: 'button', caption: {}, action: { kind: 'callNanoflow', nanoflow: 'M.Send' } }])
        .withProfile('Phone', phone),
    );
    expect(modes(analysis)).toEqual(['M.Feedback uploadOnly']);
  });

  it('[SC2] E8: a microflow is recorded and not entered', () => {
    const analysis = analyzed(
      anApp()
        .withEntity('M.PriceList')
        .withMicroflow('M.Price', [
          { kind: 'retrieve', source: { kind: 'database', entity: 'M.PriceList' }, output: 'Prices' },
        ])
        .withNanoflow('M.Ask', [{ kind: 'callMicroflow', microflow: 'M.Price' }])
        .withPage('M.P', [{ kind: 'button', caption: {}, action: { kind: 'callNanoflow', nanoflow: 'M.Ask' } }])
        .withProfile('Phone', phone),
    );
    expect(analysis.plan.entities).toEqual([]);
    expect(analysis.plan.microflowCalls).toEqual([idOf('microflow/M.Price')]);
    expect(codes(analysis)).toEqual(['scope/needs-network']);
  });

  it('[SC1] E9: what only another profile reaches is not in scope', () => {
    const app = anApp()
      .withEntity('M.Invoice')
      .withPage('M.P', [])
      .withPage('M.Office', [listOf('M.Invoice')])
      .withProfile('Phone', phone)
      .withProfile('Desk', { profile: 'online', home: 'M.Office' });
    expect(modes(analyzed(app))).toEqual([]);
  });

  it('[SC8] E10: the rows are those of the access rule', () => {
    const app = anApp()
      .withEntity('M.Task', {
        associations: { Task_Assignee: 'System.User' },
        rules: [{ read: 'all', constraint: "[M.Task_Assignee = '[%CurrentUser%]']" }],
      })
      .withPage('M.P', [listOf('M.Task')])
      .withProfile('Phone', phone);
    const task = entityOf(analyzed(app), 'M.Task');
    expect(task.grants.map((grant) => grant.constraint)).toEqual(["[M.Task_Assignee = '[%CurrentUser%]']"]);
    expect(task.candidates).toEqual([{ kind: 'own', members: [idOf('M.Task_Assignee')] }]);
  });

  const animals = () =>
    anApp()
      .withEntity('M.Animal', { attributes: { Name: 'String' } })
      .withEntity('M.Dog', { generalization: 'M.Animal', attributes: { Trick: 'String' } })
      .withEntity('M.Cat', { generalization: 'M.Animal' });

  it('[SC5] E12: a list of a generalization brings its specialisations, with all their own members', () => {
    const analysis = analyzed(
      animals()
        .withPage('M.P', [listOf('M.Animal')])
        .withProfile('Phone', phone),
    );
    expect(modes(analysis)).toEqual(['M.Animal all', 'M.Cat all', 'M.Dog all']);
    expect(membersOf(analysis, 'M.Dog')).toEqual(['Name', 'Trick']);
  });

  it('[SC4] a list of a specialisation does not bring its ancestors', () => {
    expect(
      modes(
        analyzed(
          animals()
            .withPage('M.P', [listOf('M.Dog')])
            .withProfile('Phone', phone),
        ),
      ),
    ).toEqual(['M.Dog all']);
  });

  it('[SC7] E13: a reference set brings both ends and its links', () => {
    const analysis = analyzed(
      anApp()
        .withEntity('M.Product', { associations: { Product_Tag: 'M.Tag*' } })
        .withEntity('M.Tag', { attributes: { Name: 'String' } })
        .withPage('M.P', [
          listOf('M.Product', {}, [
            {
              kind: 'listView',
              source: { kind: 'association', path: 'M.Product_Tag/M.Tag' },
              widgets: [shows('$currentObject/Name')],
            },
          ]),
        ])
        .withProfile('Phone', phone),
    );
    expect(modes(analysis)).toEqual(['M.Product all', 'M.Tag all']);
    expect(analysis.plan.associations).toEqual([idOf('M.Product_Tag')]);
  });

  it('[SC6] E14: hashed strings stay on the service, and showing one is an error', () => {
    const analysis = analyzed(
      anApp()
        .withEntity('M.Account', { attributes: { PasswordHash: 'HashedString', No: 'AutoNumber' } })
        .withPage('M.P', [listOf('M.Account', {}, [shows('$currentObject/PasswordHash')])])
        .withProfile('Phone', phone),
    );
    expect(membersOf(analysis, 'M.Account')).toEqual(['No']);
    expect(entityOf(analysis, 'M.Account').grants[0]?.write).not.toContain(idOf('M.Account/No'));
    expect(codes(analysis)).toEqual(['scope/hashed-string-on-device']);
  });

  it('[SC4] E16: what a JavaScript action declares is in scope', () => {
    const analysis = analyzed(
      anApp()
        .withEntity('M.Cache')
        .document('javaScriptAction', 'actions', 'M.Warm', { uses: { entities: ['M.Cache'] } })
        .withNanoflow('M.Start', [{ kind: 'callAction', action: 'M.Warm' }])
        .withPage('M.P', [])
        .withProfile('Phone', { ...phone, synchronization: { flows: { afterStart: 'M.Start' } } }),
    );
    expect(modes(analysis)).toEqual(['M.Cache all']);
    expect(analysis.plan.actions).toEqual([idOf('javaScriptAction/M.Warm')]);
  });

  it('[SC7] E18: a constraint on the device cannot pass through an online entity', () => {
    const analysis = analyzed(
      anApp()
        .withEntity('M.Visit', { associations: { Visit_Site: 'M.Site' } })
        .withEntity('M.Site', { attributes: { City: 'String' } })
        .withPage('M.P', [listOf('M.Visit', { constraint: "[M.Visit_Site/M.Site/City = 'X']" })])
        .withProfile('Phone', { ...phone, synchronization: { entities: { 'M.Site': { mode: 'online' } } } }),
    );
    expect(
      codes(analysis, ['scope/readable-without-constraint', 'scope/shared-filter', 'scope/association-out-of-scope']),
    ).toEqual(['scope/association-online']);
    expect(
      analysis.diagnostics.find((one) => one.code === 'scope/association-online')?.fixes?.[0]?.arguments,
    ).toMatchObject({ entity: 'M.Site', mode: 'all' });
  });

  it('[SC4] E19: non-persistable entities never sync', () => {
    const app = anApp()
      .withEntity('M.Draft', { persistable: false, attributes: { Text: 'String' } })
      .withPage(
        'M.P',
        [
          {
            kind: 'dataView',
            source: { kind: 'context', variable: 'Draft' },
            widgets: [{ kind: 'textBox', attribute: 'Text' }],
          },
        ],
        { parameters: { Draft: 'M.Draft' } },
      )
      .withProfile('Phone', phone);
    expect(modes(analyzed(app))).toEqual([]);
  });

  it('[SC2] E20: roles do not hide documents from the walk, and the plan says what each can open', () => {
    const analysis = analyzed(
      anApp()
        .withUserRole('Tech', ['M.User'])
        .withUserRole('Admin', ['M.User', 'M.Admin'])
        .withEntity('M.Audit', { rules: [{ roles: ['Admin'], read: 'all' }] })
        .withPage('M.P', [])
        .withPage('M.Audits', [listOf('M.Audit')], { allowedModuleRoles: ['Admin'] })
        .withProfile('Phone', {
          ...phone,
          menu: [{ caption: { en: 'Audit' }, roles: ['Admin'], action: { kind: 'openPage', page: 'M.Audits' } }],
        }),
    );
    expect(modes(analysis)).toEqual(['M.Audit all']);
    expect([...analysis.explanations.opens].map(([role, opens]) => [role, opens.pages])).toEqual([
      ['Tech', ['M.P']],
      ['Admin', ['M.Audits', 'M.P']],
    ]);
  });
});
