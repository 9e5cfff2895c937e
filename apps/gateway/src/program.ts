import { runCommand } from './commands/cli.js';
import { processTerminal } from './commands/terminal.js';
import { createLogger, unforeseen } from './logs/logger.js';

/** Runs the program in this process, and exits. */
export async function runProgram(): Promise<never> {
  endOnAccident(process);
  // A broken standard error is no reason to stop.
  process.stderr.on('error', () => {});
  const terminal = processTerminal(process);
  const status = await runCommand(process.argv.slice(2), terminal);
  const lost = await terminal.flushed();
  if (lost)
    terminal.printError(`fiscalkit-gateway: the result can't be written to standard output: ${lost.message}`);
  process.exit(lost && status === 0 ? 2 : status);
}

/**
 * Exits on an uncaught error, and logs where it came from: the runtime itself would print its message and
 * properties, which may hold a buyer's data or a key. What was accepted is safe in the ledger.
 */
export function endOnAccident(process: NodeJS.Process): void {
  process.on('uncaughtException', (error) => {
    createLogger('error').log('error', 'gateway.crashed', unforeseen(error));
    process.exit(1);
  });
}
