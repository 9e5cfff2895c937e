import { isFiscalError } from '@fiscalkit/schemas';
import type { Clues } from './clues.js';
import { damagedCode } from './sqlite/damage-error.js';

/** Reads as far as a damaged file lets us: where it ends, the damage is a fault, not the end of the audit. */
export async function whileReadable(faults: Clues['faults'], read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isFiscalError(error) || error.code !== damagedCode) throw error;
    faults.add({ code: 'audit.file.damaged', message: 'A part of the ledger cannot be read.' });
  }
}
