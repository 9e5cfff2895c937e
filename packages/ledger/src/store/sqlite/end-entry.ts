import type { DatabaseSync } from 'node:sqlite';
import type { FinalState } from '../../state/is-final.js';
import type { EntryRow } from '../entry-row.js';
import type { EntryTable } from './entry-table.js';
import { type Announced, prepareAnnounce } from './events/announce.js';
import { prepareQuery } from './query.js';
import { prepareReviewAll } from './review-waiting.js';
import { prepareWake } from './wake-queue.js';

/** What the end of an entry asks of its row. */
type EndingRow = Announced &
  Pick<EntryRow, 'ordering_key' | 'state' | 'merchant' | 'payment_id' | 'operation_type'>;

/** An entry that has just become final. */
type EndedRow = EndingRow & { readonly state: FinalState };

/**
 * Prepares the writes that follow when an entry has become final: claims let go, handlers told, what depends on it looked at,
 * the next entry made due. Answers the entries that are held from now on.
 */
export function prepareEnd(database: DatabaseSync, table: EntryTable) {
  const announce = prepareAnnounce(database);
  const releaseClaims = prepareQuery(database, 'DELETE FROM claims WHERE sequence = :sequence');
  const reviewAll = prepareReviewAll(database, table);
  const wake = prepareWake(database);

  return (row: EndedRow, now: number): EntryRow[] => {
    if (row.state === 'rejected') releaseClaims.run({ sequence: row.sequence });
    announce(row, row.state, now);
    const held = row.operation_type === null ? [] : reviewAll(row, now);
    wake(row.ordering_key, now);
    return held;
  };
}

export function hasEnded<Row extends EndingRow>(row: Row): row is Row & EndedRow {
  return row.state === 'registered' || row.state === 'rejected';
}
