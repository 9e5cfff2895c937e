import type { JournalTableRow } from '../store/journal-row-of.js';
import type { Evidence } from './evidence.js';
import { rowHash } from './row-hash.js';

/** Concludes what rows without an entry are: what is left of one that was removed, or put in. */
export function concludeOrphans(
  orphans: readonly JournalTableRow[],
  evidence: Evidence,
  isSealed: (row: JournalTableRow) => boolean,
): void {
  const unexplained = orphans.filter(({ position }) => !evidence.explained.has(position));
  for (const [entryId, rows] of Map.groupBy(unexplained, ({ entry_id }) => entry_id)) {
    if (!rows.some((row) => isSealed(row) || isFirstRow(row))) continue;
    for (const { position } of rows) evidence.strangers.delete(position);
    noteMissingEntry(entryId, rows, evidence);
  }
}

function isFirstRow(row: JournalTableRow): boolean {
  return row.version === 1 && rowHash(row, null) === row.hash;
}

function noteMissingEntry(entryId: string, [first]: readonly JournalTableRow[], { faults }: Evidence): void {
  if (!first) return;
  const known = faults.findIndex(
    (fault) => fault.code === 'audit.entry.missing' && fault.entryId === entryId,
  );
  const before = faults[known];
  if (before?.position !== undefined && before.position < first.position) return;
  faults.splice(known, before ? 1 : 0);
  const message = 'The entry is gone; its journal rows are still there.';
  const { position, version } = first;
  faults.push({ code: 'audit.entry.missing', message, position, entryId, version });
}
