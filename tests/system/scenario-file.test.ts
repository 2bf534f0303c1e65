import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../../studio/cli/device-run/read-scenario.ts';
import { STEP_SCHEMAS } from '../../studio/cli/device-run/scenario.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/scenarios');

function scenario(steps: readonly object[], rest: object = {}): string {
  return JSON.stringify({
    format: 1,
    project: '.',
    profile: 'Phone',
    devices: [{ name: 'a', user: 'anna' }],
    steps,
    ...rest,
  });
}

function problems(
  text: string,
): readonly (readonly [code: string, step: number | undefined, field: string | undefined])[] {
  const read = readScenario(text);
  return read.ok ? [] : read.error.map(({ code, step, field }) => [code, step, field] as const);
}

describe('reading a scenario', () => {
  it('takes the fixtures, and they use every kind of step but those for exceptions', () => {
    const used = new Set<string>();
    for (const file of readdirSync(FOLDER)) {
      const read = readScenario(readFileSync(join(FOLDER, file), 'utf8'));
      expect(read, file).toMatchObject({ ok: true });
      if (read.ok) for (const step of read.value.steps) used.add(step.do);
    }
    expect(Object.keys(STEP_SCHEMAS).filter((kind) => !used.has(kind))).toEqual(['retry']);
  });

  it('names the step and the field of everything that is wrong', () => {
    const text = scenario([
      { device: 'a', do: 'sync', when: 'now' },
      { device: 'a', do: 'jump' },
      { device: 'a', do: 'create', entity: 'NoModule' },
      { device: 'a', do: 'change', object: '$x', set: { Title: { text: '' } } },
      { do: 'publish', version: '2', edits: [{ edit: 'renameAttribute', entity: 'M.E' }] },
    ]);
    expect(problems(text)).toEqual([
      ['scenario/invalid', 1, undefined],
      ['scenario/unknown-step', 2, 'do'],
      ['scenario/invalid', 3, 'entity'],
      ['scenario/invalid', 4, 'set.Title'],
      ['scenario/invalid', 5, 'version'],
      ['scenario/invalid', 5, 'edits.0.attribute'],
      ['scenario/invalid', 5, 'edits.0.to'],
    ]);
  });

  it('refuses text that is no JSON and heads that lack something', () => {
    expect(problems('{')).toEqual([['scenario/not-json', undefined, undefined]]);
    expect(problems(scenario([], { format: 2, now: 'tomorrow' }))).toEqual([
      ['scenario/invalid', undefined, 'format'],
      ['scenario/invalid', undefined, 'now'],
      ['scenario/invalid', undefined, 'steps'],
    ]);
  });

  it('refuses devices that are not declared, or twice', () => {
    expect(problems(scenario([{ device: 'b', do: 'sync' }]))).toEqual([['scenario/unknown-device', 1, 'device']]);
    const twice = [
      { name: 'a', user: 'anna' },
      { name: 'a', user: 'ben' },
    ];
    expect(problems(scenario([{ device: 'a', do: 'sync' }], { devices: twice }))).toEqual([
      ['scenario/device-twice', undefined, 'devices'],
    ]);
  });

  it('refuses to speak of objects that no earlier step has named', () => {
    const text = scenario([
      { device: 'a', do: 'change', object: '$visit', set: { 'M.A': ['$one'], Text: '$$plain' } },
      { device: 'a', do: 'find', entity: 'M.E', as: 'visit' },
      { device: 'a', do: 'delete', object: 'visit' },
    ]);
    expect(problems(text)).toEqual([
      ['scenario/unknown-name', 1, 'object'],
      ['scenario/unknown-name', 1, 'set.M.A'],
    ]);
  });

  it('refuses expectations that cannot fail', () => {
    const text = scenario([
      { device: 'a', do: 'expect' },
      { device: 'a', do: 'expect', entity: 'M.E' },
      { device: 'a', do: 'expect', pending: 0, count: 1 },
      { device: 'a', do: 'kill', when: 'answered' },
      { device: 'a', do: 'expect', entity: 'M.E', count: 0 },
    ]);
    expect(problems(text)).toEqual([
      ['scenario/no-sense', 1, 'do'],
      ['scenario/no-sense', 2, 'entity'],
      ['scenario/no-sense', 3, 'entity'],
      ['scenario/no-sense', 4, 'when'],
    ]);
  });
});
