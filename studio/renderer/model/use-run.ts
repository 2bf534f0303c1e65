import type { CommandOutcome } from '@skerry/studio/bridge/calls/shapes';
import type { CommandArguments, CommandName } from '@skerry/studio/bridge/commands/index';
import { useCallback } from 'react';
import { useHost } from '../host/host-link.ts';
import { showFault } from '../workbench/messages.ts';

/** Runs a command; what it is refused for is shown as a message, and the promise gives undefined. */
export type Run = <C extends CommandName>(command: C, args: CommandArguments<C>) => Promise<CommandOutcome | undefined>;

export function useRun(): Run {
  const { ask } = useHost();
  return useCallback(
    async (command, args) => {
      try {
        return await ask('command/run', { command, arguments: args });
      } catch (error) {
        showFault(error);
        return undefined;
      }
    },
    [ask],
  );
}
