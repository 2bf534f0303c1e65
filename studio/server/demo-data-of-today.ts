import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_SEED, demoPlan, writeDemoData } from '../../fixtures/generate/field-data.ts';

const MORNING_HOURS = 8;

/** The sample's demo data with visits on the day of the first start, made once in the state folder. */
export async function demoDataOfToday(state: string): Promise<string> {
  const folder = join(state, 'demo-data');
  const made = await stat(folder).catch(() => null);
  if (!made) writeDemoData(demoPlan('small', DEFAULT_SEED, new Date().setUTCHours(MORNING_HOURS, 0, 0, 0)), folder);
  return folder;
}
