import type { AuditProgress } from './audit-report.js';
import type { AuditMarks, AuditSource } from './audit-source.js';
import type { Findings } from './findings.js';

/** What every scan of a ledger works with. */
export interface Scan {
  readonly source: AuditSource;
  readonly marks: AuditMarks;
  readonly findings: Findings;
  /** How far the scans have come. */
  readonly progress: { -readonly [Count in keyof AuditProgress]: AuditProgress[Count] };
  readonly reportProgress: () => void;
}
