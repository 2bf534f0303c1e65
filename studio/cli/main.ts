import { Fault } from '@skerry/shared/base/fault';
import type { Command, ExitCode } from './command.ts';
import { COMMANDS } from './commands.ts';
import { print, printError } from './output.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<ExitCode> {
  const found = commandOf(args);
  if (!found) return usage(args[0]);
  const { command, rest } = found;
  const loaded: Command = await command();
  if (rest.includes('--help') || rest.includes('-h')) {
    print(loaded.help);
    return 0;
  }
  try {
    return await loaded.run(rest);
  } catch (error) {
    return failed(error);
  }
}

/** The longest name wins: `device run` before `device`. */
function commandOf(args: readonly string[]) {
  for (const words of [2, 1]) {
    const command = COMMANDS.get(args.slice(0, words).join(' '));
    if (command && args.length >= words) return { command, rest: args.slice(words) };
  }
  return undefined;
}

async function usage(given: string | undefined): Promise<ExitCode> {
  const asked = given === '--help' || given === '-h' || given === 'help';
  const rows = await Promise.all([...COMMANDS].map(async ([name, load]) => [name, (await load()).summary] as const));
  const width = Math.max(...rows.map(([name]) => name.length));
  const list = rows.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`).join('\n');
  const text = `Usage: skerry <command> [arguments]\n\nCommands:\n${list}\n\nskerry <command> --help says more.`;
  if (asked) print(text);
  else printError(given === undefined ? text : `There is no command "${given}".\n\n${text}`);
  return asked ? 0 : 2;
}

/** Expected failures are said in their own words; a defect keeps its stack, for whoever reports it. */
function failed(error: unknown): ExitCode {
  if (error instanceof Fault) {
    printError(`${error.code}: ${error.message}`);
    return error.family === 'user' ? 2 : 1;
  }
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    printError(`${error.message}\nAdd --help to see what the command takes.`);
    return 2;
  }
  printError(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
