/** What a file of studio/cli/commands exports. Loaded when it is asked for, so that no command pays for another. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly help: string;
  run(args: readonly string[]): Promise<ExitCode>;
}

/** 0 done and nothing wrong, 1 problems found, 2 called wrongly. */
export type ExitCode = 0 | 1 | 2;
