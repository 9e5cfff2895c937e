/** What can be wrong with a ledger. Codes are permanent. */
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

/** One thing that is wrong with a ledger. Safe to log and to show: it names places and columns, never what stands there. */
export interface AuditFault {
  readonly code: AuditFaultCode;
  readonly message: string;
  /** Where in the journal, as far as it is known: of a row that is missing or was moved, where it should be. */
  readonly position?: number;
  readonly entryId?: string;
  /** Which row of the entry: its version. */
  readonly version?: number;
  /** Number of the seal. */
  readonly seal?: number;
}
