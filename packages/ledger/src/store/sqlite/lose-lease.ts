import { leaseLostDetails, leaseLostReason } from '../../journal/journal-details.js';
import type { ChangeableRow, EntryTable } from './entry-table.js';

/** Makes an entry whose worker vanished while sending unknown, and due now. */
export function loseLease<Row extends ChangeableRow>(table: EntryTable, row: Row, now: number): Row {
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
