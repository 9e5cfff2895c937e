import { Findings } from './findings.js';
import type { AuditProgress, AuditReport, NotedSeal } from './report.js';
import { scanBlocks } from './scan-blocks.js';
import { scanEntries, scanOrphans } from './scan-entries.js';
import { type SealedPart, scanSeals } from './scan-seals.js';
import type { AuditSource } from './source.js';

/** Options of an audit. */
export interface VerifyOptions {
  /** A seal that was noted outside the ledger: it must still be there as it was. */
  readonly seal?: NotedSeal;
  /** Called after each page that was read. */
  readonly onProgress?: (progress: AuditProgress) => void;
}

/**
 * Verifies a ledger: the chain of each entry's journal rows, the seals over all of them, and the entries
 * against the journal. Finds rows that were changed, removed, moved or put in, and entries that were changed
 * or removed; the first bad row is the first fault. Constant memory; leaves the source open. Rejects with a
 * `FiscalError` when the ledger can't be read.
 */
export async function verifyLedger(source: AuditSource, options: VerifyOptions = {}): Promise<AuditReport> {
  const findings = new Findings();
  const progress = { seals: 0, rows: 0, entries: 0 };
  const reportProgress = () => options.onProgress?.({ ...progress });

  for (const message of await source.damages()) findings.add({ code: 'audit.file.damaged', message });
  for (const guard of await source.missingGuards()) {
    findings.add({ code: 'audit.guard.missing', message: `The guard ${guard} against rewriting is gone.` });
  }
  const scan = { source, findings, marks: await source.marks(), progress, reportProgress };
  const sealed = await ('blocks' in source
    ? scanBlocks(scan, source, options.seal)
    : scanSeals(scan, source, options.seal));
  const missingEntries = await scanEntries(scan, sealed);
  await scanOrphans(scan, sealed);
  reportRest(findings, sealed, missingEntries);

  const faults = findings.inOrder();
  return {
    ok: faults.length === 0,
    ...progress,
    unsealedRows: sealed.unsealedRows,
    lastSeal: sealed.lastSeal,
    faults,
    moreFaults: findings.more,
  };
}

/** Reports what only counters and hashes show, where no other finding accounts for it. */
function reportRest(findings: Findings, { gaps, unproven }: SealedPart, missingEntries: number): void {
  for (const position of gaps) {
    const message = 'The row is gone, and nothing tells whose it was.';
    findings.add({ code: 'audit.row.missing', message, position });
  }
  const unnamed = missingEntries - findings.missingEntries;
  if (unnamed > 0) {
    const message = `The ledger has counted ${unnamed} more entries than there are.`;
    findings.add({ code: 'audit.entry.missing', message });
  }
  for (const { seal, first, last } of unproven) {
    if (findings.isWithin(first, last)) continue;
    const message = `Seal ${seal} is not as it was written: rows ${first} to ${last} have another hash.`;
    findings.add({ code: 'audit.seal.changed', message, seal, position: first });
  }
}
