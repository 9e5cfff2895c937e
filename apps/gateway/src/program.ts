import { runCommand } from './commands/cli.js';
import { processTerminal } from './commands/terminal.js';
import { createLogger, unforeseen } from './logs/logger.js';

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

/**
 * Ends the process over an error that nobody caught, and says where it came from: the runtime itself would print its words and
 * everything that hangs on it, which may be a buyer's data or a key. What was accepted is safe in the ledger.
 */
export function endOnAccident(process: NodeJS.Process): void {
  process.on('uncaughtException', (error) => {
    createLogger('error').log('error', 'gateway.crashed', unforeseen(error));
    process.exit(1);
  });
}
