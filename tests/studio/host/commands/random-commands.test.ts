import type { JsonObject } from '@skerry/shared/base/json';
import { walkDocument } from '@skerry/shared/metamodel/walk';
import { COMMANDS, type CommandName } from '@skerry/studio/bridge/commands/index';
import type { Host } from '@skerry/studio/host/host';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dirty, everything, hostOn, onDisk, run, sampleCopy } from '../host-kit.ts';

let sample: Awaited<ReturnType<typeof sampleCopy>>;
beforeAll(async () => {
  sample = await sampleCopy();
});
afterAll(() => sample.remove());

type Pick = (from: number) => number;
type Make = (host: Host, pick: Pick) => unknown;

const of = <T>(list: readonly T[], pick: Pick) => list[pick(list.length)] as T;
const content = (host: Host, document: string) => host.context.session().documents.get(document) as JsonObject;
const all = (host: Host, pattern = /./) =>
  [...host.context.session().documents.keys()].filter((path) => pattern.test(path));
const entities = (host: Host) => [...host.context.session().model.all('entity').keys()];
const modules = (host: Host) => [...host.context.session().model.all('module').keys()];
const elements = (host: Host, document: string) => walkDocument(document, content(host, document)).elements;
function element(host: Host, pick: Pick, pattern?: RegExp) {
  const document = of(all(host, pattern), pick);
  const found = elements(host, document);
  const chosen = found.length === 0 ? undefined : of(found, pick);
  return { document, element: chosen?.id ?? '2'.repeat(16), path: chosen?.path ?? [] };
}
const word = (pick: Pick) => of(['Alpha', 'beta', 'Gamma_2', 'delta', 'Site', 'x'], pick);
const profile = (host: Host, pick: Pick) => ({
  profile: of(['InspectorPhone', 'PlannerDesk'], pick),
  entity: of(entities(host), pick),
});

