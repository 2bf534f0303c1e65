import { grantsOf } from '@skerry/shared/access/grants-of';
import { evaluateRights, rightsOf } from '@skerry/shared/access/rights';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import { describe, expect, it } from 'vitest';
import { anApp, idOf } from '../../support/model-builder.ts';

const role = (name: string) =>
  app().security.userRoles.find((one) => one.name === name)?.id ?? expect.fail(`no role ${name}`);

function app() {
  return anApp()
    .withUserRole('Tech', ['M.Field'])
    .withUserRole('Planner', ['M.Office'], { manages: ['Tech'] })
    .withEntity('M.Asset', {
      systemMembers: ['createdDate', 'owner'],
      attributes: { Name: 'String', Number: 'AutoNumber', Pin: 'HashedString' },
      associations: { Asset_Site: 'M.Site' },
      rules: [
        { roles: ['Field'], read: ['Name'], constraint: '[Name = 1]' },
        { roles: ['Office', 'Field'], write: 'all', create: true },
        { roles: ['Nobody'], read: 'all' },
      ],
    })
    .withEntity('M.Pump', { generalization: 'M.Asset', attributes: { Flow: 'Decimal' }, rules: [] })
    .withEntity('M.Valve', {
      generalization: 'M.Asset',
      rules: [{ roles: ['Field'], read: ['Name'], write: ['Asset_Site'] }],
    })
    .withEntity('M.Site')
    .model();
}

describe('access rules to grants', () => {
  const view = domainView(app());

  it('compiles the rules that some user role has, with members by id', () => {
    expect(grantsOf(view, 'M.Asset').map((grant) => [grant.rule, grant.userRoles, grant.read])).toEqual([
      [idOf('M.Asset/rule/0'), [role('Tech')], [idOf('M.Asset/Name')]],
      [
        idOf('M.Asset/rule/1'),
        [role('Tech'), role('Planner')],
        [idOf('M.Asset/Name'), idOf('M.Asset/Number'), expect.any(String), idOf('M.Asset_Site'), expect.any(String)],
      ],
    ]);
  });

  it('never lets hashed strings be read nor values of the service be written', () => {
    const grant = grantsOf(view, 'M.Asset')[1];
    expect(grant?.read).not.toContain(idOf('M.Asset/Pin'));
    expect(grant?.write).toEqual([idOf('M.Asset/Name'), idOf('M.Asset/Pin'), idOf('M.Asset_Site')]);
  });

  it('inherits members but no rules', () => {
    expect(grantsOf(view, 'M.Pump')).toEqual([]);
    expect(grantsOf(view, 'M.Valve')[0]).toMatchObject({
      read: [idOf('M.Asset/Name'), idOf('M.Asset_Site')],
      write: [idOf('M.Asset_Site')],
    });
  });

  it('lets users read themselves and managed ones, without passwords', () => {
    const grants = grantsOf(view, 'System.User');
    expect(grants.map((grant) => [grant.constraint, grant.userRoles])).toEqual([
      ["[id = '[%CurrentUser%]']", [role('Tech'), role('Planner')]],
      ["[System.UserRoles/System.UserRole/Name = 'Tech']", [role('Planner')]],
    ]);
    const password = view.attributes('System.User').get('Password')?.id;
    expect(grants.some((grant) => [...grant.read, ...grant.write].some((id) => id === password))).toBe(false);
  });
});

describe('rights in an object', () => {
  const grants = grantsOf(domainView(app()), 'M.Asset');

  it('adds up the grants that hold for the roles', () => {
    const rights = evaluateRights(grants, () => true, [role('Tech')]);
    expect(rights.rules).toEqual([idOf('M.Asset/rule/0'), idOf('M.Asset/rule/1')]);
    expect(rights.create).toBe(true);
    expect(rights.delete).toBe(false);
    expect(evaluateRights(grants, () => true, [])).toEqual(rightsOf([]));
  });

  it('asks for each constraint once and never for the empty one', () => {
    const asked: string[] = [];
    evaluateRights([...grants, ...grants], (text) => asked.push(text) > 5, [role('Tech')]);
    expect(asked).toEqual(['[Name = 1]']);
  });
});
