import type { AuditFault } from './audit-fault.js';

/** A seal that was noted somewhere else: its number, and its hash in hex. */
export interface NotedSeal {
  readonly number: number;
  readonly hash: string;
}

/** How far an audit has come. */
export interface AuditProgress {
  readonly seals: number;
  readonly rows: number;
  readonly entries: number;
}

/** What an audit found. */
export interface AuditReport extends AuditProgress {
  /** Whether there are no faults. */
  readonly ok: boolean;
  /** Rows that no seal covers yet. */
  readonly unsealedRows: number;
  /** The newest seal: noted outside, it proves later that what it covers is still what it was. */
  readonly lastSeal: NotedSeal | null;
  /** In the order of positions: the first bad row comes first. */
  readonly faults: readonly AuditFault[];
  /** Whether there are more faults than were kept. */
  readonly moreFaults: boolean;
}
