import { readFileSync } from 'node:fs';

/** JSON with comments on lines of their own, which is all that this project's settings use. */
export function readJsonc(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8').replace(/^\s*\/\/.*$/gm, ''));
}
