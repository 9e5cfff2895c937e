import { endOnAccident } from './commands/end-on-accident.js';
import { runCommand } from './commands/run-command.js';
import { processTerminal } from './commands/terminal.js';

/** Runs the program in this process, and ends it. */
export async function runProgram(): Promise<never> {
  endOnAccident(process);
  // Whoever can't be told is no reason to stop.
  process.stderr.on('error', () => {});
  const terminal = processTerminal(process);
  const status = await runCommand(process.argv.slice(2), terminal);
  const lost = await terminal.printed();
  if (lost)
    terminal.tell(`fiscalkit-gateway: the result can't be written to standard output: ${lost.message}`);
  process.exit(lost && status === 0 ? 2 : status);
}
