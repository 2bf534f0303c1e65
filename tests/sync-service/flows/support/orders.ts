import type { Cells } from '@skerry/shared/base/cell';
import type { ElementId, ObjectId } from '@skerry/shared/base/ids';
import type { Model } from '@skerry/shared/metamodel/model';
import type { FlowCallAnswer } from '@skerry/shared/protocol/flow-call';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import type { Operation } from '@skerry/shared/sync/change';
import { type AppBuilder, anApp, idOf, type Loose } from '../../../support/model-builder.ts';
import { type Answer, objectOf, post, type TestDevice } from '../../support/harness.ts';

export const member = (place: string) => idOf(`M.${place}`);

const everything = { read: 'all', write: 'all', create: true, delete: true } as const;

/**
 * Orders of workers: a worker sees those that are Open, never what they cost; bosses see everything. Ledger is what the
 * service writes, Draft lies outside the profile's constraint.
 */
export function ordersApp(): AppBuilder {
  const user = (name: string, role: string) => ({
    name,
    password: `${name}-password`,
    userRoles: [role],
    object: objectOf(name),
  });
  return anApp()
    .withUserRole('Worker', ['M.User'])
    .withUserRole('Boss', ['M.Boss'])
    .withSecurity({ demoUsers: [user('anna', 'Worker'), user('bob', 'Boss')] })
    .withEntity('M.Person', { generalization: 'System.User' })
    .withEntity('M.Order', {
      attributes: { Title: 'String(50)', Amount: 'Integer', Cost: 'Integer', Stamp: 'String(50)', Open: 'Boolean' },
      systemMembers: ['changedBy'],
      rules: [
        {
          roles: ['User'],
          read: ['Title', 'Amount', 'Stamp', 'Open'],
          write: ['Title', 'Amount', 'Open'],
          create: true,
          delete: true,
          constraint: '[Open]',
        },
        { roles: ['Boss'], ...everything },
      ],
      more: {
        validationRules: [
          { id: idOf('rule/title'), kind: 'required', attribute: 'Title', message: { en: 'An order has a title.' } },
        ],
      },
    })
    .withEntity('M.Line', {
      attributes: { Text: 'String(50)' },
      associations: { Line_Order: { to: 'M.Order', deleteBehavior: { to: 'deleteOther' } } },
      rules: [{ roles: ['User', 'Boss'], ...everything }],
    })
    .withEntity('M.Ledger', {
      attributes: { Text: 'String(80)' },
      rules: [{ roles: ['User', 'Boss'], read: 'all' }],
    })
    .withEntity('M.Draft', {
      attributes: { Text: 'String(50)', Own: 'Boolean' },
      rules: [{ roles: ['User', 'Boss'], ...everything }],
    })
    .withEntity('M.Memo', {
      attributes: { Text: 'String(50)' },
      rules: [{ roles: ['User', 'Boss'], ...everything }],
      more: { conflictPolicy: { kind: 'review' } },
    })
    .withPage('M.Home', [])
    .withProfile('Phone', {
      home: 'M.Home',
      synchronization: {
        entities: { 'M.Draft': { mode: 'constrained', constraint: '[Own]' } },
        additional: ['Order', 'Line', 'Ledger', 'Draft', 'Memo'].map((name) => `M.${name}`),
      },
    });
}

/** A ledger line, committed. */
export function note(text: string, output = 'Noted'): Loose {
  return {
    kind: 'createObject',
    entity: 'M.Ledger',
    commit: true,
    changes: [{ member: 'Text', value: text }],
    output,
  };
}

export function demo(
  entity: string,
  word: string,
  cells: { readonly [attribute: string]: Cells[string] } = {},
): DemoObject {
  const named = Object.entries(cells).map(([name, cell]) => [
    member(name.includes('_') ? name : `${entity}/${name}`),
    cell,
  ]);
  return { entity: `M.${entity}`, id: objectOf(word), cells: Object.fromEntries(named), links: {} };
}

export const PEOPLE: readonly DemoObject[] = [demo('Person', 'anna'), demo('Person', 'bob')];

export function make(entity: string, word: string, set: { readonly [attribute: string]: Cells[string] }): Operation {
  return { kind: 'create', entityId: member(entity) as ElementId, objectId: objectOf(word), set: cells(entity, set) };
}

export function edit(
  entity: string,
  word: string,
  set: { readonly [attribute: string]: Cells[string] },
  was: { readonly [attribute: string]: Cells[string] },
  baseRev = 1,
): Operation {
  const at = { entityId: member(entity) as ElementId, objectId: objectOf(word) };
  return { kind: 'update', ...at, baseRev, set: cells(entity, set), was: cells(entity, was) };
}

export function drop(entity: string, word: string, baseRev = 1): Operation {
  return { kind: 'delete', entityId: member(entity) as ElementId, objectId: objectOf(word), baseRev };
}

function cells(entity: string, values: { readonly [attribute: string]: Cells[string] }): Cells {
  return Object.fromEntries(
    Object.entries(values).map(([name, cell]) => [member(name.includes('_') ? name : `${entity}/${name}`), cell]),
  );
}

/** What a device holds of an entity, by attribute name. */
export function rowsOf(device: TestDevice, model: Model, entity: string): { readonly [name: string]: unknown }[] {
  const document = model.find('entity', `M.${entity}`)!;
  return [...device.rows.values()]
    .filter((row) => row.entity === document.content.id)
    .map((row) =>
      Object.fromEntries(
        document.content.attributes
          .filter(({ id }) => Object.hasOwn(row.cells, id))
          .map(({ id, name }) => [name, row.cells[id]]),
      ),
    );
}

let calls = 0;

export type Argument = FlowCallAnswer['result'];
export const object = (word: string): Argument => ({ kind: 'object', id: objectOf(word) });
export const cell = (value: Cells[string]): Argument => ({ kind: 'cell', value });

/** One call under a new id, or under one that is given. */
export function call(
  device: TestDevice,
  microflow: string,
  args: { readonly [name: string]: Argument } = {},
  id: ObjectId = objectOf(`call${++calls}`),
): Promise<Answer<FlowCallAnswer>> {
  const request = { id, profile: 'Phone', microflow: idOf(`microflow/M.${microflow}`), arguments: args };
  return post<FlowCallAnswer>(`${device.url}/api/flows/call`, request, device.token);
}
