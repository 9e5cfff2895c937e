import type { DatabaseSync } from 'node:sqlite';
import type { FinalState } from '../../state/is-final.js';
import type { EntryRow } from '../entry-row.js';
import { type Announced, prepareAnnounce } from './events/announce.js';
import { prepareQuery } from './query.js';

/** What the end of an entry asks of its row. */
type EndingRow = Announced & Pick<EntryRow, 'ordering_key' | 'state'>;

/** An entry that has just become final. */
type EndedRow = EndingRow & { readonly state: FinalState };

/** Prepares the writes that follow when an entry has become final: claims let go, handlers told, the next entry made due. */
export function prepareEnd(database: DatabaseSync) {
  const announce = prepareAnnounce(database);
  const releaseClaims = prepareQuery(database, 'DELETE FROM claims WHERE sequence = :sequence');
  const wakeSuccessor = prepareQuery(
    database,
    `UPDATE entries SET due_at = :now WHERE due_at IS NULL AND state = 'accepted' AND sequence = (
       SELECT min(sequence) FROM entries WHERE ordering_key = :orderingKey
       AND state NOT IN ('registered', 'rejected')
     )`,
  );

  return (row: EndedRow, now: number): void => {
    if (row.state === 'rejected') releaseClaims.run({ sequence: row.sequence });
    announce(row, row.state, now);
    wakeSuccessor.run({ now, orderingKey: row.ordering_key });
  };
}

export function hasEnded<Row extends EndingRow>(row: Row): row is Row & EndedRow {
  return row.state === 'registered' || row.state === 'rejected';
}
