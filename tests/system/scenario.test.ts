import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunReport } from '../../studio/cli/device-run/run-scenario.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** Real processes on a machine that others use too. */
const PATIENCE_MS = 240_000;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

function skerry(...args: readonly string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(ROOT, 'studio/cli/main.ts'), ...args], { cwd: ROOT });
    let out = '';
    let errors = '';
    child.stdout.on('data', (data: Buffer) => (out += String(data)));
    child.stderr.on('data', (data: Buffer) => (errors += String(data)));
    child.on('close', (code) => done({ code, out, errors }));
  });
}

async function play(
  scenario: string,
  ...options: readonly string[]
): Promise<{ code: number | null; report: RunReport }> {
  const { code, out, errors } = await skerry('device', 'run', scenario, '--json', ...options);
  expect(errors).toBe('');
  return { code, report: JSON.parse(out) as RunReport };
}

const fixture = (name: string) => join(ROOT, 'fixtures/scenarios', name);
const failuresOf = ({ steps }: RunReport) => steps.filter(({ failure }) => failure);
const differencesOf = ({ agreement }: RunReport) =>
  agreement.flatMap(({ device, differences }) => differences.map((one) => ({ device, ...one })));

describe('the day of two inspectors', { timeout: PATIENCE_MS }, () => {
  it('ends in agreement after offline work, every conflict policy, a scope that shrinks and kills in bad moments', async () => {
    const { code, report } = await play(fixture('two-inspectors.json'));
    expect(failuresOf(report)).toEqual([]);
    expect(differencesOf(report)).toEqual([]);
    expect({ code, ok: report.ok, unrest: report.unrest }).toEqual({ code: 0, ok: true, unrest: [] });
    const [anna, ben] = report.devices;
    expect(anna).toMatchObject({ device: 'anna', kills: 2, applied: 12, pending: 0, inbox: 1 });
    expect(anna?.rejected.map(({ code }) => code)).toEqual(['sync/object-gone']);
    expect(ben).toMatchObject({ device: 'ben', kills: 1, pending: 0, inbox: 0 });
    // A whole region came and went: by difference, not by fetching everything anew.
    expect(ben?.removed).toBeGreaterThan(100);
    expect(report.agreement.every(({ objects }) => Object.keys(objects).length > 5)).toBe(true);
  });
});

describe('a release that arrives while work is unsent', { timeout: PATIENCE_MS }, () => {
  it('is switched to, keeps the work under its new names, and the work arrives', async () => {
    const { code, report } = await play(fixture('upgrade.json'));
    expect(failuresOf(report)).toEqual([]);
    expect(differencesOf(report)).toEqual([]);
    expect({ code, ok: report.ok, unrest: report.unrest }).toEqual({ code: 0, ok: true, unrest: [] });
    expect(
      report.devices.map(({ device, bundleVersion, applied, kills }) => ({ device, bundleVersion, applied, kills })),
    ).toEqual([
      { device: 'anna', bundleVersion: '2.0.0', applied: 4, kills: 1 },
      { device: 'ben', bundleVersion: '2.0.0', applied: 1, kills: 0 },
    ]);
    const safetyChecks = report.agreement.map(({ objects }) => objects['Field.SafetyCheck']);
    expect(safetyChecks).toEqual([1, 1]);
  });
});

describe('a row that was altered behind the service', { timeout: PATIENCE_MS }, () => {
  it('is named with its member and both values, and the run fails', async () => {
    const { code, report } = await play(fixture('altered-row.json'));
    expect(code).toBe(1);
    expect(failuresOf(report)).toEqual([]);
    expect(differencesOf(report)).toEqual([
      {
        device: 'anna',
        kind: 'differs',
        entity: 'Field.Site',
        object: '01994c63-4c00-7d11-8059-649167ffbc40',
        name: 'Hebewerk Kippenheim Mitte',
        members: [
          {
            member: 'AccessNotes',
            device: '"Park outside the fence, lorries need the yard."',
            service: '"The gate is open."',
          },
        ],
      },
    ]);
  });
});

describe('a scenario that does not hold', { timeout: PATIENCE_MS }, () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'skerry-scenario-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says which expectation fails, goes on, keeps the stores when asked, and ends with 1', async () => {
    const path = join(folder, 'wrong.json');
    const steps = [
      { device: 'phone', do: 'signIn' },
      { device: 'phone', do: 'sync' },
      { device: 'phone', do: 'expect', entity: 'Field.Region', count: 5 },
      { device: 'phone', do: 'expect', entity: 'Field.Region', count: 1 },
      { device: 'phone', do: 'create', entity: 'Field.Region', set: { Code: 'X' } },
      { device: 'phone', do: 'sync' },
    ];
    const project = join(ROOT, 'fixtures/apps/field-inspections');
    writeFileSync(
      path,
      JSON.stringify({
        format: 1,
        project,
        profile: 'InspectorPhone',
        devices: [{ name: 'phone', user: 'anna' }],
        steps,
      }),
    );
    const kept = join(folder, 'kept');
    const { code, report } = await play(path, '--keep', kept);
    expect(code).toBe(1);
    const told = report.steps.map(({ step, failure }) => [step, failure?.code ?? 'ok']);
    expect(told.slice(0, 4)).toEqual([
      [1, 'ok'],
      [2, 'ok'],
      [3, 'scenario/unexpected'],
      [4, 'ok'],
    ]);
    expect(report.steps[2]?.failure?.message).toBe('Field.Region: 1 on phone, not 5.');
    // An inspector makes no regions: the device refuses at once, and what follows would prove nothing.
    expect(told).toHaveLength(5);
    expect(report.steps[4]?.failure?.code).not.toBe('scenario/unexpected');
    expect(readdirSync(kept).sort()).toEqual(['phone', 'service']);
  });

  it('is refused with each step and field that is wrong, before anything starts', async () => {
    const path = join(folder, 'invalid.json');
    const steps = [
      { device: 'tablet', do: 'fly' },
      { device: 'phone', do: 'create' },
    ];
    writeFileSync(
      path,
      JSON.stringify({ format: 1, project: '.', profile: 'P', devices: [{ name: 'phone', user: 'anna' }], steps }),
    );
    const { code, out, errors } = await skerry('device', 'run', path);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(errors).toContain('step 1, do: There is no step "fly".');
    expect(errors).toContain('step 2, entity: It is missing; give a string. (scenario/invalid)');
  });

  it('says that nothing answers at the address it was given', async () => {
    const { code, errors } = await skerry('device', 'run', fixture('altered-row.json'), '--url', 'http://127.0.0.1:9');
    expect(code).toBe(1);
    expect(errors).toContain('scenario/no-service: Nothing answers at http://127.0.0.1:9.');
  });
});
