import type { JournalTableRow } from '../store/journal-row-of.js';
import { rowHash } from './row-hash.js';
import type { Scan } from './scan.js';
import type { SealScanResult } from './seal-scan.js';
import { whileReadable } from './while-readable.js';

/** Most rows without an entry that are looked at: the first ones. */
const mostOrphans = 1_000;

/** Scans the journal rows of entries that are not there: what is left of removed entries, or was put in. */
export async function scanOrphans(
  { source, findings }: Pick<Scan, 'source' | 'findings'>,
  { isSealed, isReported }: SealScanResult,
): Promise<void> {
  const removedEntries = new Set<string>();
  let count = 0;
  await whileReadable(findings, async () => {
    for await (const page of source.orphans()) {
      for (const row of page) {
        const { position, entry_id: entryId, version } = row;
        if (isReported(position) || removedEntries.has(entryId)) continue;
        count += 1;
        if (count > mostOrphans) {
          findings.more = true;
          return;
        }
        const wasWritten = isSealed(position) || isFirstRow(row);
        if (wasWritten) removedEntries.add(entryId);
        findings.add({
          code: wasWritten ? 'audit.entry.missing' : 'audit.row.foreign',
          message: wasWritten
            ? 'The entry is gone; its journal rows are still there.'
            : 'The row was not written by the ledger.',
          position,
          entryId,
          version,
        });
      }
    }
  });
}

function isFirstRow(row: JournalTableRow): boolean {
  return row.version === 1 && rowHash(row, null) === row.hash;
}
