import type { AuditProgress, AuditReport, NotedSeal } from './audit-report.js';
import type { AuditSource } from './audit-source.js';
import { noClues } from './clues.js';
import { conclude } from './conclude.js';
import { walkEntries } from './walk-entries.js';
import { walkSeals } from './walk-seals.js';
import { whileReadable } from './while-readable.js';

/** What an audit may be told. */
export interface VerifyOptions {
  /** A seal that was noted earlier, outside the ledger: it must still be there as it was. */
  readonly seal?: NotedSeal;
  /** Called from time to time. */
  readonly onProgress?: (progress: AuditProgress) => void;
}

/**
 * Verifies a ledger: the chain of each entry's journal rows, the seals over all of them, and what the entries say against what
 * the journal says. Finds rows that were changed, removed, moved or put in, and entries that were changed or vanished whole;
 * the first bad row is the first fault. Constant memory; leaves the source open. Rejects with a `FiscalError` when the ledger
 * can't be read.
 */
export async function verifyLedger(source: AuditSource, options: VerifyOptions = {}): Promise<AuditReport> {
  const clues = noClues();
  const { faults } = clues;
  const progress = { seals: 0, rows: 0, entries: 0 };
  const tell = () => options.onProgress?.({ ...progress });

  for (const message of await source.damages()) faults.add({ code: 'audit.file.damaged', message });
  for (const guard of await source.missingGuards()) {
    faults.add({ code: 'audit.guard.missing', message: `The guard ${guard} against rewriting is gone.` });
  }
  const walk = { source, clues, marks: await source.marks(), progress, tell };
  const sealed = await walkSeals(walk, options.seal);
  const lostFinished = await walkEntries(walk, sealed.isSealed);
  await whileReadable(faults, async () => {
    for await (const page of source.orphans()) for (const row of page) clues.orphans.add(row);
  });

  const concluded = await conclude({ clues, source, isSealed: sealed.isSealed, lostFinished });
  return {
    ok: concluded.length === 0,
    ...progress,
    unsealedRows: sealed.unsealedRows,
    lastSeal: sealed.lastSeal,
    faults: concluded,
    moreFaults: Object.values(clues).some(({ more }) => more),
  };
}
