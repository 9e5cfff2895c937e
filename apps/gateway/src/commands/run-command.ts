import { gatewayVersion } from '../version.js';
import { called } from './called.js';
import { commands } from './commands.js';
import { programHelp } from './program-help.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

function isHelp(word: string | undefined): boolean {
  return word === '--help' || word === '-h';
}

/** Runs the command that the command line names; `serve` when it names none. Answers the exit status, 2 for wrong arguments. */
export async function runCommand(commandLine: readonly string[], terminal: Terminal): Promise<number> {
  const [first = 'serve', ...rest] = commandLine;
  if (isHelp(first)) {
    terminal.print(programHelp());
    return 0;
  }
  if (first === '--version') {
    terminal.print(`fiscalkit-gateway ${gatewayVersion()}`);
    return 0;
  }
  const command = commands.find(({ name }) => name === first);
  if (!command) {
    const what = first.startsWith('-') ? 'argument' : 'command';
    terminal.tell(`fiscalkit-gateway: ${called(`unknown ${what}`, first)}; see --help`);
    return 2;
  }
  if (rest.some(isHelp)) {
    terminal.print(command.help());
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.tell(`fiscalkit-gateway ${command.name}: ${error.message}; see ${command.name} --help`);
    return 2;
  }
}