/** Arguments as somebody might choose them from what there is; the host may refuse them. */
const MAKE: { readonly [C in CommandName]: Make } = {
  'element.set': (host, pick) => {
    const { document, element: id } = element(host, pick);
    const path = of(
      [['documentation'], ['name'], ['caption', 'en'], ['type', 'length'], ['systemMembers', 'owner']],
      pick,
    );
    const value = of(['words', 7, true, undefined], pick);
    return {
      changes: [{ document, element: id, path, ...(value === undefined ? {} : { value }) }],
      ...of([{}, { merge: 'm' }], pick),
    };
  },
  'element.insert': (host, pick) => {
    const { document } = element(host, pick, /entities|pages|enumerations/);
    return {
      document,
      list: of([['attributes'], ['widgets'], ['values']], pick),
      value: of<JsonObject>([{ type: { kind: 'Boolean' } }, { kind: 'divider' }, { caption: { en: 'x' } }], pick),
      after: of([null, undefined], pick),
    };
  },
  'element.move': (host, pick) => {
    const { document, element: id, path } = element(host, pick);
    return { document, elements: [id], list: path.slice(0, -1), after: null };
  },
  'element.delete': (host, pick) => ({ elements: [element(host, pick), element(host, pick)] }),
  'element.duplicate': (host, pick) => element(host, pick),
  'element.paste': async (host: Host, pick: Pick) => {
    const { document, element: id, path } = element(host, pick);
    const { clipboard } = await host.handlers['clipboard/copy']({ document, elements: [id] });
    return { document, list: path.slice(0, -1), clipboard };
  },
  'element.rename': (host, pick) => ({ ...element(host, pick), name: word(pick) }),
  'element.renewId': (host, pick) => element(host, pick),
  'reference.set': (host, pick) => {
    const document = of(all(host), pick);
    const { references } = walkDocument(document, content(host, document));
    return { document, path: references.length === 0 ? [] : of(references, pick).path, name: of(entities(host), pick) };
  },
  'document.create': (host, pick) => ({
    kind: of(['entity', 'page', 'nanoflow', 'enumeration', 'constant', 'javaScriptAction', 'menu', 'snippet'], pick),
    module: of(modules(host), pick),
    folders: of([[], ['one'], ['one', 'two']], pick),
  }),
  'document.delete': (host, pick) => ({ documents: [of(all(host), pick)] }),
  'document.duplicate': (host, pick) => ({ document: of(all(host), pick) }),
  'document.move': (host, pick) => ({
    document: of(all(host, /entities|pages|flows|enumerations/), pick),
    module: of(modules(host), pick),
    folders: of([[], ['one']], pick),
  }),
  'document.setText': async (host: Host, pick: Pick) => {
    const document = of(all(host), pick);
    const { text } = await host.handlers['document/text']({ document });
    return { document, text: text.replace(/"documentation": "[^"]*"/, '"documentation": "Changed."') };
  },
  'module.create': () => ({}),
  'module.delete': (host, pick) => ({ module: of(modules(host), pick) }),
  'entity.create': (host, pick) => ({ module: of(modules(host), pick), at: { x: pick(100), y: 3 } }),
  'attribute.create': (host, pick) => ({ entity: of(all(host, /entities/), pick) }),
  'association.create': (host, pick) => ({ from: of(entities(host), pick), to: of(entities(host), pick) }),
  'association.reverse': (host, pick) => element(host, pick, /entities/),
  'layout.set': (host, pick) => {
    const { document, element: id } = element(host, pick);
    return {
      document,
      boxes: { [id]: of([null, { x: pick(50), y: pick(50) }], pick) },
      ...of([{}, { merge: 'm' }], pick),
    };
  },
  'profile.setMode': (host, pick) => ({ ...profile(host, pick), mode: of(['all', 'constrained', 'never'], pick) }),
  'profile.setConstraint': (host, pick) => ({
    ...profile(host, pick),
    constraint: of(['', '[Name = 1]'], pick),
    merge: 'm',
  }),
  'profile.reset': profile,
  'profile.addEntity': profile,
  'profile.removeEntity': profile,
};

it('whatever is done, undoing all gives every file back, redoing all gives the work back, and so does the journal', async () => {
  const original = await onDisk(sample.folder);
  const names = Object.keys(COMMANDS) as CommandName[];
  let taken = 0;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(names.length - 1), fc.infiniteStream(fc.nat(9999))), { minLength: 5, maxLength: 25 }),
      async (choices) => {
        const stateFolder = `${sample.stateFolder}-${++runs}`;
        const host = hostOn(stateFolder);
        await host.open(sample.folder);
        for (const [which, numbers] of choices) {
          const name = names[which] as CommandName;
          const pick: Pick = (from) => (from === 0 ? 0 : (numbers.next().value as number) % from);
          const before = host.context.session().content;
          try {
            const { revision } = await run(host, name, (await MAKE[name](host, pick)) as never);
            taken++;
            expect(revision).toBe(host.context.session().revision);
          } catch (error) {
            expect(error).toMatchObject({ name: 'Fault', family: 'user' });
            expect(host.context.session().content).toBe(before);
          }
          expect(host.context.session().model.diagnostics).toEqual([]);
        }
        const after = await everything(host);
        let steps = 0;
        while ((await host.handlers['history/state']({})).undo !== undefined) {
          await host.handlers['history/undo']({});
          steps++;
        }
        expect(await everything(host)).toEqual(original);
        expect(await dirty(host)).toEqual([]);
        for (let i = 0; i < steps; i++) await host.handlers['history/redo']({});
        expect(await everything(host)).toEqual(after);
        await host.close();
        const next = hostOn(stateFolder);
        await next.open(sample.folder);
        expect(await everything(next)).toEqual(after);
        await next.close();
        expect(await onDisk(sample.folder)).toEqual(original);
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
  expect(taken).toBeGreaterThan(40);
});
