/** The kinds of faults in a ledger. Codes are permanent. */
export const auditFaultCodes = [
  'audit.row.changed',
  'audit.row.missing',
  'audit.row.moved',
  'audit.row.foreign',
  'audit.entry.missing',
  'audit.entry.changed',
  'audit.seal.changed',
  'audit.seal.missing',
  'audit.guard.missing',
  'audit.file.damaged',
] as const;

export type AuditFaultCode = (typeof auditFaultCodes)[number];

/** One fault of a ledger. Safe to log and to show: it names places and columns, never their content. */
export interface AuditFault {
  readonly code: AuditFaultCode;
  readonly message: string;
  /** Position in the journal, as far as it is known; of a missing or moved row, where it should be. */
  readonly position?: number;
  readonly entryId?: string;
  /** Version of the row in its entry's journal. */
  readonly version?: number;
  /** Number of the seal. */
  readonly seal?: number;
}

/** A seal that was noted outside the ledger: its number, and its hash in hex. */
export interface NotedSeal {
  readonly number: number;
  readonly hash: string;
}

/** Progress of an audit: the numbers of seals, rows and entries that were read. */
export interface AuditProgress {
  readonly seals: number;
  readonly rows: number;
  readonly entries: number;
}

/** The result of an audit. */
export interface AuditReport extends AuditProgress {
  /** Whether there are no faults. */
  readonly ok: boolean;
  /** Number of rows that no seal covers yet. */
  readonly unsealedRows: number;
  /** The newest seal: noted outside, it proves later that what it covers is still what it was. */
  readonly lastSeal: NotedSeal | null;
  /** In the order of positions: the first bad row comes first. One for each row, entry and seal. */
  readonly faults: readonly AuditFault[];
  /** Whether there are more faults than were kept. */
  readonly moreFaults: boolean;
}
