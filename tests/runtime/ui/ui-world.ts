import { type AppContextValue, createPageState, type ShellPort } from '@skerry/runtime/ui/app-context';
import { createObjectCache } from '@skerry/runtime/ui/data/object-cache';
import { objectValue } from '@skerry/runtime/ui/data/plain-value';
import { sayIn } from '@skerry/runtime/ui/shell/words';
import type { Cell } from '@skerry/shared/base/cell';
import type { ObjectId } from '@skerry/shared/base/ids';
import type { BundleContent } from '@skerry/shared/bundle/content';
import { compileFlows } from '@skerry/shared/bundle/device-programs';
import type { Session } from '@skerry/shared/expression/session';
import { zoneTransitions } from '@skerry/shared/expression/zone-from-intl';
import { domainView } from '@skerry/shared/metamodel/domain-view';
import type { DemoObject } from '@skerry/shared/relational/demo-data';
import { type FakeDeviceInput, fakeDevice } from '../../support/fake-device.ts';
import { anApp, idOf } from '../../support/model-builder.ts';

export const NOW = Date.UTC(2026, 10, 23, 9);

/** Serial numbers to ids. */
export const id = (serial: number) => `01999999-0000-7000-8000-${String(serial).padStart(12, '0')}` as ObjectId;

export const model = anApp()
  .withEnumeration('Shop.Colour', ['Red', 'Green'])
  .withEntity('Shop.Person', { generalization: 'System.User' })
  .withEntity('Shop.Place', { attributes: { Name: 'String' } })
  .withEntity('Shop.Machine', {
    attributes: {
      Name: 'String',
      Serial: 'AutoNumber',
      Weight: 'Decimal',
      Colour: 'Enumeration(Shop.Colour)',
      Due: 'DateTime',
    },
    associations: { Machine_Place: 'Shop.Place', Machine_Tags: 'Shop.Tag*' },
    more: {
      validationRules: [
        { id: idOf('rule'), kind: 'required', attribute: 'Name', message: { en: 'A machine needs a name.' } },
      ],
    },
  })
  .withEntity('Shop.Pump', { generalization: 'Shop.Machine', attributes: { Flow: 'Integer' } })
  .withEntity('Shop.Tag', { attributes: { Name: 'String' } })
  .withNanoflow('Shop.Run', [{ kind: 'commit', variable: 'Machine', withEvents: true }], {
    parameters: { Machine: 'Shop.Machine', Words: 'String' },
  })
  .withMicroflow('Shop.Ask', [], { parameters: { Machine: 'Shop.Machine' } })
  .withNanoflow(
    'Shop.CancelEdit',
    [
      { kind: 'rollback', variable: 'Machine' },
      { kind: 'callNanoflow', nanoflow: 'Shop.Close', arguments: {} },
    ],
    { parameters: { Machine: 'Shop.Machine' } },
  )
  .withNanoflow('Shop.Close', [{ kind: 'closePage' }])
  .withNanoflow(
    'Shop.Keep',
    [{ kind: 'callNanoflow', nanoflow: 'Shop.Run', arguments: { Machine: '$Machine', Words: "'x'" } }],
    {
      parameters: { Machine: 'Shop.Machine' },
    },
  )
  .withPage('Shop.Edit', [], { parameters: { Machine: 'Shop.Machine' } })
  .withPage('Shop.Two', [], { parameters: { Machine: 'Shop.Machine', Count: 'Integer' } })
  .withDocument('modules/Shop/constants/Limit.json', {
    format: 1,
    kind: 'constant',
    id: idOf('limit'),
    name: 'Limit',
    type: 'Integer',
    value: '12',
  })
  .model();

const view = domainView(model);

export function object(
  entity: string,
  serial: number,
  cells: { readonly [member: string]: Cell },
  sets: { readonly [association: string]: readonly ObjectId[] } = {},
): DemoObject {
  const idIn = (member: string) =>
    view.attributes(entity).get(member)?.id ??
    view.owned(entity).find(({ qualifiedName }) => qualifiedName === member)?.id ??
    member;
  return {
    entity,
    id: id(serial),
    cells: Object.fromEntries(Object.entries(cells).map(([member, cell]) => [idIn(member), cell])),
    links: Object.fromEntries(Object.entries(sets).map(([association, ids]) => [idIn(association), ids])),
  };
}

export const OBJECTS: readonly DemoObject[] = [
  object('Shop.Person', 1, {}),
  object('Shop.Place', 10, { Name: 'Harbour' }),
  object('Shop.Tag', 20, { Name: 'old' }),
  object('Shop.Tag', 21, { Name: 'loud' }),
  object(
    'Shop.Pump',
    30,
    { Name: 'Pump', Serial: '1001', Weight: '2.5', Flow: 7, 'Shop.Machine_Place': id(10) },
    { 'Shop.Machine_Tags': [id(20), id(21)] },
  ),
  object('Shop.Machine', 31, { Name: 'Crane' }),
  object('Shop.Machine', 32, { Name: 'Lost', 'Shop.Machine_Place': id(99) }),
];

export const session: Session = {
  user: id(1),
  userEntity: 'Shop.Person',
  roles: [],
  zone: 'Europe/Amsterdam',
  transitions: zoneTransitions('Europe/Amsterdam') ?? [],
  locale: 'en',
  firstDayOfWeek: 1,
  now: NOW,
};

/** What `evaluate` and formatting need of a bundle. */
export const content = {
  model,
  scope: { roles: [] },
  programs: compileFlows([...model.all('nanoflow').values()], model).programs,
} as unknown as BundleContent;

/** A device, a cache over it, a page, and a shell that writes down what it was told. */
export function uiWorld(more: Partial<FakeDeviceInput> = {}) {
  const device = fakeDevice({ files: { manifest: '', parts: new Map() }, model, objects: OBJECTS, session, ...more });
  const cache = createObjectCache(device);
  const page = createPageState();
  const told: (readonly unknown[])[] = [];
  const note = (...what: readonly unknown[]) => void told.push(what);
  const answers = { confirm: true };
  const shell: ShellPort = {
    openPage: (name, args) => note('openPage', name, args),
    openHome: () => note('openHome'),
    closePage: () => note('closePage'),
    leavePage: () => note('leavePage'),
    openSync: () => note('openSync'),
    toast: (level, text) => note('toast', level, text),
    tell: async (level, text) => note('tell', level, text),
    confirm: async () => answers.confirm,
    signOut: async () => note('signOut'),
    startUpdate: async () => note('startUpdate'),
  };
  const app = {
    device,
    cache,
    content,
    session,
    language: 'en',
    say: sayIn('en'),
    shell,
    words: () => '',
  } as unknown as AppContextValue;
  const around = (serial: number | null, entity = 'Shop.Pump') => ({
    app,
    page,
    scope: {
      variables: new Map(serial === null ? [] : [['currentObject', objectValue(entity, id(serial))] as const]),
      entity: serial === null ? null : entity,
      readOnly: false,
    },
  });
  return { device, cache, page, told, answers, app, around };
}

/** Computes again after each announcement until everything is loaded. */
export function eventually<T>(cache: { subscribe(listener: () => void): () => void }, compute: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const attempt = () => {
      try {
        resolve(compute());
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'NotLoaded') return false;
        reject(error);
        return true;
      }
    };
    if (attempt()) return;
    const stop = cache.subscribe(() => {
      if (attempt()) stop();
    });
  });
}
