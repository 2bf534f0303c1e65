import type { Command } from './command.ts';

/** Every command and where it stands. Imported when called, so that what needs no service or device loads none. */
export const COMMANDS: ReadonlyMap<string, () => Promise<Command>> = new Map<string, () => Promise<Command>>([
  ['new', () => import('./commands/new.ts')],
  ['check', () => import('./commands/check.ts')],
  ['scope', () => import('./commands/scope.ts')],
  ['query', () => import('./commands/query.ts')],
  ['eval', () => import('./commands/eval.ts')],
  ['serve', () => import('./commands/serve.ts')],
  ['publish', () => import('./commands/publish.ts')],
  ['merge', () => import('./commands/merge.ts')],
  ['device run', () => import('./commands/device.ts')],
]);
