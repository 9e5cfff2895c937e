import type { JournalTableRow } from '../store/journal-row-of.js';
import type { AuditSource } from './audit-source.js';
import { rowHash } from './row-hash.js';

/** Whether the row follows from the row before it in the journal of an entry that is there. */
export async function isSound(
  row: JournalTableRow,
  source: Pick<AuditSource, 'row' | 'hasEntry'>,
): Promise<boolean> {
  const { entry_id, version } = row;
  const previous = version === 1 ? null : await source.row(entry_id, version - 1);
  const follows = (version === 1 || previous !== null) && rowHash(row, previous?.hash ?? null) === row.hash;
  return follows && (await source.hasEntry(entry_id));
}
