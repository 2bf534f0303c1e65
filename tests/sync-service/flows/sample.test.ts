import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Device, ObjectSnapshot } from '@skerry/runtime/engine/device-face';
import { openNodeDevice } from '@skerry/runtime/platform/node/open-node-device';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProjectDemoData } from '../../../studio/host/demo-data/read-project-demo-data.ts';
import { openProject } from '../../../studio/host/project/open-project.ts';
import { releaseOfProject } from '../../../studio/host/publish/publish-project.ts';
import { createService, loadDemoData, type Service } from '../../../sync-service/app.ts';

/** When the sample's demo data are as of. */
const NOW = Date.UTC(2026, 10, 23, 8);

let service: Service;
let folder: string;
let anna: Device;
let warnings: readonly { readonly code: string }[] | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skerry-sample-'));
  const config = { mode: 'development', dataFolder: join(folder, 'service'), logLevel: 'silent' } as const;
  service = await createService({ config, now: () => NOW });
  const project = await openProject('fixtures/apps/field-inspections');
  const signer = service.developmentSigner!;
  const release = await releaseOfProject(project, { signer, nowMs: NOW, isDevelopment: true });
  for (const [hash, bytes] of release.parts) await service.parts.write(hash, bytes);
  ({ warnings } = await service.releases.publish(release.request));
  await loadDemoData(service, (await readProjectDemoData(project)).objects);
  const { url } = await service.start();
  anna = await deviceOf(url, 'anna', 'anna');
}, 120_000);
afterAll(async () => {
  await anna?.close();
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function deviceOf(serviceUrl: string, name: string, password: string): Promise<Device> {
  const device = await openNodeDevice({
    folder: join(folder, name),
    serviceUrl,
    profile: 'InspectorPhone',
    automatic: false,
  });
  expect(await device.signIn(name, password)).toMatchObject({ ok: true });
  expect(await device.synchronize()).toMatchObject({ ok: true });
  return device;
}

async function inspections(device: Device, constraint: string): Promise<readonly ObjectSnapshot[]> {
  const source = {
    kind: 'database',
    entity: 'Field.Inspection',
    constraint,
    sort: [{ path: 'Number', descending: false }],
  };
  return (await device.retrieve({ source: source as never, variables: {} })).objects;
}

describe('the sample app, with real devices', () => {
  it('is run whole by the service', () => {
    expect(warnings).toEqual([]);
  });

  it('a nanoflow asks the service for help: a colleague is added there, and the visit comes back with him', async () => {
    const [visit] = await inspections(anna, "[Field.Inspection_Inspector = '[%CurrentUser%]'][Status = 'Open']");
    expect(visit?.sets['Field.Inspection_Helper'] ?? []).toEqual([]);
    const called = await anna.callNanoflow('Field.AskForHelp', {
      Inspection: { kind: 'object', entity: 'Field.Inspection', id: visit!.id },
    });
    expect(called.result).toMatchObject({ ok: true });
    const [message] = called.effects;
    expect(message).toMatchObject({ kind: 'showMessage', text: expect.stringMatching(/comes along\.$/) });
    const [after] = await inspections(anna, `[Number = ${visit!.values.Number}]`);
    expect(after?.sets['Field.Inspection_Helper']).toHaveLength(1);
    expect(await anna.synchronize()).toMatchObject({ ok: true, rejected: [], parked: [] });
  });

  it('the service’s handler gives a started visit its moment, which is no conflict for the device', async () => {
    const [visit] = await inspections(
      anna,
      "[Field.Inspection_Inspector = '[%CurrentUser%]'][Status = 'Open'][Started = empty]",
    );
    const status = (await inspections(anna, "[Status = 'InProgress']"))[0]?.values.Status;
    await anna.change(visit!.id, { Status: status as string });
    expect(await anna.commit([visit!.id])).toMatchObject({ ok: true });
    expect(await anna.synchronize()).toMatchObject({ ok: true, applied: 1, resolved: 0, rejected: [] });
    const started = (await inspections(anna, `[Number = ${visit!.values.Number}]`))[0]?.values.Started;
    expect(started).not.toBe(null);
    await anna.change(visit!.id, { Notes: 'After the handler.' });
    await anna.commit([visit!.id]);
    expect(await anna.synchronize()).toMatchObject({ ok: true, applied: 1, resolved: 0, rejected: [] });
  });

  it('calculated values of demo data are there', async () => {
    const source = { kind: 'database', entity: 'Field.Site', constraint: '', sort: [] };
    const sites = (await anna.retrieve({ source: source as never, variables: {} })).objects;
    expect(sites.length).toBeGreaterThan(0);
    for (const { values } of sites)
      expect(values.FullAddress).toBe(`${values.Address}, ${values.PostalCode} ${values.City}`);
  });
});
