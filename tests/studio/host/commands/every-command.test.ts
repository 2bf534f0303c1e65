import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from '@skerry/shared/validation/run';
import { COMMANDS, type CommandName } from '@skerry/studio/bridge/commands/index';
import type { Host } from '@skerry/studio/host/host';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dirty, everything, hostOn, onDisk, run, sampleCopy } from '../host-kit.ts';
import { COMMAND_CASES, type CommandCase } from './command-cases.ts';

let sample: Awaited<ReturnType<typeof sampleCopy>>;
let original: ReadonlyMap<string, string>;
beforeAll(async () => {
  sample = await sampleCopy();
  original = await onDisk(sample.folder);
});
afterAll(() => sample.remove());

/** What is wrong afterwards, where a command takes away what others speak of or changes what they mean. */
const ERRORS: { readonly [C in CommandName]?: RegExp } = {
  'element.delete': / has no member "?City|No arrow leads on for true/,
  'document.delete': /./,
  'module.delete': /./,
  // Roles belong to their module and are named short: those of the new one have to be chosen.
  'document.move': /There is no module role Work\./,
  'association.reverse': /This path reaches several objects/,
};
const errors = (host: Host) =>
  validate(host.context.session().model)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, document, message }) => `${code} ${document}: ${message}`);

it('each command has a case', () => {
  expect(Object.keys(COMMAND_CASES).sort()).toEqual(Object.keys(COMMANDS).sort());
});

it.each(Object.keys(COMMANDS) as CommandName[])(
  '%s goes forward, back, forward again, and through the journal',
  async (name) => {
    const given = COMMAND_CASES[name] as CommandCase<CommandName>;
    const states = await mkdtemp(join(tmpdir(), 'skerry-states-'));
    const host = hostOn(join(states, 'a'));
    await host.open(sample.folder);
    const before = await everything(host);
    const args = typeof given.arguments === 'function' ? await given.arguments(host) : given.arguments;
    const outcome = await run(host, name, args as never);
    expect(outcome.label).toBe(given.label);
    expect(outcome.revision).toBe(2);
    const after = await everything(host);
    const all = new Set([...before.keys(), ...after.keys()]);
    const changed = [...all].filter((path) => before.get(path) !== after.get(path)).sort();
    given.expect({ model: host.context.session().model, files: after, changed });
    expect(host.context.session().model.diagnostics).toEqual([]);
    expect(errors(host).filter((error) => !ERRORS[name]?.test(error))).toEqual([]);
    expect(errors(host).length > 0).toBe(ERRORS[name] !== undefined);
    expect(await dirty(host)).toEqual(changed);
    for (const { document, element } of outcome.created) {
      expect(after.get(document)).toContain(element ?? '');
    }

    expect(await host.handlers['history/undo']({})).toMatchObject({ label: given.label });
    expect(await everything(host)).toEqual(before);
    expect(await dirty(host)).toEqual([]);
    await host.handlers['history/redo']({});
    expect(await everything(host)).toEqual(after);

    // As if the host had died here: another finds what was in the journal.
    await cp(join(states, 'a'), join(states, 'b'), { recursive: true });
    await host.close();
    const next = hostOn(join(states, 'b'));
    const state = await next.open(sample.folder);
    expect(state.recovered).toBe('Unsaved work came back: 1 step.');
    expect(await everything(next)).toEqual(after);
    expect(state.history).toEqual({ undo: given.label });
    await next.handlers['history/undo']({});
    expect(await everything(next)).toEqual(before);
    await next.close();
    expect(await onDisk(sample.folder)).toEqual(original);
    await rm(states, { recursive: true });
  },
);
