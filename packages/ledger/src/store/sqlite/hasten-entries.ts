import type { DatabaseSync } from 'node:sqlite';
import { prepareQuery } from './query.js';

/** Prepares the write that makes what waits because of an outage due now. */
export function prepareHasten(database: DatabaseSync) {
  const hasten = prepareQuery(
    database,
    `UPDATE entries SET due_at = :now WHERE provider = :provider AND due_at > :now AND worker IS NULL
     AND json_extract(reason, '$.outage') = 1`,
  );
  return (provider: string, now: number): number => hasten.run({ provider, now });
}
