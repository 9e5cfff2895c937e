import { createLogger, unforeseen } from '../logs/logger.js';

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
