import { randomFillSync } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandOutcome } from '@skerry/studio/bridge/calls/shapes';
import type { CommandArguments, CommandName } from '@skerry/studio/bridge/commands/index';
import { createHost, type Host, type HostOptions } from '@skerry/studio/host/host';
import { listFiles, readText } from '@skerry/studio/host/project/project-files';
import { printAt } from '@skerry/studio/host/session/disk-image';

const SAMPLE = new URL('../../../fixtures/apps/field-inspections', import.meta.url).pathname;

/** A copy of the sample app in a folder of its own. */
export async function sampleCopy(): Promise<{ folder: string; stateFolder: string; remove(): Promise<void> }> {
  const base = await mkdtemp(join(tmpdir(), 'skerry-host-'));
  const folder = join(base, 'app');
  await cp(SAMPLE, folder, { recursive: true });
  return { folder, stateFolder: join(base, 'state'), remove: () => rm(base, { recursive: true, force: true }) };
}

export function hostOn(stateFolder: string, more: Partial<HostOptions> = {}): Host {
  return createHost({
    stateFolder,
    random: (count) => randomFillSync(new Uint8Array(count)),
    now: () => Date.UTC(2026, 10, 22),
    watch: false,
    ...more,
  });
}

export async function run<C extends CommandName>(
  host: Host,
  command: C,
  args: CommandArguments<C>,
): Promise<CommandOutcome> {
  return host.handlers['command/run']({ command, arguments: args });
}

/** Everything the open project would write, by path. */
export async function everything(host: Host): Promise<ReadonlyMap<string, string>> {
  const session = host.context.session();
  const found = new Map<string, string>();
  for (const [path, content] of session.content) found.set(path, printAt(path, content));
  for (const path of session.texts()) found.set(path, (await session.text(path)) ?? '');
  return new Map([...found].sort());
}

/** The texts of all files below a folder, by path; those of demo files left out. */
export async function onDisk(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of await listFiles(folder)) {
    if (/\.(?:json|csv|ts)$/.test(path)) found.set(path, (await readText(folder, path)) ?? '');
  }
  return new Map([...found].sort());
}

export async function dirty(host: Host): Promise<readonly string[]> {
  return (await host.handlers['project/state']({}))?.dirty ?? [];
}
