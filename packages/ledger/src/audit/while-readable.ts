import { isFiscalError } from '@fiscalkit/schemas';
import type { Findings } from './findings.js';
import { damagedCode } from './sqlite/damage-error.js';

/** Reads as far as a damaged file allows; the damage is a finding, not the end of the audit. */
export async function whileReadable(findings: Findings, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isFiscalError(error) || error.code !== damagedCode) throw error;
    findings.add({ code: 'audit.file.damaged', message: 'A part of the ledger cannot be read.' });
  }
}
