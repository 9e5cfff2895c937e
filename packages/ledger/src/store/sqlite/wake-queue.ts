import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from './query.js';

/** Prepares the write that makes the first entry of an ordering key due that waits for none any more. */
export function prepareWake(database: DatabaseSync) {
  // Entries may have overtaken one that waited for a sale: it goes when none of them is under way.
  const wake = prepareQuery(
    database,
    `UPDATE entries AS first SET due_at = :now WHERE due_at IS NULL AND state = 'accepted' AND sequence = (
       SELECT min(sequence) FROM entries WHERE ordering_key = :orderingKey
       AND state NOT IN ('registered', 'rejected') AND awaits IS NULL
     ) AND (depends_on IS NULL OR NOT EXISTS (
       SELECT 1 FROM entries AS other WHERE other.ordering_key = first.ordering_key
       AND other.sequence <> first.sequence AND other.state NOT IN ('registered', 'rejected') AND other.last_attempt_at IS NOT NULL
     ))`,
  );
  return (orderingKey: string, now: number): void => {
    wake.run({ now, orderingKey });
  };
}
