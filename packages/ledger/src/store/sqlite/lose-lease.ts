import { leaseLostDetails, leaseLostReason } from '../../journal/journal-details.js';
import type { EntryRow } from '../entry-row.js';
import type { EntryTable } from './entry-table.js';

/** Makes an entry whose worker vanished while sending unknown, and due now. */
export function loseLease(table: EntryTable, row: EntryRow, now: number): EntryRow {
  const lost = {
    state: 'unknown',
    changed_at: now,
    due_at: now,
    worker: null,
    failures: row.failures + 1,
    reason: JSON.stringify(leaseLostReason),
  } as const;
  return table.change(row, lost, { at: now, details: leaseLostDetails(row.fence, row.worker) });
}
