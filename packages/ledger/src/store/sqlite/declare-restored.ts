import type { DatabaseSync } from 'node:sqlite';
import type { RestoreWindow } from '../intervention-store.js';
import { checkRestoreWindow } from '../restore-caution.js';
import { prepareQuery } from './query.js';

/** Prepares the write that says of what time a restored ledger may know nothing. */
export function prepareDeclareRestored(database: DatabaseSync) {
  const declare = prepareQuery(database, 'INSERT INTO restores VALUES (:now, :since, :until)');
  // That they are not final follows, but only where it is said is the index of unfinished entries used.
  const doubtAbsence = prepareQuery(
    database,
    `UPDATE entries SET last_attempt_at = :now WHERE state IN ('unknown', 'sending')
     AND state NOT IN ('registered', 'rejected')`,
  );

  return (window: RestoreWindow, now: number): void => {
    checkRestoreWindow(window);
    declare.run({ now, since: window.since.getTime(), until: window.until.getTime() });
    doubtAbsence.run({ now });
  };
}
