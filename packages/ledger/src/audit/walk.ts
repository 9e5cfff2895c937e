import type { AuditProgress } from './audit-report.js';
import type { AuditMarks, AuditSource } from './audit-source.js';
import type { Clues } from './clues.js';

/** What every walk over a ledger works with. */
export interface Walk {
  readonly source: AuditSource;
  readonly marks: AuditMarks;
  readonly clues: Clues;
  /** How far the walks have come. */
  readonly progress: { -readonly [Count in keyof AuditProgress]: AuditProgress[Count] };
  /** Tells of the progress. */
  readonly tell: () => void;
}
