import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const MORNING_HOURS = 8;

/** The sample's demo data with visits on the day of the first start, made once in the state folder. */
export async function demoDataOfToday(root: string, state: string): Promise<string> {
  const folder = join(state, 'demo-data');
  if (await stat(folder).catch(() => null)) return folder;
  const base = new Date(morningOf(new Date())).toISOString();
  const generator = join(root, 'fixtures/generate/demo-data.ts');
  await promisify(execFile)(process.execPath, [generator, '--size', 'small', '--out', folder, '--base', base]);
  return folder;
}

/** The generator counts days in UTC; what day it is, people read from the clock where they are. */
function morningOf(now: Date): number {
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate(), MORNING_HOURS);
}
