import { isFiscalError } from '@fiscalkit/schemas';
import type { Findings } from './findings.js';
import type { AuditProgress } from './report.js';
import { type AuditMarks, type AuditSource, damagedCode } from './source.js';

/** The common parts of the scans of one audit. */
export interface Scan {
  readonly source: AuditSource;
  readonly marks: AuditMarks;
  readonly findings: Findings;
  /** Numbers of seals, rows and entries that were read. */
  readonly progress: { -readonly [Count in keyof AuditProgress]: AuditProgress[Count] };
  readonly reportProgress: () => void;
}

/** Reads as far as a damaged file allows; the damage is a finding, not the end of the audit. */
export async function whileReadable(findings: Findings, read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isFiscalError(error) || error.code !== damagedCode) throw error;
    findings.add({ code: 'audit.file.damaged', message: 'A part of the ledger cannot be read.' });
  }
}
