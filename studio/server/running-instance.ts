import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'running.json';
const ANSWER_LIMIT_MS = 2_000;
export const ADDRESS_PATH = '/address';

/** A studio that runs on a state folder, for the next start on the same folder. */
export interface RunningInstance {
  readonly origin: string;
  /** Whoever may read the state folder may ask for a window. */
  readonly secret: string;
  readonly project: string;
}

/** Kept until `forget`; a file that a crash left behind is recognised by nobody answering. */
export async function rememberInstance(state: string, instance: RunningInstance): Promise<() => Promise<void>> {
  const file = join(state, FILE);
  await writeFile(file, `${JSON.stringify(instance)}\n`, { mode: 0o600 });
  return () => rm(file, { force: true });
}

/** A fresh address of the studio that runs on this state folder; undefined when none does. */
export async function addressOfRunning(
  state: string,
): Promise<{ readonly address: string; readonly project: string } | undefined> {
  try {
    const { origin, secret, project } = JSON.parse(await readFile(join(state, FILE), 'utf8')) as RunningInstance;
    const answer = await fetch(`${origin}${ADDRESS_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
    if (!answer.ok) return undefined;
    const { address } = (await answer.json()) as { readonly address: string };
    return { address, project };
  } catch {
    return undefined;
  }
}
