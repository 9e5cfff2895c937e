import type { DatabaseSync } from 'node:sqlite';
import type { RestoreWindow } from '../intervention-store.js';
import { checkRestoreWindow, fenceLeap } from '../restore-caution.js';
import { prepareQuery } from './query.js';

/** Prepares the write that says of what time a restored ledger may know nothing. */
export function prepareDeclareRestored(database: DatabaseSync) {
  const declare = prepareQuery(database, 'INSERT INTO restores VALUES (:now, :since, :until)');
  const doubtAbsence = prepareQuery(
    database,
    `UPDATE entries SET fence = fence + ${fenceLeap},
       last_attempt_at = CASE WHEN state IN ('unknown', 'sending')
         OR state = 'parked' AND last_attempt_at IS NOT NULL THEN :now ELSE last_attempt_at END
     WHERE state NOT IN ('registered', 'rejected')`,
  );

  return (window: RestoreWindow, now: number): void => {
    checkRestoreWindow(window);
    declare.run({ now, since: window.since.getTime(), until: window.until.getTime() });
    doubtAbsence.run({ now });
  };
}
