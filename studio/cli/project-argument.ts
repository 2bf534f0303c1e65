import { resolve } from 'node:path';
import { userFault } from '@skerry/shared/base/fault';
import { type OpenProject, openProject } from '../host/project/open-project.ts';

/** Opens the project that the command line names first; without one, the folder it was called in. */
export function openArgument(positionals: readonly string[]): Promise<OpenProject> {
  return openProject(resolve(positionals[0] ?? '.'));
}

/** A value that the command cannot do without. */
export function required(value: string | undefined, option: string, example: string): string {
  if (value === undefined) throw userFault('cli/missing-option', `${option} is missing, as in ${option} ${example}.`);
  return value;
}

/** A moment given on the command line. */
export function momentOption(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw userFault('cli/wrong-moment', `"${value}" is no moment, as in 2026-11-23T07:00:00Z.`);
  return ms;
}
