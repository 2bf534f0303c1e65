import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SAMPLE, skerry } from './run-cli.ts';

const answer = (...args: readonly string[]) => JSON.parse(skerry(...args, '--json').out);

describe('the command line', () => {
  it('lists its commands, and every one has help', () => {
    const list = skerry('--help');
    expect(list.code).toBe(0);
    for (const command of ['new', 'check', 'scope', 'query', 'eval']) {
      expect(list.out).toContain(`  ${command}`);
      expect(skerry(command, '--help')).toMatchObject({ code: 0, out: expect.stringContaining(`skerry ${command}`) });
    }
  });

  it.each([
    [['frobnicate'], 'There is no command "frobnicate"'],
    [['scope', SAMPLE], '--profile is missing'],
    [['scope', SAMPLE, '--profile', 'Nope'], 'InspectorPhone'],
    [['check', '/nowhere/at/all'], 'There is no folder'],
    [['query', SAMPLE, '--entity', 'Field.Nope'], 'There is no entity'],
    [['check', '--frob'], '--help'],
  ])('answers %j with exit code 2 and what to do', (args, message) => {
    const finished = skerry(...args);
    expect(finished.code).toBe(2);
    expect(finished.err).toContain(message);
    expect(finished.err).not.toMatch(/^\s+at /m);
  });

  it('makes a project that checks', () => {
    const folder = mkdtempSync(join(tmpdir(), 'skerry-new-'));
    expect(skerry('new', join(folder, 'app')).code).toBe(0);
    expect(skerry('check', join(folder, 'app'))).toMatchObject({ code: 0 });
    rmSync(folder, { recursive: true });
  });

  it('[SC14] prints the same bytes for the same project', () => {
    const print = () => skerry('scope', SAMPLE, '--profile', 'InspectorPhone', '--json');
    const one = print();
    expect(one.code).toBe(0);
    expect(print().out).toBe(one.out);
  });

  it('keeps its tables within a hundred columns', () => {
    const { out } = skerry('scope', SAMPLE, '--profile', 'InspectorPhone');
    expect(out.split('\n').filter((line) => [...line].length > 100)).toEqual([]);
  });

  it.each([
    ['Field.Inspection', "[Status = 'Open']", undefined],
    ['Field.Inspection', "[Field.Inspection_Site/Field.Site/City = 'Freiburg' or Priority = 'High']", 'anna'],
    ['Assets.Asset', "[not(Assets.Asset_Site/Field.Site/City = 'Freiburg')]", undefined],
    ['Field.Inspector', "[id = '[%CurrentUser%]']", 'anna'],
  ])('finds the same %s for %s as %s in memory and on SQLite', (entity, constraint, user) => {
    const ask = (engine: string) =>
      answer(
        'query',
        SAMPLE,
        '--entity',
        entity,
        '--constraint',
        constraint,
        '--engine',
        engine,
        ...(user ? ['--as', user] : []),
      );
    const memory = ask('memory');
    expect(memory.ids.length).toBeGreaterThan(0);
    expect(ask('sqlite')).toEqual(memory);
  });

  it('says where a constraint is wrong', () => {
    const finished = skerry('query', SAMPLE, '--entity', 'Field.Inspection', '--constraint', '[Statis = 1]', '--json');
    expect(finished.code).toBe(1);
    expect(JSON.parse(finished.out).diagnostics).toMatchObject([
      { code: 'constraint/unknown-member', span: { start: 1, end: 7 } },
    ]);
  });

  it('evaluates expressions', () => {
    expect(answer('eval', SAMPLE, '1.5 + 2 * 3')).toEqual({ type: 'Decimal', value: '7.5' });
    expect(answer('eval', SAMPLE, '$currentUser/FullName', '--as', 'anna')).toMatchObject({ value: 'Anna Keller' });
    expect(skerry('eval', SAMPLE, '1 +').code).toBe(1);
  });
});
