import { First0001 } from './0001-first.ts';

/** In order; a migration that has been released never changes. */
export const migrations = [First0001];
