import { CONVERSION_FUNCTIONS } from './conversion-functions.ts';
import type { FunctionEntry } from './function-entry.ts';
import { MOMENT_FUNCTIONS } from './moment-functions.ts';
import { NUMBER_FUNCTIONS } from './number-functions.ts';
import { STATE_FUNCTIONS } from './state-functions.ts';
import { TEXT_FUNCTIONS } from './text-functions.ts';

export type { FunctionEntry, ParameterType } from './function-entry.ts';

/** Every function there is, by name: what is not here is unknown to the checker, the evaluator and the editors alike. */
export const FUNCTIONS: ReadonlyMap<string, FunctionEntry> = new Map(
  [...NUMBER_FUNCTIONS, ...TEXT_FUNCTIONS, ...MOMENT_FUNCTIONS, ...CONVERSION_FUNCTIONS, ...STATE_FUNCTIONS].map(
    (entry) => [entry.name, entry],
  ),
);
